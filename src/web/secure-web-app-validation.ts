import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { Construct } from 'constructs';
import { organizationProblem } from '../access/organization-problem';
import { Owner } from '../contracts/ownership';
import { nameProblem } from '../core/naming';
import { ignoreProblems } from '../core/protection';
import { isComputed, isWholeBetween, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { Exposure } from './exposure';
import { abilitiesOf, SKU_OF_TIER } from './plan-abilities';
import { scalingProblems } from './scaling';
import type { SecureWebApp } from './secure-web-app';
import { SecureWebAppProps } from './secure-web-app-props';
import { WebAppPlan } from './web-app-plan';
import { siteOversights } from './web-app-rules';
import { corsProblems, pathProblem, settingProblems } from './web-app-settings';

/** Scaling props, which are those of the plan. */
const SCALING = ['sku', 'minInstances', 'maxInstances', 'schedules', 'requestsPerInstance', 'zoneRedundant'] as const;

/**
 * What is wrong with the props of a web app, as clauses for `rejectIf()`.
 *
 * The provider looks at hardly any of this before the middle of an apply: it skips a block that holds a value which is not
 * known yet, and the id of an identity is enough for that.
 */
export function webAppProblems(app: Construct, props: SecureWebAppProps): Array<string | false> {
  const { settings = {}, stagingSettings = {} } = props;
  return [
    nameProblem(LinuxWebApp.tfResourceType, app, 'webAppName', props.webAppName),
    props.webAppName !== undefined && props.runtime._registryId !== undefined && organizationProblem(app),
    ...props.runtime._problems,
    ...(props.authentication?._problems ?? []),
    ...Object.entries(settings).flatMap(([name, value]) => settingProblems('settings', name, value)),
    ...Object.entries(stagingSettings).flatMap(([name, value]) => settingProblems('stagingSettings', name, value)),
    ...corsProblems(props.corsOrigins ?? [], props.corsCredentials ?? false),
    ...(['healthCheckPath', 'readinessPath', 'livenessPath'] as const).map(
      (prop) => props[prop] !== undefined && pathProblem(prop, props[prop]),
    ),
    numberProblem('startTimeoutSeconds', props.startTimeoutSeconds, 30, 1800),
    isComputed(props.slowRequestSeconds)
      ? "'slowRequestSeconds' must be a literal, because it is written as a duration at synthesis; got a value that Terraform has yet to compute"
      : numberProblem('slowRequestSeconds', props.slowRequestSeconds, 1, 230),
    numberProblem('port', props.port, 1, 65535),
    numberProblem('logDays', props.logDays, 1, 90),
    numberProblem('requestsPerInstance', props.requestsPerInstance, 2, 1_000_000),
    ...containerProblems(props),
    networkProblem(app, props),
    ...ignoreProblems(props),
    ...planProblems(app, props),
    ...(props.plan ? [] : scalingProblems(app, props)),
  ];
}

/**
 * What the user did not do in time, or did to the resources, as messages for a validation at synthesis.
 */
export function oversights(app: SecureWebApp, props: SecureWebAppProps, exposure: Exposure): string[] {
  const { webApp, stagingSlot } = app.resources;
  const settings = webApp.appSettingsInput ?? {};
  const missing = Object.keys(props.stagingSettings ?? {}).filter((name) => !(name in settings));
  const reachable = exposure.isPublic || exposure.boundEdge !== undefined || props.network !== undefined;
  const problems = [
    ...missing.map(
      (name) =>
        `'stagingSettings' has ${shown(name)}, which is no setting of the app; give it a value in 'settings' too`,
    ),
    ...(reachable
      ? []
      : [
          "nobody can reach the app: give it a 'network', put an edge in front of it, or set 'publiclyReachable' to true",
        ]),
  ];
  return [
    ...problems.map((problem) => `${app.node.path}: ${problem}`),
    ...siteOversights(webApp, Object.keys(props.stagingSettings ?? {})),
    ...(stagingSlot ? siteOversights(stagingSlot) : []),
  ];
}

function numberProblem(prop: string, value: number | undefined, min: number, max: number): string | false {
  return (
    value !== undefined &&
    !isWholeBetween(value, min, max) &&
    `'${prop}' must be a whole number from ${min} to ${max}, got ${value}`
  );
}

function containerProblems({ runtime, port, imageManagedBy }: SecureWebAppProps): Array<string | false> {
  return [
    !runtime._isContainer &&
      port !== undefined &&
      "'port' must come with a container; built-in runtimes are told theirs in the variable PORT",
    !runtime._isContainer &&
      imageManagedBy === Owner.PIPELINE &&
      "'imageManagedBy' must come with a container; what a built-in runtime runs is never in Terraform",
  ];
}

/** An endpoint may lie anywhere; the way out of an app does not cross regions. */
function networkProblem(app: Construct, { network }: SecureWebAppProps): string | false {
  const { location } = Workload.of(app);
  return (
    network !== undefined &&
    !isComputed(network.location) &&
    network.location !== location &&
    `'network' must lie in ${location} as the app does, which sends its outbound traffic there, got ${network.location}; give it a network of its own region, peered with that one`
  );
}

function planProblems(app: Construct, props: SecureWebAppProps): Array<string | false> {
  const { plan, stagingSlot } = props;
  const sku = plan?.sku ?? props.sku ?? SKU_OF_TIER[Workload.of(app).environment.profile.tier];
  const given = SCALING.filter((prop) => props[prop] !== undefined);
  const [own, planned] = [app, plan instanceof WebAppPlan ? plan : app].map((x) => Workload.of(x).location);
  return [
    own !== planned && `'plan' must lie in ${own} as the app does, got ${planned}; give each region a plan of its own`,
    plan !== undefined &&
      given.length > 0 &&
      `'plan' must come without ${given.map((prop) => `'${prop}'`).join(', ')}: they belong to the plan`,
    stagingSlot === true &&
      abilitiesOf(sku).slots === 0 &&
      `'stagingSlot' must come with a plan of S1 or better, got ${shown(sku)}; give 'sku', or leave the choice to the environment`,
  ];
}
