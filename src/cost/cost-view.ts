import { CostManagementScheduledAction } from '@cdktf/provider-azurerm/lib/cost-management-scheduled-action';
import { ResourceGroupCostManagementView } from '@cdktf/provider-azurerm/lib/resource-group-cost-management-view';
import { SubscriptionCostManagementView } from '@cdktf/provider-azurerm/lib/subscription-cost-management-view';
import { Construct } from 'constructs';
import { isDay } from '../core/calendar';
import { nameOf } from '../core/naming';
import { isComputed, isWholeBetween, shown } from '../core/validation';
import { Weekday } from '../core/weekday';
import { Workload } from '../core/workload';
import { CostGrouping } from './cost-grouping';
import { emailProblems, firstOf } from './cost-rules';

/** Addresses that Azure takes per report. */
const MOST_EMAILS = 20;

/** Breakdowns beside the chart, of which Azure wants three. */
const PIVOTS = ['ServiceName', 'ResourceLocation', 'ResourceGroupName'].map((name) => ({ type: 'Dimension', name }));

/**
 * A view of cost by e-mail, again and again; all times are UTC.
 */
export interface CostReport {
  /** First day on which it is sent, e.g. `2026-11-02`; a literal. */
  readonly firstDay: string;
  /** Last day on which it is sent; a literal that you move on before it comes, since nobody tells when reports stop. */
  readonly lastDay: string;

  /**
   * Day of the week on which it is sent.
   *
   * @default - every day
   */
  readonly weekday?: Weekday;

  /**
   * Hour at which it is sent, 0 to 23.
   *
   * @default 6
   */
  readonly hour?: number;

  /**
   * Addresses that it is sent to, 1 to 20.
   *
   * @default - the `contactEmails` of the budget
   */
  readonly emails?: string[];

  /**
   * Address that Azure asks when there is a question about the report.
   *
   * @default - the first of `emails`
   */
  readonly sender?: string;
}

/**
 * Options for `CostBudget.addView()`.
 */
export interface CostViewOptions {
  /** What the cost is broken down by. */
  readonly groupBy: CostGrouping;

  /**
   * Sends the view by e-mail.
   *
   * @default - whoever wants to see it looks into the portal
   */
  readonly report?: CostReport;
}

/**
 * The Terraform resources behind a `CostView`.
 */
export interface CostViewResources {
  /** The view, where it is of a resource group. */
  readonly resourceGroupView?: ResourceGroupCostManagementView;
  /** The view, where it is of a subscription. */
  readonly subscriptionView?: SubscriptionCostManagementView;
  /** The e-mail, where there is one. */
  readonly scheduledAction?: CostManagementScheduledAction;
}

/** What a view is of. */
interface CostViewPlace {
  readonly key: string;
  readonly subscriptionId?: string;
  readonly resourceGroupId?: string;
  readonly contactEmails: string[];
}

/**
 * The cost of this month day by day, broken down; in the portal and, where wanted, by e-mail.
 */
export class CostView extends Construct {
  /**
   * What is wrong with a view, as clauses for `rejectIf()`.
   *
   * @internal
   */
  public static _problems({ report }: CostViewOptions, contactEmails: string[]): Array<string | false> {
    return report ? reportProblems(report, report.emails ?? contactEmails) : [];
  }

  /** @internal */
  public static _of(scope: Construct, of: CostViewPlace, options: CostViewOptions): CostView {
    return new CostView(scope, of, options);
  }

  /** Azure resource id of the view. */
  public readonly viewId: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: CostViewResources;

  private constructor(scope: Construct, of: CostViewPlace, options: CostViewOptions) {
    super(scope, `View-${of.key}`);
    const { groupBy, report } = options;
    const emails = report?.emails ?? of.contactEmails;
    const { name, environment } = Workload.of(this);
    const displayName = `${name} ${environment.name}: ${of.key}`;
    const view = {
      displayName,
      accumulated: false,
      chartType: 'StackedColumn',
      reportType: 'Usage',
      timeframe: 'MonthToDate',
      dataset: {
        granularity: 'Daily',
        aggregation: [{ name: 'totalCost', columnName: 'Cost' }],
        grouping: [groupBy._grouping],
      },
      pivot: PIVOTS,
    };
    const { subscriptionId, resourceGroupId } = of;
    const subscriptionView =
      subscriptionId === undefined
        ? undefined
        : new SubscriptionCostManagementView(this, 'Resource', {
            ...view,
            name: nameOf(SubscriptionCostManagementView.tfResourceType, this),
            subscriptionId,
          });
    const resourceGroupView =
      resourceGroupId === undefined
        ? undefined
        : new ResourceGroupCostManagementView(this, 'Resource', {
            ...view,
            name: nameOf(ResourceGroupCostManagementView.tfResourceType, this),
            resourceGroupId,
          });
    this.viewId = (subscriptionView ?? resourceGroupView)!.id;
    this.resources = {
      subscriptionView,
      resourceGroupView,
      scheduledAction: report && this.defineReport(report, emails, displayName),
    };
  }

  private defineReport(report: CostReport, emails: string[], displayName: string): CostManagementScheduledAction {
    const { firstDay, lastDay, weekday, hour = 6, sender = firstOf(emails) } = report;
    return new CostManagementScheduledAction(this, 'Report', {
      name: nameOf(CostManagementScheduledAction.tfResourceType, this),
      displayName,
      viewId: this.viewId,
      emailSubject: `Cost of ${displayName}`.slice(0, 70),
      emailAddresses: emails,
      emailAddressSender: sender,
      frequency: weekday === undefined ? 'Daily' : 'Weekly',
      daysOfWeek: weekday === undefined ? undefined : [weekday],
      hourOfDay: hour,
      startDate: `${firstDay}T00:00:00Z`,
      endDate: `${lastDay}T00:00:00Z`,
    });
  }
}

function reportProblems({ firstDay, lastDay, hour, sender }: CostReport, emails: string[]): Array<string | false> {
  const days = [dayProblem('firstDay', firstDay), dayProblem('lastDay', lastDay)];
  return [
    ...days,
    days.every((problem) => !problem) &&
      lastDay <= firstDay &&
      `'report.lastDay' must be after 'firstDay', got ${shown(lastDay)} and ${shown(firstDay)}`,
    hour !== undefined &&
      !isWholeBetween(hour, 0, 23) &&
      `'report.hour' must be a whole number from 0 to 23, got ${shown(hour)}`,
    !(emails.length >= 1 && emails.length <= MOST_EMAILS) &&
      `'report.emails' must be 1 to ${MOST_EMAILS} addresses, got ${emails.length}`,
    ...emailProblems('report.emails', emails),
    ...emailProblems('report.sender', sender === undefined ? [] : [sender]),
  ];
}

function dayProblem(prop: string, day: string): string | false {
  if (isComputed(day)) {
    return `'report.${prop}' must be a literal, because it must not follow the clock; got a value that Terraform has yet to compute`;
  }
  return !isDay(day) && `'report.${prop}' must be a day such as 2026-11-02, got ${shown(day)}`;
}
