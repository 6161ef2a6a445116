/**
 * What a view of cost is broken down by.
 */
export class CostGrouping {
  /** By kind of service, e.g. App Service. */
  public static readonly SERVICE = new CostGrouping('Dimension', 'ServiceName');
  /** By resource. */
  public static readonly RESOURCE = new CostGrouping('Dimension', 'ResourceId');
  /** By resource group. */
  public static readonly RESOURCE_GROUP = new CostGrouping('Dimension', 'ResourceGroupName');
  /** By region. */
  public static readonly REGION = new CostGrouping('Dimension', 'ResourceLocation');
  /** By team: the tag that every workload writes. */
  public static readonly TEAM = CostGrouping.tag('owner');
  /** By environment: the tag that every workload writes. */
  public static readonly ENVIRONMENT = CostGrouping.tag('environment');
  /** By workload: the tag that every workload writes. */
  public static readonly WORKLOAD = CostGrouping.tag('workload');
  /** By cost centre: the tag that every workload writes. */
  public static readonly COST_CENTER = CostGrouping.tag('cost-center');
  /** By tenant: the tag of what belongs to one. */
  public static readonly TENANT = CostGrouping.tag('tenant');

  /** By the values of a tag, e.g. `feature`. */
  public static tag(name: string): CostGrouping {
    return new CostGrouping('TagKey', name);
  }

  private constructor(
    private readonly type: string,
    private readonly name: string,
  ) {}

  /**
   * The same as the provider takes it.
   *
   * @internal
   */
  public get _grouping(): { readonly type: string; readonly name: string } {
    return { type: this.type, name: this.name };
  }
}
