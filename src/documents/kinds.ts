/** What a construct is for; decides its colour, and its place in the order in which things come back. */
export interface Kind {
  /** Short key that never changes. */
  readonly key: string;
  /** As the legend says it. */
  readonly title: string;
  /** Background of a box. */
  readonly fill: string;
  /** Frame of a box. */
  readonly stroke: string;
}

/** What a construct is, in Azure's words. */
export interface Service {
  readonly kind: Kind;
  readonly name: string;
}

/** In the order in which things come back: each stands on those before it. */
// prettier-ignore
export const KINDS = {
  network:       { key: 'network',       title: 'Network',        fill: '#f7f9fb', stroke: '#7b8794' },
  access:        { key: 'access',        title: 'Identity',       fill: '#f0f1f3', stroke: '#616e7c' },
  security:      { key: 'security',      title: 'Secrets, keys',  fill: '#fff3d6', stroke: '#b7791f' },
  data:          { key: 'data',          title: 'Data',           fill: '#d9f2f0', stroke: '#1f7a74' },
  storage:       { key: 'storage',       title: 'Storage',        fill: '#e1f3dc', stroke: '#3f7d34' },
  messaging:     { key: 'messaging',     title: 'Messages',       fill: '#fde6d8', stroke: '#b4541a' },
  kubernetes:    { key: 'kubernetes',    title: 'Kubernetes',     fill: '#e2e6fb', stroke: '#3d4fb0' },
  web:           { key: 'web',           title: 'Application',    fill: '#dcebfb', stroke: '#1f5fa8' },
  edge:          { key: 'edge',          title: 'Edge, DNS',      fill: '#ece2f9', stroke: '#6b3fa0' },
  resilience:    { key: 'resilience',    title: 'Backup',         fill: '#e3ebef', stroke: '#3b5b6d' },
  observability: { key: 'observability', title: 'Observability',  fill: '#fbe0ea', stroke: '#a8325e' },
  cost:          { key: 'cost',          title: 'Cost',           fill: '#f3f1d4', stroke: '#7d7416' },
  other:         { key: 'other',         title: 'Other',          fill: '#f5f5f5', stroke: '#8c8c8c' },
} as const satisfies Record<string, Kind>;

/** Terraform type without `azurerm_`, resource type in Azure, kind, name; the first row whose beginning fits counts. */
const ROWS: ReadonlyArray<readonly [string, string, keyof typeof KINDS, string]> = [
  ['virtual_network', 'Microsoft.Network/virtualNetworks', 'network', 'Virtual network'],
  ['private_endpoint', 'Microsoft.Network/privateEndpoints', 'network', 'Private endpoint'],
  ['cdn_frontdoor', 'Microsoft.Cdn', 'edge', 'Front Door'],
  ['traffic_manager', 'Microsoft.Network/trafficManagerProfiles', 'edge', 'Traffic Manager'],
  ['application_gateway', 'Microsoft.Network/applicationGateways', 'edge', 'Application Gateway'],
  ['private_dns', 'Microsoft.Network/privateDnsZones', 'network', 'Private DNS'],
  ['dns', 'Microsoft.Network/dnsZones', 'edge', 'DNS zone'],
  ['static_', 'Microsoft.Web/staticSites', 'web', 'Static Web App'],
  ['service_plan', 'Microsoft.Web/serverFarms', 'web', 'App Service plan'],
  ['linux_function', 'Microsoft.Web/sites', 'web', 'Function app'],
  ['linux_web', 'Microsoft.Web/sites', 'web', 'App Service'],
  ['function_app', 'Microsoft.Web/sites', 'web', 'Function app'],
  ['container_app', 'Microsoft.App', 'web', 'Container app'],
  ['container_registry', 'Microsoft.ContainerRegistry', 'kubernetes', 'Container registry'],
  ['kubernetes', 'Microsoft.ContainerService', 'kubernetes', 'Kubernetes'],
  ['postgresql', 'Microsoft.DBforPostgreSQL', 'data', 'PostgreSQL'],
  ['managed_redis', 'Microsoft.Cache', 'data', 'Managed Redis'],
  ['redis', 'Microsoft.Cache/redis', 'data', 'Redis'],
  ['mssql', 'Microsoft.Sql', 'data', 'SQL'],
  ['cosmosdb', 'Microsoft.DocumentDB', 'data', 'Cosmos DB'],
  ['search', 'Microsoft.Search', 'data', 'AI Search'],
  ['cognitive', 'Microsoft.CognitiveServices', 'data', 'AI Services'],
  ['storage', 'Microsoft.Storage', 'storage', 'Storage account'],
  ['servicebus', 'Microsoft.ServiceBus', 'messaging', 'Service Bus'],
  ['eventhub', 'Microsoft.EventHub', 'messaging', 'Event Hubs'],
  ['eventgrid', 'Microsoft.EventGrid', 'messaging', 'Event Grid'],
  ['email_communication', 'Microsoft.Communication/emailServices', 'messaging', 'E-mail'],
  ['communication', 'Microsoft.Communication', 'messaging', 'Communication'],
  ['key_vault', 'Microsoft.KeyVault', 'security', 'Key Vault'],
  ['user_assigned_identity', 'Microsoft.ManagedIdentity', 'access', 'Managed identity'],
  ['federated_identity', 'Microsoft.ManagedIdentity', 'access', 'Federated identity'],
  ['role_', 'Microsoft.Authorization', 'access', 'Role'],
  ['data_protection', 'Microsoft.DataProtection', 'resilience', 'Backup vault'],
  ['recovery_services', 'Microsoft.RecoveryServices', 'resilience', 'Recovery vault'],
  ['log_analytics', 'Microsoft.OperationalInsights', 'observability', 'Log Analytics'],
  ['application_insights', 'Microsoft.Insights', 'observability', 'Application Insights'],
  ['monitor', 'Microsoft.Insights', 'observability', 'Azure Monitor'],
  ['consumption_budget', 'Microsoft.Consumption', 'cost', 'Budget'],
  ['cost_', 'Microsoft.CostManagement', 'cost', 'Cost Management'],
  ['subscription_cost', 'Microsoft.CostManagement', 'cost', 'Cost Management'],
];

/** What a Terraform type is. */
export function serviceOfType(type: string): Service {
  const bare = type.replace(/^azurerm_(consumption_budget|)(resource_group_|subscription_)?/, '$1');
  const row = ROWS.find(([beginning]) => bare.startsWith(beginning));
  return row ? { kind: KINDS[row[2]], name: row[3] } : { kind: KINDS.other, name: inWords(type) };
}

/** What an Azure resource id refers to. */
export function serviceOfId(resourceId: string): Service {
  const [, type = ''] = /\/providers\/([^/]+\/[^/]+)/i.exec(resourceId) ?? [];
  const row = ROWS.find(([, beginning]) => type.toLowerCase().startsWith(beginning.toLowerCase()));
  return row ? { kind: KINDS[row[2]], name: row[3] } : { kind: KINDS.other, name: type.split('/').pop() ?? '' };
}

/** Where a kind comes in the order of recovery. */
export function orderOf({ key }: Kind): number {
  return Object.keys(KINDS).indexOf(key);
}

function inWords(type: string): string {
  const words = type.replace(/^azurerm_/, '').replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
