import { ApplicationInsightsWorkbook } from '@cdktf/provider-azurerm/lib/application-insights-workbook';
import { Fn, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { MonitoringTarget } from '../../contracts/monitoring';
import { uuidOf } from '../../core/uuid';
import { isComputed, resolvedIn } from '../../core/validation';
import { Workload } from '../../core/workload';
import { ShippedQuery } from '../shipped-query';
import { ServiceLevelObjective } from '../slo';
import { SAMPLE_SLO } from '../slo-alerts';
import { metricRows } from './metric-tiles';
import { Dashboard, Query } from './model';
import { DashboardsResources } from './resources';
import { business } from './views/business';
import { cost } from './views/cost';
import { delivery } from './views/delivery';
import { executive } from './views/executive';
import { operations } from './views/operations';
import { sre } from './views/sre';
import { tenant } from './views/tenant';
import { ViewContext } from './views/view';
import { workbookOf } from './workbook';

/** What dashboards are made from, and where they go. */
export interface DashboardPlace {
  readonly resourceGroupName: string;
  readonly location: string;
  /** Azure resource id of the workspace whose logs are asked. */
  readonly workspaceId: string;
  /** Azure resource id of the Application Insights component, in whose gallery the workbooks appear. */
  readonly applicationInsightsId: string;
  readonly slos: { readonly [name: string]: ServiceLevelObjective };
  /** Names of custom events that the business counts. */
  readonly businessEvents?: readonly string[];
  /** Which redaction is in force, in words. */
  readonly privacy: string;
  /** What is watched; asked at synthesis, when all of it is known. */
  readonly targets: () => readonly MonitoringTarget[];
}

const VIEWS: { readonly [key in keyof DashboardsResources]: (context: ViewContext) => Dashboard } = {
  operations,
  sre,
  executive,
  business,
  tenant,
  cost,
  delivery,
};

const TITLES: { readonly [key in keyof DashboardsResources]: string } = {
  operations: 'Operations',
  sre: 'SRE',
  executive: 'Overview',
  business: 'Business',
  tenant: 'Tenants',
  cost: 'Cost',
  delivery: 'Delivery',
};

/**
 * Defines the dashboards as Azure Monitor workbooks, one child each.
 */
export function defineDashboards(scope: Construct, place: DashboardPlace): DashboardsResources {
  const { resourceGroupName, location, workspaceId, applicationInsightsId } = place;
  const { name, environment } = Workload.of(scope);
  // a component is in the workload's own subscription, while a workspace may be shared
  const subscriptionId = Fn.join('/', Fn.slice(Fn.split('/', applicationInsightsId), 0, 3));
  const spelt = new Map<string, string>();
  const spell = (id: string): string => {
    const known = spelt.get(id) ?? String(resolvedIn(scope, id));
    spelt.set(id, known);
    return known;
  };
  const define = (key: keyof DashboardsResources): ApplicationInsightsWorkbook => {
    const child = new Construct(scope, `Dashboard-${key}`);
    const context = (): ViewContext => ({
      owner: `${name} ${environment.name}`,
      slos: place.slos,
      businessEvents: place.businessEvents ?? [],
      privacy: place.privacy,
      subscriptionId,
      resourceGroupName,
      resourceGroupId: `${subscriptionId}/resourceGroups/${resourceGroupName}`,
      metricRows: (wanted) => metricRows(place.targets(), spell, wanted),
    });
    return new ApplicationInsightsWorkbook(child, 'Resource', {
      name: uuidOf('workbook', child.node.path),
      displayName: `${TITLES[key]}: ${name} ${environment.name}`,
      resourceGroupName,
      location,
      sourceId: lowerCase(applicationInsightsId),
      dataJson: Lazy.stringValue({
        produce: () => JSON.stringify(workbookOf(VIEWS[key](context()), { workspaceId, subscriptionId })),
      }),
    });
  };
  return {
    operations: define('operations'),
    sre: define('sre'),
    executive: define('executive'),
    business: define('business'),
    tenant: define('tenant'),
    cost: define('cost'),
    delivery: define('delivery'),
  };
}

/**
 * Every dashboard for a workload that promises, counts and watches something.
 */
export function sampleDashboards(targets: readonly MonitoringTarget[] = []): Dashboard[] {
  const context: ViewContext = {
    owner: 'billing prod',
    slos: { api: SAMPLE_SLO },
    businessEvents: ['invoice-sent', 'order-placed'],
    privacy: 'Personal fields are removed before they are sent.',
    subscriptionId: '/subscriptions/00000000-0000-0000-0000-000000000000',
    resourceGroupId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg',
    resourceGroupName: 'rg',
    metricRows: (wanted) => metricRows(targets, (id) => id, wanted),
  };
  return Object.values(VIEWS).map((view) => view(context));
}

/**
 * Every query of the dashboards that runs on a workspace, those behind parameters included.
 */
export function shippedDashboardQueries(): ShippedQuery[] {
  return queriesOf('workspace');
}

/**
 * Every query of the dashboards that runs on the resource graph.
 */
export function shippedGraphQueries(): ShippedQuery[] {
  return queriesOf('graph');
}

function queriesOf(on: 'workspace' | 'graph'): ShippedQuery[] {
  return sampleDashboards().flatMap(({ key, parameters, rows }) => {
    const tiles = rows.flatMap((row) => row.tiles).flatMap((tile) => ('query' in tile ? [tile] : []));
    const asked: Array<{ title: string; query: Query; column?: string }> = [
      ...tiles,
      ...parameters.flatMap((parameter) =>
        parameter.kind === 'query'
          ? [{ title: parameter.name, query: { on: 'workspace' as const, text: parameter.query } }]
          : [],
      ),
    ];
    return asked.flatMap(({ title, query, column }, index) =>
      query.on === on && 'text' in query
        ? [{ key: `dashboards/${key}/${index + 1} ${title}`, query: query.text, measureColumn: column }]
        : [],
    );
  });
}

function lowerCase(id: string): string {
  return isComputed(id) ? Fn.lower(id) : id.toLowerCase();
}
