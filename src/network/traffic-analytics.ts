/**
 * The Log Analytics workspace that makes flow logs readable.
 */
export interface TrafficAnalyticsTarget {
  /** Azure resource id of the workspace. */
  readonly workspaceResourceId: string;
  /** Its own id, a GUID: `workspace_id` of the Terraform resource. */
  readonly workspaceGuid: string;

  /**
   * Region of the workspace.
   *
   * @default - the region of the workload
   */
  readonly workspaceLocation?: string;
}
