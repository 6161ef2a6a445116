import { ConsumptionBudgetResourceGroup } from '@cdktf/provider-azurerm/lib/consumption-budget-resource-group';
import { ConsumptionBudgetSubscription } from '@cdktf/provider-azurerm/lib/consumption-budget-subscription';
import { CostAnomalyAlert } from '@cdktf/provider-azurerm/lib/cost-anomaly-alert';
import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { DataAzurermResourceGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-resource-group';
import { Construct } from 'constructs';
import { IRecoverable, RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { checkKinds } from '../core/kinds';
import { nameOf } from '../core/naming';
import { addressOf } from '../core/protection';
import { isComputed, isText, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { notificationsOf } from './budget-notifications';
import { BudgetScope } from './budget-scope';
import { CostBudgetProps, CostBudgetResources, CostCap } from './cost-budget-props';
import { capsOf } from './cost-caps';
import { BUDGET_KINDS, budgetProblems, firstOf, VIEW_KINDS } from './cost-rules';
import { CostView, CostViewOptions } from './cost-view';

/**
 * What a month may cost, and who is told when it costs more: spent, forecast, out of bounds, or unlike the days before.
 *
 * Budgets only tell, they stop nothing. What keeps cost down is elsewhere: `maxInstances` caps whatever grows by itself, as
 * `toCostCaps()` lists; `schedules` of a web app let it shrink outside of working hours; and what runs all day at `minInstances` is
 * what a reservation or a savings plan makes cheaper.
 */
export class CostBudget extends Construct implements IRecoverable {
  /** Azure resource id of the budget. */
  public readonly budgetId: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: CostBudgetResources;

  private readonly contactEmails: string[];
  private readonly subscriptionId?: string;
  private readonly resourceGroupId?: string;

  constructor(scope: Construct, id: string, props: CostBudgetProps) {
    super(scope, id);
    checkKinds(this, props, BUDGET_KINDS);
    const about = props.scope ?? BudgetScope.workload();
    const { contactEmails = [] } = props;
    const anomalyAlert = props.anomalyAlert ?? (about._isSubscription && contactEmails.length > 0);
    rejectIf(this, ...budgetProblems(props, anomalyAlert));

    this.contactEmails = contactEmails;
    if (about._isSubscription) {
      this.subscriptionId = about._id ?? this.ownSubscription();
    } else {
      this.resourceGroupId = about._id ?? this.ownResourceGroup();
    }
    const budget = this.subscriptionId !== undefined ? undefined : this.defineForGroup(props);
    const subscriptionBudget = this.subscriptionId === undefined ? undefined : this.defineForSubscription(props);
    this.budgetId = (budget ?? subscriptionBudget)!.id;
    this.resources = {
      resourceGroupBudget: budget,
      subscriptionBudget,
      anomalyAlert: anomalyAlert ? this.defineAnomalyAlert(props) : undefined,
    };
  }

  /**
   * Adds a view of the cost of this scope, in the portal and by e-mail.
   *
   * @param key 1 to 30 letters, digits or hyphens, a letter first; a literal that never changes, e.g. `tenants`.
   * @param options What it is broken down by, and whether it is sent.
   */
  public addView(key: string, options: CostViewOptions): CostView {
    checkKinds(this, options, VIEW_KINDS);
    const { contactEmails, subscriptionId, resourceGroupId } = this;
    rejectIf(
      this,
      isComputed(key) || !isText(key, /^[A-Za-z][A-Za-z0-9-]{0,29}$/)
        ? `'key' must be a literal of 1 to 30 letters, digits or hyphens, a letter first; got ${shown(key)}`
        : this.node.tryFindChild(`View-${key}`) !== undefined &&
            `'key' must be new: there is a view ${shown(key)} already`,
      ...CostView._problems(options, contactEmails),
    );
    return CostView._of(this, { key, contactEmails, subscriptionId, resourceGroupId }, options);
  }

  /** Whatever in the workload grows by itself and how far, as defined by now, sorted; what is missing has a fixed size. */
  public toCostCaps(): CostCap[] {
    return capsOf(Workload.of(this));
  }

  public toRecoverySteps(): RecoveryStep[] {
    const { anomalyAlert } = this.resources;
    return anomalyAlert === undefined
      ? []
      : [
          {
            key: 'RenewAnomalyAlert',
            occasion: RecoveryOccasion.RENEWAL,
            summary:
              "Lets the cost anomaly alert last for another year, which nobody reminds of; changing 'anomalyRenewal' does the same.",
            commands: [`terraform apply -replace='${addressOf(anomalyAlert)}'`],
            minutes: 5,
          },
        ];
  }

  private defineForGroup(props: CostBudgetProps): ConsumptionBudgetResourceGroup {
    return new ConsumptionBudgetResourceGroup(this, 'Resource', {
      ...budgetOf(props),
      name: nameOf(ConsumptionBudgetResourceGroup.tfResourceType, this),
      resourceGroupId: this.resourceGroupId!,
    });
  }

  private defineForSubscription(props: CostBudgetProps): ConsumptionBudgetSubscription {
    return new ConsumptionBudgetSubscription(this, 'Resource', {
      ...budgetOf(props),
      name: nameOf(ConsumptionBudgetSubscription.tfResourceType, this),
      subscriptionId: this.subscriptionId!,
    });
  }

  private defineAnomalyAlert({ anomalyRenewal }: CostBudgetProps): CostAnomalyAlert {
    const { name, environment } = Workload.of(this);
    const displayName = `${name} ${environment.name}: unusual cost`;
    const renewed = anomalyRenewal === undefined ? '' : ` Renewed: ${anomalyRenewal}.`;
    return new CostAnomalyAlert(this, 'AnomalyAlert', {
      name: nameOf(CostAnomalyAlert.tfResourceType, this),
      displayName,
      subscriptionId: this.subscriptionId,
      emailAddresses: this.contactEmails,
      notificationEmail: firstOf(this.contactEmails),
      emailSubject: displayName,
      message: `A day cost unlike the days before.${renewed}`,
    });
  }

  private ownResourceGroup(): string {
    const { resources, resourceGroupName } = Workload.of(this);
    return (
      resources.resourceGroup?.id ?? new DataAzurermResourceGroup(this, 'ResourceGroup', { name: resourceGroupName }).id
    );
  }

  private ownSubscription(): string {
    return `/subscriptions/${new DataAzurermClientConfig(this, 'ClientConfig').subscriptionId}`;
  }
}

/** What budgets have in common; nothing here follows the clock. */
function budgetOf(props: CostBudgetProps) {
  const { amount, startMonth, endMonth, tags = {} } = props;
  const names = Object.keys(tags).sort();
  return {
    amount,
    timeGrain: 'Monthly',
    timePeriod: {
      startDate: `${startMonth}-01T00:00:00Z`,
      endDate: endMonth === undefined ? undefined : `${endMonth}-01T00:00:00Z`,
    },
    filter: names.length === 0 ? undefined : { tag: names.map((name) => ({ name, values: tags[name] })) },
    notification: notificationsOf(props),
  };
}
