import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { TerraformResource, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { Diagram } from '../../src/documents/diagram';
import { layoutOf } from '../../src/documents/layout';
import { Frame, pictureOf } from '../../src/documents/picture';
import { Area } from '../../src/documents/routes';
import { widthOf } from '../../src/documents/text-size';
import { workloadIn, workloadOn } from '../support';
import { scratch } from '../support/scratch';
import { insideOf, networkPart, Part } from './parts';

const WEB = 'azurerm_linux_web_app';
const POSTGRES = 'azurerm_postgresql_flexible_server';

const connect = (client: Construct, name: string, target: Construct) =>
  Workload.of(client).recordConnection({ name, client, target });

/** Thirty constructs, most of them in a network, many connected, and in whichever order. */
function platformIn(workload: Workload, back: boolean = false): void {
  const network = networkPart(workload, 'Network');
  const apps = ['Api', 'Admin', 'Worker', 'Webhooks', 'Reports', 'Search', 'Mails', 'Payments'];
  const stores: Array<[string, string]> = [
    ['Database', POSTGRES],
    ['Ledger', POSTGRES],
    ['Cache', 'azurerm_managed_redis'],
    ['Vault', 'azurerm_key_vault'],
    ['Files', 'azurerm_storage_account'],
    ['Evidence', 'azurerm_storage_account'],
  ];
  const inside: Array<[string, string]> = [...apps.map((id): [string, string] => [id, WEB]), ...stores];
  const made = new Map((back ? inside.reverse() : inside).map(([id, type]) => [id, insideOf(network, id, type)]));
  apps.forEach((app, i) => {
    const targets = stores.filter((_, j) => (i * 7 + j * 5) % 6 < 2).slice(0, 3);
    targets.forEach(([target]) => connect(made.get(app)!, target.toUpperCase(), made.get(target)!));
  });
  const beside = [
    'State',
    'Plan',
    'Logs',
    'Budget',
    'Backups',
    'Zone',
    'Edge',
    'Site',
    'Mail',
    'Alerts',
    'Jobs',
    'Audit',
  ];
  const types = ['azurerm_storage_account', 'azurerm_service_plan', 'azurerm_log_analytics_workspace'];
  beside.forEach((id, i) => new Part(workload, id, types[i % types.length]));
  const far = networkPart(workload, 'Far', '10.9.0.0/24');
  insideOf(far, 'FarVault', 'azurerm_key_vault');
}

const overlap = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlapsIn(areas: Array<Area & { name: string }>): string[] {
  return areas.flatMap((a, i) =>
    areas
      .slice(i + 1)
      .filter((b) => overlap(a, b))
      .map((b) => `${a.name} and ${b.name}`),
  );
}

describe('what is drawn', () => {
  const frameOf = (workload: Workload): Frame => pictureOf(workload)[0];

  test('constructs that the owner put there, whatever copy of the library they are of, with what they are made of folded in', () => {
    const workload = workloadIn(Environment.PROD);
    const app = new Part(workload, 'Api', WEB);
    new Part(app, 'Plan', 'azurerm_service_plan');
    new Part(new Construct(workload, 'Group'), 'Database', POSTGRES);
    new TerraformResource(workload, 'Plain', { terraformResourceType: 'azurerm_storage_account' });
    new Part(workload, 'Odd', 'azurerm_some_new_thing');

    const { title, subtitle, boxes } = frameOf(workload);
    expect([title, subtitle]).toEqual(['billing · prod', 'westeurope']);
    expect(boxes.map((box) => `${box.title}: ${box.subtitle}, ${box.kind.title}`)).toEqual([
      'Odd: Some new thing, Other',
      'Api: App Service, Application',
      'Group / Database: PostgreSQL, Data',
    ]);
  });

  test('networks hold what has an endpoint in them, and say their block', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkPart(workload, 'Network');
    insideOf(network, 'Vault', 'azurerm_key_vault');
    new Part(workload, 'Site', 'azurerm_static_web_app');

    const { zones, boxes } = frameOf(workload);
    expect(zones.map((zone) => [zone.title, zone.boxes.map(({ title }) => title)])).toEqual([
      ['Network · 10.0.0.0/22', ['Vault']],
    ]);
    expect(boxes.map(({ title }) => title)).toEqual(['Site']);
  });

  test('connections are arrows, one for each pair; a part of a construct stands for the whole', () => {
    const workload = workloadIn(Environment.DEV);
    const [app, vault] = [new Part(workload, 'Api', WEB), new Part(workload, 'Vault', 'azurerm_key_vault')];
    connect(app, 'TOKEN', new Construct(vault, 'Secret'));
    connect(app, 'KEYS', vault);
    connect(app, 'ITSELF', new Construct(app, 'Slot'));

    expect(frameOf(workload).arrows).toEqual([{ from: app.node.path, to: vault.node.path, names: ['KEYS', 'TOKEN'] }]);
  });

  test('what exists already, and identities, are drawn where something is connected to them', () => {
    class Existing extends Construct {
      public readonly serverId =
        '/subscriptions/1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/x';
    }
    const workload = workloadIn(Environment.DEV);
    const app = new Part(workload, 'Api', WEB);
    new Existing(workload, 'Unused');
    new Part(workload, 'Identity', 'azurerm_user_assigned_identity');
    connect(app, 'DB', new Existing(workload, 'Used'));

    expect(frameOf(workload).boxes.map(({ title, subtitle, existing }) => [title, subtitle, existing])).toEqual([
      ['Api', 'App Service', false],
      ['Used', 'PostgreSQL, existing', true],
    ]);
  });

  test('what belongs to another workload says so', () => {
    const workload = workloadIn(Environment.DEV);
    const other = workloadOn(TerraformStack.of(workload), 'Shared');
    connect(
      new Part(workload, 'Api', WEB),
      'CACHE',
      new Construct(new Part(other, 'Cache', 'azurerm_managed_redis'), 'X'),
    );

    expect(frameOf(workload).boxes.map(({ title, subtitle }) => [title, subtitle])).toContainEqual([
      'Cache',
      'in shared · dev',
    ]);
    expect(pictureOf(TerraformStack.of(workload)).map(({ title }) => title)).toEqual(['billing · dev', 'shared · dev']);
  });
});

