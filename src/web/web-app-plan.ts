import { MonitorAutoscaleSetting } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan';
import { Construct } from 'constructs';
import { IMonitored, MonitoredProps, MonitoringTarget } from '../contracts/monitoring';
import { SharedOwnershipProps } from '../contracts/ownership';
import { aText, checkImport, checkKinds, oneOf } from '../core/kinds';
import { nameOf } from '../core/naming';
import { ignoreProblems, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { ScalePlan, scaleProfiles } from './autoscale';
import { abilitiesOf } from './plan-abilities';
import { PlanSku } from './plan-sku';
import { scalingOf, scalingProblems } from './scaling';
import { ScalingProps } from './scaling-props';
import { autoscaleOversights } from './web-app-rules';
import { planSignals } from './web-app-signals';
import { PLAN_KINDS } from './web-kinds';

/**
 * The machines that web apps run on.
 */
export interface IWebAppPlan extends IMonitored {
  /** Azure resource id of the plan. */
  readonly planId: string;
  /** Size of each machine. */
  readonly sku: PlanSku;
}

/**
 * How an existing plan is found.
 */
export interface WebAppPlanAttributes {
  /** Azure resource id of the plan. */
  readonly planId: string;
  /** Size of each machine; tells whether apps can have slots. */
  readonly sku: PlanSku;
}

/**
 * Properties for `WebAppPlan`.
 */
export interface WebAppPlanProps extends ScalingProps, MonitoredProps, SharedOwnershipProps {}

/**
 * The Terraform resources behind a `WebAppPlan`.
 */
export interface WebAppPlanResources {
  /** The plan itself. */
  readonly servicePlan: ServicePlan;
  /** The rules that change the number of machines, where minimum and maximum differ. */
  readonly autoscaleSetting?: MonitorAutoscaleSetting;
}

abstract class WebAppPlanBase extends Construct implements IWebAppPlan {
  public abstract readonly planId: string;
  public abstract readonly sku: PlanSku;

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.planId,
      metricNamespace: 'Microsoft.Web/serverfarms',
      logSources: {},
      signals: planSignals(),
    };
  }
}

/**
 * A Linux App Service plan that scales by itself within limits, spread over zones where the environment asks for it.
 *
 * Every `SecureWebApp` makes one of its own; several apps share one that they are given.
 */
export class WebAppPlan extends WebAppPlanBase {
  /** Refers to a plan that is defined elsewhere. */
  public static fromAttributes(scope: Construct, id: string, attributes: WebAppPlanAttributes): IWebAppPlan {
    checkImport(scope, id, attributes, { planId: aText, sku: oneOf(PlanSku) });
    class Import extends WebAppPlanBase {
      public readonly planId = attributes.planId;
      public readonly sku = attributes.sku;
    }
    return new Import(scope, id);
  }

  public readonly planId: string;
  public readonly sku: PlanSku;

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: WebAppPlanResources;

  private readonly scale: ScalePlan;

  constructor(scope: Construct, id: string, props: WebAppPlanProps = {}) {
    super(scope, id);
    checkKinds(this, props, PLAN_KINDS);

    const workload = Workload.of(this);
    rejectIf(this, ...scalingProblems(this, props), ...ignoreProblems(props));
    const { sku, minInstances, maxInstances, autoscaled, zoneRedundant } = scalingOf(this, props);

    const servicePlan = new ServicePlan(this, 'Resource', {
      name: nameOf(ServicePlan.tfResourceType, this),
      resourceGroupName: workload.resourceGroupName,
      location: workload.location,
      osType: 'Linux',
      skuName: sku,
      workerCount: minInstances,
      zoneBalancingEnabled: abilitiesOf(sku).zones ? zoneRedundant : undefined,
      lifecycle: lifecycleOf(false, ...(autoscaled ? ['worker_count'] : []), ...(props.ignoreChanges ?? [])),
    });
    this.planId = servicePlan.id;
    this.sku = sku;
    this.scale = { planId: this.planId, minInstances, maxInstances, schedules: props.schedules ?? {} };
    const autoscaleSetting = autoscaled ? this.defineAutoscale() : undefined;
    this.resources = { servicePlan, autoscaleSetting };
    this.node.addValidation({ validate: () => (autoscaleSetting ? autoscaleOversights(autoscaleSetting) : []) });
    workload.announce(this, props);
  }

  /** When it scaled, and why, is what a plan has to tell. */
  public override toMonitoringTarget(): MonitoringTarget {
    const { autoscaleSetting } = this.resources;
    return { ...super.toMonitoringTarget(), logSources: autoscaleSetting ? { Autoscale: autoscaleSetting.id } : {} };
  }

  /**
   * Lets the requests of an app decide as well, where there is something to decide.
   *
   * @internal
   */
  public _countRequests(appId: string, perInstance: number): void {
    const requests = { appId, perInstance };
    this.resources.autoscaleSetting?.putProfile(scaleProfiles({ ...this.scale, requests }));
  }

  private defineAutoscale(): MonitorAutoscaleSetting {
    const { resourceGroupName, location } = Workload.of(this);
    return new MonitorAutoscaleSetting(this, 'Autoscale', {
      name: nameOf(MonitorAutoscaleSetting.tfResourceType, this),
      resourceGroupName,
      location,
      targetResourceId: this.planId,
      profile: scaleProfiles(this.scale),
    });
  }
}
