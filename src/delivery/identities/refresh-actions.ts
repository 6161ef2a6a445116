import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/** What reading a resource takes beside `Reader`. */
interface Reading {
  /** Operations of Azure Resource Manager. */
  readonly actions?: readonly string[];
  /** Operations of the service itself. */
  readonly dataActions?: readonly string[];
  /** Whether a resource needs it, by its arguments; all of the type do where it is left out. */
  readonly unless?: (resource: Arguments) => boolean;
}

/** Arguments of a resource, as the getters of the provider class give them. */
type Arguments = { readonly [getter: string]: unknown };

const SITE = { actions: ['Microsoft.Web/sites/config/list/action'] };
const SLOT = { actions: ['Microsoft.Web/sites/slots/config/list/action'] };
const SECRET = [
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
];
const SETTINGS = { dataActions: ['Microsoft.AppConfiguration/configurationStores/keyValues/read'] };
const TEMPLATE = { actions: ['Microsoft.Resources/deployments/exportTemplate/action'] };
const BLOB = { dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'] };

/** Needs keys only where they are switched on. */
const keyed = (...actions: string[]): Reading => ({
  actions,
  unless: ({ localAuthEnabledInput, localAuthenticationEnabledInput }) =>
    localAuthEnabledInput === false || localAuthenticationEnabledInput === false,
});

/**
 * What the provider calls when it refreshes a resource, and fails without: keys that it lists, and what it asks the service
 * itself. It tolerates a refusal for storage accounts, workspaces, Event Hubs and Service Bus: those are not here.
 *
 * Source: the read functions of azurerm 4.55.0.
 */
export const READINGS: { readonly [type: string]: Reading | readonly Reading[] } = {
  azurerm_app_configuration: { actions: ['Microsoft.AppConfiguration/configurationStores/ListKeys/action'] },
  azurerm_app_configuration_feature: SETTINGS,
  azurerm_app_configuration_key: SETTINGS,
  azurerm_cognitive_account: keyed('Microsoft.CognitiveServices/accounts/listKeys/action'),
  azurerm_communication_service: { actions: ['Microsoft.Communication/communicationServices/listKeys/action'] },
  azurerm_container_app: { actions: ['Microsoft.App/containerApps/listSecrets/action'] },
  azurerm_container_app_job: { actions: ['Microsoft.App/jobs/listSecrets/action'] },
  azurerm_container_registry: {
    actions: ['Microsoft.ContainerRegistry/registries/listCredentials/action'],
    unless: ({ adminEnabledInput }) => adminEnabledInput !== true,
  },
  azurerm_cosmosdb_account: {
    actions: [
      'Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action',
      'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
      'Microsoft.DocumentDB/databaseAccounts/readonlykeys/action',
    ],
  },
  azurerm_eventgrid_domain: { actions: ['Microsoft.EventGrid/domains/listKeys/action'] },
  azurerm_eventgrid_topic: { actions: ['Microsoft.EventGrid/topics/listKeys/action'] },
  azurerm_eventhub_authorization_rule: {
    actions: ['Microsoft.EventHub/namespaces/eventhubs/authorizationRules/listKeys/action'],
  },
  azurerm_eventhub_namespace_authorization_rule: {
    actions: ['Microsoft.EventHub/namespaces/authorizationRules/listKeys/action'],
  },
  azurerm_function_app_flex_consumption: SITE,
  azurerm_key_vault_certificate: {
    dataActions: ['Microsoft.KeyVault/vaults/certificates/read', ...SECRET],
  },
  azurerm_key_vault_key: {
    dataActions: ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keyrotationpolicies/read'],
  },
  azurerm_key_vault_secret: { dataActions: SECRET },
  azurerm_kubernetes_cluster: [
    { actions: ['Microsoft.ContainerService/managedClusters/listClusterUserCredential/action'] },
    {
      actions: ['Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action'],
      unless: ({ localAccountDisabledInput }) => localAccountDisabledInput === true,
    },
  ],
  azurerm_linux_function_app: SITE,
  azurerm_linux_function_app_slot: SLOT,
  azurerm_linux_web_app: SITE,
  azurerm_linux_web_app_slot: SLOT,
  azurerm_logic_app_standard: SITE,
  azurerm_logic_app_trigger_http_request: { actions: ['Microsoft.Logic/workflows/triggers/listCallbackUrl/action'] },
  azurerm_managed_redis: {
    actions: ['Microsoft.Cache/redisEnterprise/databases/listKeys/action'],
    unless: ({ defaultDatabaseInput }) =>
      (defaultDatabaseInput as Arguments | undefined)?.accessKeysAuthenticationEnabled !== true,
  },
  azurerm_maps_account: { actions: ['Microsoft.Maps/accounts/listKeys/action'] },
  azurerm_redis_cache: { actions: ['Microsoft.Cache/redis/listKeys/action'] },
  azurerm_resource_group_template_deployment: TEMPLATE,
  azurerm_search_service: {
    actions: [
      'Microsoft.Search/searchServices/listAdminKeys/action',
      'Microsoft.Search/searchServices/listQueryKeys/action',
    ],
  },
  azurerm_servicebus_namespace_authorization_rule: {
    actions: ['Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action'],
  },
  azurerm_servicebus_queue_authorization_rule: {
    actions: ['Microsoft.ServiceBus/namespaces/queues/authorizationRules/listKeys/action'],
  },
  azurerm_servicebus_topic_authorization_rule: {
    actions: ['Microsoft.ServiceBus/namespaces/topics/authorizationRules/listKeys/action'],
  },
  azurerm_signalr_service: { actions: ['Microsoft.SignalRService/SignalR/listKeys/action'] },
  azurerm_static_web_app: {
    actions: ['Microsoft.Web/staticSites/listAppSettings/action', 'Microsoft.Web/staticSites/listSecrets/action'],
  },
  azurerm_storage_blob: BLOB,
  azurerm_subscription_template_deployment: TEMPLATE,
  azurerm_web_pubsub: { actions: ['Microsoft.SignalRService/WebPubSub/listKeys/action'] },
  azurerm_windows_function_app: SITE,
  azurerm_windows_function_app_slot: SLOT,
  azurerm_windows_web_app: SITE,
  azurerm_windows_web_app_slot: SLOT,
};

/** Allowed in each role: Azure refuses one that allows nothing. */
const LEAST = 'Microsoft.Resources/subscriptions/resourceGroups/read';

/** What it takes to refresh the resources of stacks, beside `Reader`; sorted. */
export function readingsIn(stacks: readonly TerraformStack[]): { actions: string[]; dataActions: string[] } {
  const readings = stacks.flatMap((stack) => stack.node.findAll()).flatMap(readingsOf);
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    actions: sorted([LEAST, ...readings.flatMap(({ actions }) => actions ?? [])]),
    dataActions: sorted(readings.flatMap(({ dataActions }) => dataActions ?? [])),
  };
}

/** Also what is only read while planning: data sources and ephemeral resources have the type of what they read. */
function readingsOf(x: IConstruct): Reading[] {
  const type = typeOf(x);
  const readings = type === undefined ? [] : (READINGS[type] ?? []);
  return [readings].flat().filter(({ unless }) => unless?.(x as unknown as Arguments) !== true) as Reading[];
}

function typeOf(x: IConstruct): string | undefined {
  if (!TerraformElement.isTerraformElement(x)) {
    return undefined;
  }
  return TerraformResource.isTerraformResource(x)
    ? x.terraformResourceType
    : (x as { terraformResourceType?: string }).terraformResourceType?.replace(/^data\./, '');
}