describe('layout', () => {
  const workload = workloadIn(Environment.PROD);
  platformIn(workload);
  const layout = layoutOf(pictureOf(workload)[0]);

  test('nothing covers anything: no box, no label, no network', () => {
    expect(layout.boxes.length).toBeGreaterThan(26);
    const boxes = layout.boxes.map(({ box, ...area }) => ({ ...area, name: box.title }));
    const labels = layout.arrows.map(({ label, middle, arrow }) => {
      const width = widthOf(label, 11);
      return { name: `${label} of ${arrow.from}`, x: middle.x - width / 2, y: middle.y - 7, width, height: 14 };
    });
    expect(overlapsIn([...boxes, ...labels])).toEqual([]);
    expect(overlapsIn(layout.zones.map(({ zone, ...area }) => ({ ...area, name: zone.title })))).toEqual([]);
  });

  test('networks hold their boxes and no others', () => {
    for (const { zone, ...area } of layout.zones) {
      const within = layout.boxes.filter((box) => overlap(box, area)).map(({ box }) => box.path);
      expect(within.sort()).toEqual(zone.boxes.map(({ path }) => path).sort());
    }
  });

  test('arrows run from side to side', () => {
    const boxAt = (path: string) => layout.boxes.find(({ box }) => box.path === path)!;
    for (const { arrow, points } of layout.arrows) {
      const [from, to] = [boxAt(arrow.from), boxAt(arrow.to)];
      expect(points[0].x).toBeCloseTo(from.x + from.width);
      expect(points[points.length - 1].x).toBeCloseTo(to.x);
    }
  });

  test('who calls each other has arrows in both directions', () => {
    const pair = workloadIn(Environment.DEV);
    const [a, b] = [new Part(pair, 'A', WEB), new Part(pair, 'B', WEB)];
    connect(a, 'B', b);
    connect(b, 'A', a);
    expect(layoutOf(pictureOf(pair)[0]).arrows.map(({ label }) => label)).toEqual(['B', 'A']);
  });
});

