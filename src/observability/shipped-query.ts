/** A query that the library ships, for tests and documents. */
export interface ShippedQuery {
  /** Where it comes from, e.g. `alerts/ErrorRate`; unique. */
  readonly key: string;
  /** The KQL, as Azure gets it; it runs on a Log Analytics workspace. */
  readonly query: string;
  /** Column that is compared, where an alert compares one. */
  readonly measureColumn?: string;
  /** Columns that it is split by. */
  readonly splitBy?: readonly string[];
}
