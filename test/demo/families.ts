/** Families of resources, in the order they are shown, and which Terraform types belong to them; the first match wins. */
const FAMILIES: ReadonlyArray<readonly [string, RegExp]> = [
  ['network', /^azurerm_(virtual_network|subnet|network_|nat_|public_ip|private_|route|application_security_group)/],
  ['edge', /^azurerm_(cdn_|dns_|email_|communication_)/],
  ['web', /^azurerm_(service_plan|app_service|linux_|web_|static_|container_app)/],
  ['data', /^azurerm_(postgresql|redis|managed_redis|mssql|cosmosdb)/],
  ['storage', /^azurerm_storage/],
  ['security', /^(azurerm_(key_vault|disk_encryption|security_)|random_|time_|tls_)/],
  ['access', /^azurerm_(role_|user_assigned|federated)/],
  ['kubernetes', /^(azurerm_(kubernetes|container_registry)|kubernetes_|helm_)/],
  ['observability', /^azurerm_(monitor|eventgrid_|log_|logic_|application_insights|portal_dashboard)/],
  ['cost', /^azurerm_(consumption|cost)_/],
  ['delivery', /^github_/],
  ['resilience', /^azurerm_(data_protection|backup|recovery|site_recovery)/],
  ['ground', /^azurerm_(resource_group|management_lock|resource_provider)/],
];

/** What `cdk.tf.json` holds, as far as it is counted. */
export interface StackJson {
  readonly resource?: Record<string, object>;
  readonly ephemeral?: Record<string, object>;
}

/** How many resources of each family a stack has, e.g. `network 3, web 2`. */
export function familiesOf(stack: StackJson): string {
  const counts = new Map<string, number>(FAMILIES.map(([family]) => [family, 0]));
  for (const [type, resources] of [...Object.entries(stack.resource ?? {}), ...Object.entries(stack.ephemeral ?? {})]) {
    const family = FAMILIES.find(([, types]) => types.test(type))?.[0] ?? 'other';
    counts.set(family, (counts.get(family) ?? 0) + Object.keys(resources).length);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([family, count]) => `${family} ${count}`)
    .join(', ');
}
