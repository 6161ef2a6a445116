/**
 * Tiers of Front Door. Choose once: azurerm refuses to lower one, and raising it replaces everything, which fails half-way and leaves the
 * edge without routes, since the profile keeps its name. Where the environment guards what is there (prod), Terraform refuses that.
 *
 * Azure itself raises the tier of a profile in place; do that first, and say it here then.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/tier-upgrade
 */
export enum EdgeTier {
  /**
   * With rules of our own only: no managed rules against attacks and bots, and no private links, so that origins stay reachable
   * from the internet for whatever comes through this edge. A tenth of the price.
   */
  STANDARD = 'Standard_AzureFrontDoor',
  /** With Microsoft's managed rules, bot protection and private links to origins. */
  PREMIUM = 'Premium_AzureFrontDoor',
}
