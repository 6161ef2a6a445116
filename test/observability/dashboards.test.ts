import * as fs from 'fs';
import * as path from 'path';
import { MonitoringTarget } from '../../src/contracts/monitoring';
import { Environment } from '../../src/core/environment';
import { defineDashboards, sampleDashboards } from '../../src/observability/dashboard/dashboards';
import { metricRows } from '../../src/observability/dashboard/metric-tiles';
import { workbookOf } from '../../src/observability/dashboard/workbook';
import { drawDashboards } from '../demo/dashboards';
import { Rendered, workloadIn } from '../support';
import { scratch } from '../support/scratch';
import {
  anywhere,
  defined,
  distinct,
  INSIGHTS,
  KEYS,
  OTHER,
  PLAN,
  read,
  rendered,
  SUBSCRIPTION,
  target,
  TARGETS,
  titles,
  validate,
  workbookNamed,
  workbooks,
} from './dashboard-fixtures';

describe('defaults', () => {
  test('there is a workbook for everyone who looks, below Application Insights', () => {
    expect(workbooks.map(({ display_name }) => display_name).sort()).toEqual([
      'Business: billing prod',
      'Cost: billing prod',
      'Delivery: billing prod',
      'Operations: billing prod',
      'Overview: billing prod',
      'SRE: billing prod',
      'Tenants: billing prod',
    ]);
    for (const { name, source_id } of workbooks) {
      expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(source_id).toBe(INSIGHTS.toLowerCase());
    }
    expect(new Set(workbooks.map(({ name }) => name)).size).toBe(KEYS.length);
  });

  test.each(KEYS)('the workbook %s has the form that Azure reads', (key) => {
    validate(workbookNamed(key));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each(KEYS)('the tiles of %s fill their rows', (key) => {
    const rows = new Map<string, number>();
    for (const { name, customWidth = '100' } of workbookNamed(key).items) {
      const row = /^row \d+ (?=tile)/.exec(name)?.[0] ?? name;
      rows.set(row, (rows.get(row) ?? 0) + Number(customWidth));
    }
    expect([...rows.values()].filter((width) => width !== 100)).toEqual([]);
  });

  test('a reference to an id that Terraform has yet to compute comes through, in lower case where Azure wants it', () => {
    const workload = workloadIn(Environment.DEV);
    const id = workload.resources.resourceGroup!.id;
    const place = { resourceGroupName: 'rg', location: 'westeurope', slos: {}, privacy: 'x', targets: () => [] };
    defineDashboards(workload, { ...place, workspaceId: id, applicationInsightsId: id });

    const workbook = new Rendered(workload).all('azurerm_application_insights_workbook')[0];

    expect(workbook.source_id).toBe('${lower(azurerm_resource_group.Billing_5AAB9F52.id)}');
    expect(read(workbook).fallbackResourceIds).toEqual([`${SUBSCRIPTION}/computed`]);
    expect(workbook.data_json).toContain('"${azurerm_resource_group.Billing_5AAB9F52.id}"');
  });
});

describe('what is shown', () => {
  test('promises, with what is left of their budgets', () => {
    expect(titles(workbookNamed('sre'))).toEqual(
      expect.arrayContaining([
        '## api: 99.9 % of requests succeed, over 30 days',
        'Kept (%)',
        'Error budget left (%)',
        'Error budget left, day by day (%)',
        '## api: 95 % of requests within 200 ms, over 30 days',
        'Scale events',
        'Requests per hour: 14 days, and a forecast for 3',
      ]),
    );
    const without = new Rendered(defined({ slos: {} }));
    expect(titles(workbookNamed('sre', without))[1]).toContain('No service level objective is set.');
  });

  test('a chart for each metric that an alert is raised on, of all resources of a kind', () => {
    const charts = workbookNamed('operations').items.filter(({ type }: { type: number }) => type === 10);
    expect(charts.map(({ content }: any) => [content.title, content.resourceIds.length])).toEqual([
      ['Physical replication delay in seconds, average', 1],
      ['CPU percentage, average', 2],
      ['Memory percentage, average', 1],
    ]);
    expect(charts[1].content.metrics).toEqual([
      { namespace: 'microsoft.web/serverfarms', metric: 'microsoft.web/serverfarms--CpuPercentage', aggregation: 4 },
    ]);
  });

  test('each value of a dimension, where an alert looks at some of them', () => {
    const watched = target('Microsoft.KeyVault/vaults', 'vault', 'ServiceApiResult', 'SNATConnectionCount');
    const [failed, other] = watched.signals;
    const dimensions = { StatusCode: ['429'] };
    const signals = [{ ...failed, metric: { ...failed.metric!, dimensions } }, failed, other];
    const [{ tiles }] = metricRows([{ ...watched, signals }], (id) => id);
    expect(tiles.map(({ title }) => title)).toEqual([
      'SNAT connection count, average',
      'Service API result, average',
      'Service API result, average by status code',
    ]);
    expect(tiles[2]).toMatchObject({ splitBy: 'StatusCode' });
  });

  test('what is full and what is behind, for those who plan', () => {
    const shown = titles(workbookNamed('sre'));
    expect(shown.slice(shown.indexOf('## Saturation'))).toEqual([
      '## Saturation',
      'How full what is limited is.',
      '## App Service plans',
      'CPU percentage, average',
      'Memory percentage, average',
      '## Replicas',
      'How far copies are behind.',
      '## PostgreSQL',
      'Physical replication delay in seconds, average',
    ]);
  });

  test('a number for each event that the business counts', () => {
    const names = ['order-placed', 'invoice "sent"', 'order-placed'];
    const { items } = workbookNamed('business', new Rendered(defined({ businessEvents: names })));
    const counters = items.filter(({ content }: any) => content.visualization === 'tiles');
    expect(counters.map(({ content }: any) => content.title)).toEqual(['invoice "sent"', 'order-placed']);
    expect(counters[0].content.query).toContain('| where Name == "invoice \\"sent\\""');
  });

  test('the cost of this month by team, environment, feature and tenant', () => {
    const asked = workbookNamed('cost')
      .items.filter(({ content }: any) => content.queryType === 12)
      .map(({ content }: any) => JSON.parse(content.query));
    const groupings = asked.map(({ data }: { data: string }) => JSON.parse(data).dataset.grouping[0]);
    expect(groupings).toEqual([
      { type: 'TagKey', name: 'owner' },
      { type: 'TagKey', name: 'environment' },
      { type: 'TagKey', name: 'feature' },
      { type: 'TagKey', name: 'tenant' },
      { type: 'Dimension', name: 'ResourceId' },
    ]);
    expect(asked[0]).toMatchObject({ method: 'POST', path: '{Scope}/providers/Microsoft.CostManagement/query' });
  });

  test('every parameter that a query uses, and none that nobody uses', () => {
    const used = (text: string) => [...new Set([...text.matchAll(/\{([A-Z]\w+)(?::\w+)?\}/g)].map(([, name]) => name))];
    for (const { key, parameters, rows } of sampleDashboards(TARGETS)) {
      const workbook = JSON.stringify(workbookOf({ key, title: 't', summary: 's', parameters, rows }, anywhere()));
      const names = parameters.map(({ name }) => name).sort();
      expect([key, used(workbook).concat('TimeRange').filter(distinct).sort()]).toEqual([key, names]);
    }
  });

  test('which redaction is in force', () => {
    expect(titles(workbookNamed('operations')).pop()).toBe('Nothing personal is stored.');
  });
});

describe('identity', () => {
  test('the order in which things are watched changes no byte', () => {
    const [one, other] = [TARGETS, [...TARGETS].reverse()].map(
      (targets) => new Rendered(defined({ targets: () => targets })),
    );
    expect(one.json).toEqual(other.json);
  });

  test('references are ordered by what they refer to', () => {
    const [b, a] = ['TOKEN.1', 'TOKEN.2'].map((resourceId) => ({ ...OTHER, resourceId }));
    const spelt: { [token: string]: string } = { 'TOKEN.1': 'z', 'TOKEN.2': 'y' };
    const [{ tiles }] = metricRows([b, a], (id) => spelt[id]);
    expect(tiles[0]).toMatchObject({ resourceIds: ['TOKEN.2', 'TOKEN.1'] });
  });

  test('what is watched later is shown', () => {
    const targets: MonitoringTarget[] = [];
    const workload = defined({ targets: () => targets });
    targets.push(PLAN);
    expect(titles(workbookNamed('operations', new Rendered(workload)))).toContain('## App Service plans');
  });
});

describe('a picture', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = scratch('dashboards');
  });

  function write(stack: string, json: object): void {
    fs.mkdirSync(path.join(outdir, 'stacks', stack), { recursive: true });
    fs.writeFileSync(path.join(outdir, 'stacks', stack, 'cdk.tf.json'), JSON.stringify(json));
  }

  test('is drawn of each workbook of production, with its titles and queries, on one page', () => {
    write('shop-dev', rendered.json);
    write('shop-prod', rendered.json);

    const page = drawDashboards(outdir, ['shop-dev', 'shop-prod'])!;

    const folder = path.join(outdir, 'dashboards');
    expect(path.dirname(page)).toBe(folder);
    const html = fs.readFileSync(page, 'utf8');
    const files = fs.readdirSync(folder).filter((file) => file.endsWith('.svg'));
    expect(files).toHaveLength(KEYS.length);
    expect(files.filter((file) => !html.includes(`<img src="${file}"`))).toEqual([]);
    const svg = fs.readFileSync(path.join(folder, 'shop-prod-sre-billing-prod.svg'), 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="1200" height="\d+"/);
    for (const words of [
      'Error budget left (%)',
      '| where TimeGenerated &gt; ago(30d)',
      '2 resources',
      'Time range: …',
    ]) {
      expect(svg).toContain(words);
    }
    expect(svg).not.toMatch(/datatable|NaN|undefined/);
  });

  test('is not drawn where there is nothing to draw', () => {
    write('shop-prod', {});
    expect(drawDashboards(outdir, ['shop-prod'])).toBeUndefined();
    expect(fs.readdirSync(outdir)).toEqual(['stacks']);
  });
});

describe('the schema', () => {
  const broken: Array<[string, (workbook: any) => void]> = [
    ['an item of a kind that we do not write', (workbook) => (workbook.items[0].type = 11)],
    ['a workbook of another version', (workbook) => (workbook.version = 'Notebook/2.0')],
    ['a chart that does not say how it is drawn', (workbook) => delete at(workbook, 3).content.visualization],
    ['a metric of no resource', (workbook) => (at(workbook, 10).content.resourceIds = [])],
    ['a misspelt property', (workbook) => (at(workbook, 3).content.titel = 'x')],
    ['a parameter without an id', (workbook) => delete at(workbook, 9).content.parameters[0].id],
  ];
  const at = (workbook: any, type: number) => workbook.items.find((item: { type: number }) => item.type === type);

  test.each(broken)('refuses %s', (_, harm) => {
    const workbook = workbookNamed('operations');
    harm(workbook);
    expect(validate(workbook)).toBe(false);
  });
});
