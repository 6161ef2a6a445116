/** Resource providers of Azure, by how the Terraform types that need them begin; the first match counts. */
const NAMESPACES: Array<[prefix: string, namespace: string]> = [
  ['azurerm_api_management', 'Microsoft.ApiManagement'],
  ['azurerm_app_configuration', 'Microsoft.AppConfiguration'],
  ['azurerm_app_service', 'Microsoft.Web'],
  ['azurerm_application_insights', 'Microsoft.Insights'],
  ['azurerm_cdn', 'Microsoft.Cdn'],
  ['azurerm_communication_service', 'Microsoft.Communication'],
  ['azurerm_consumption', 'Microsoft.Consumption'],
  ['azurerm_container_registry', 'Microsoft.ContainerRegistry'],
  ['azurerm_data_protection', 'Microsoft.DataProtection'],
  ['azurerm_dns', 'Microsoft.Network'],
  ['azurerm_email_communication', 'Microsoft.Communication'],
  ['azurerm_eventgrid', 'Microsoft.EventGrid'],
  ['azurerm_key_vault', 'Microsoft.KeyVault'],
  ['azurerm_kubernetes', 'Microsoft.ContainerService'],
  ['azurerm_linux_web_app', 'Microsoft.Web'],
  ['azurerm_log_analytics', 'Microsoft.OperationalInsights'],
  ['azurerm_logic_app', 'Microsoft.Logic'],
  ['azurerm_managed_redis', 'Microsoft.Cache'],
  ['azurerm_monitor', 'Microsoft.Insights'],
  ['azurerm_nat_gateway', 'Microsoft.Network'],
  ['azurerm_network', 'Microsoft.Network'],
  ['azurerm_postgresql', 'Microsoft.DBforPostgreSQL'],
  ['azurerm_private', 'Microsoft.Network'],
  ['azurerm_public_ip', 'Microsoft.Network'],
  ['azurerm_recovery_services', 'Microsoft.RecoveryServices'],
  ['azurerm_redis', 'Microsoft.Cache'],
  ['azurerm_service_plan', 'Microsoft.Web'],
  ['azurerm_static_web_app', 'Microsoft.Web'],
  ['azurerm_storage', 'Microsoft.Storage'],
  ['azurerm_subnet', 'Microsoft.Network'],
  ['azurerm_user_assigned_identity', 'Microsoft.ManagedIdentity'],
  ['azurerm_virtual_network', 'Microsoft.Network'],
];

/**
 * The resource providers that some Terraform types need, sorted; those that every subscription has are left out.
 */
export function namespacesOf(terraformTypes: string[]): string[] {
  const found = terraformTypes.map((type) => NAMESPACES.find(([prefix]) => type.startsWith(prefix))?.[1]);
  return [...new Set(found.filter((namespace) => namespace !== undefined))].sort();
}
