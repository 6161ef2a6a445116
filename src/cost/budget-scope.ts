import { hasForm, shown } from '../core/validation';

/**
 * Whose cost a budget is about.
 */
export class BudgetScope {
  /** The resource group of the workload. */
  public static workload(): BudgetScope {
    return new BudgetScope('workload');
  }

  /** A resource group, by its Azure resource id. */
  public static resourceGroup(resourceGroupId: string): BudgetScope {
    return new BudgetScope('resourceGroup', resourceGroupId);
  }

  /**
   * A subscription, by its Azure resource id `/subscriptions/<guid>`.
   *
   * @param subscriptionId The id; that of the deployment if it is left out.
   */
  public static subscription(subscriptionId?: string): BudgetScope {
    return new BudgetScope('subscription', subscriptionId);
  }

  private constructor(
    private readonly kind: 'workload' | 'resourceGroup' | 'subscription',
    private readonly id?: string,
  ) {}

  /** @internal */
  public get _isSubscription(): boolean {
    return this.kind === 'subscription';
  }

  /** @internal */
  public get _id(): string | undefined {
    return this.id;
  }

  /**
   * What is wrong with it, as a clause for `rejectIf()`.
   *
   * @internal
   */
  public get _problem(): string | false {
    const form = this._isSubscription ? '/subscriptions/<guid>' : '/subscriptions/<guid>/resourceGroups/<name>';
    const right = this._isSubscription
      ? /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
      : /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/resourceGroups\/[^/]+$/;
    return this.id !== undefined && !hasForm(this.id, right) && `'scope' must be ${form}, got ${shown(this.id)}`;
  }
}
