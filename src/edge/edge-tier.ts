/**
 * Tiers of Front Door. Choose once: raising one replaces everything, and azurerm refuses to lower it.
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