describe('files', () => {
  test('the same program gives the same bytes, in whichever order it is written', () => {
    const drawn = (back: boolean) => {
      const workload = workloadIn(Environment.PROD);
      platformIn(workload, back);
      const diagram = Diagram.of(workload);
      return diagram.toSvg() + diagram.toMermaid();
    };
    expect(drawn(true)).toBe(drawn(false));
  });

  test('the picture stands alone: light, titled, with a legend of what is in it, and no script', () => {
    const workload = workloadIn(Environment.PROD);
    connect(new Part(workload, 'Api', WEB), 'A&B', new Part(workload, 'Database', POSTGRES));
    const svg = Diagram.of(workload, { title: 'Billing & <co>' }).toSvg();

    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d/);
    expect(svg).toContain('<title>Billing &amp; &lt;co&gt;</title>');
    expect(svg).toContain('<rect width="100%" height="100%" fill="#ffffff"/>');
    expect(svg).toContain('>A&amp;B</text>');
    const words = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(words.slice(-2)).toEqual(['Data', 'Application']);
    expect(svg).not.toMatch(/<script|href=|@import|url\((?!#arrow\))/);
  });

  test('Mermaid says the same', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkPart(workload, 'Network');
    const [app, vault] = [insideOf(network, 'Api', WEB), new Part(workload, 'Key "Vault"', 'azurerm_key_vault')];
    connect(app, 'TOKEN', vault);
    networkPart(workload, 'Empty', '10.8.0.0/24');

    expect(
      Diagram.of(workload)
        .toMermaid()
        .replace(/_[a-z0-9]{6}\b/g, ''),
    ).toBe(
      [
        'flowchart LR',
        '  subgraph Billing["billing · dev · westeurope"]',
        '    Empty["Empty · 10.8.0.0/24"]',
        '    subgraph Network["Network · 10.0.0.0/22"]',
        '      Api["Api<br/>App Service"]:::web',
        '    end',
        '    Key_Vault["Key #quot;Vault#quot;<br/>Key Vault"]:::security',
        '  end',
        '  Api -->|"TOKEN"| Key_Vault',
        '  classDef security fill:#fff3d6,stroke:#b7791f,color:#1f2933',
        '  classDef web fill:#dcebfb,stroke:#1f5fa8,color:#1f2933',
        '  classDef existing stroke-dasharray:4 3',
        '',
      ].join('\n'),
    );
  });

  test('are written, and checked', () => {
    const directory = scratch('diagram');
    const workload = workloadIn(Environment.DEV);
    new Part(workload, 'Api', WEB);
    const diagram = Diagram.of(workload, { fileName: 'billing' });

    expect(() => diagram.check(directory)).toThrow(
      'stack/Billing: "billing.svg" is stale: write the document again and commit it; "billing.mmd" is stale: write the document again and commit it',
    );
    expect(diagram.write(join(directory, 'docs'))).toEqual(
      ['svg', 'mmd'].map((kind) => join(directory, 'docs', `billing.${kind}`)),
    );
    diagram.check(join(directory, 'docs'));
    const file = join(directory, 'docs/billing.mmd');
    const text = readFileSync(file, 'utf8');
    // as git checks it out on Windows
    writeFileSync(file, text.replace(/\n/g, '\r\n'));
    diagram.check(join(directory, 'docs'));
    writeFileSync(file, `${text} `);
    expect(() => diagram.check(join(directory, 'docs'))).toThrow('"billing.mmd" is stale');
  });
});

describe('fails', () => {
  test('without a workload, and with a name that is a path', () => {
    const stack = new TerraformStack(Testing.app(), 'empty');
    expect(() => Diagram.of(stack, { fileName: '../x' })).toThrow(
      `empty: 'fileName' must be letters, digits, hyphens, underscores or single full stops between them, got "../x"; there is no Workload at or below this scope, and so nothing to draw`,
    );
  });
});
