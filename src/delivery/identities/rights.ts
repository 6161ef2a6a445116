/** What `Contributor` leaves out, and what constructs that guard data need. */
export const LOCK_ACTIONS = [
  'Microsoft.Authorization/locks/delete',
  'Microsoft.Authorization/locks/read',
  'Microsoft.Authorization/locks/write',
];

/**
 * What it takes to put the version before back in front of users, by a swap or by deploying it again; nothing that reads data or
 * changes anything else.
 *
 * @see https://learn.microsoft.com/azure/app-service/resources-kudu for `publish`
 */
export const ROLLBACK_ACTIONS = [
  'Microsoft.Insights/metrics/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Resources/tags/read',
  'Microsoft.Resources/tags/write',
  'Microsoft.Web/sites/*/read',
  'Microsoft.Web/sites/config/list/action',
  'Microsoft.Web/sites/config/write',
  'Microsoft.Web/sites/publish/action',
  'Microsoft.Web/sites/read',
  'Microsoft.Web/sites/slots/config/list/action',
  'Microsoft.Web/sites/slots/config/write',
  'Microsoft.Web/sites/slots/slotsswap/action',
  'Microsoft.Web/sites/slotsswap/action',
  'Microsoft.Web/staticSites/listSecrets/action',
  'Microsoft.Web/staticSites/read',
];
