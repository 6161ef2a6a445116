/**
 * Regions in which Front Door has a network of its own for private links; others go through the nearest of them.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/private-link#region-availability
 */
export const PRIVATE_LINK_REGIONS = [
  'australiaeast',
  'brazilsouth',
  'canadacentral',
  'centralindia',
  'centralus',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'japaneast',
  'koreacentral',
  'northeurope',
  'norwayeast',
  'southafricanorth',
  'southcentralus',
  'southeastasia',
  'swedencentral',
  'uksouth',
  'westeurope',
  'westus2',
  'westus3',
];
