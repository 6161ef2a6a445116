import { IManagedIdentity } from '../access/managed-identity';
import { Owner } from '../contracts/ownership';
import { Exposure } from './exposure';
import { ClientCertificates, SecureWebAppProps, TlsVersion } from './secure-web-app-props';
import { WebAppRuntime } from './web-app-runtime';

/** Minutes after which an instance that fails its health check gets no more traffic; Azure takes 2 to 10. */
const EVICTION_MINUTES = 5;

/** Tags that Application Insights puts on an app; Terraform would take them away in every plan. */
const HIDDEN_LINKS = ['resource-id', 'instrumentation-key', 'conn-string'].map(
  (suffix) => `tags["hidden-link: /app-insights-${suffix}"]`,
);

/** What a rollout writes down while it moves traffic: which version comes, and which one was there. */
export const ROLLOUT_MARKS = ['candidate', 'previous'].map((version) => `tags["hidden-rollout-${version}"]`);

/** The setting in which a rollout says what runs; it travels with a swap. */
const RELEASE = 'app_settings["RELEASE_VERSION"]';

/** The paths by which an app says how it is. */
export interface HealthPaths {
  readonly health: string;
  readonly ready: string;
  readonly live: string;
}

/**
 * The paths of an app, as given or as they usually are.
 */
export function healthPathsOf(props: SecureWebAppProps): HealthPaths {
  return {
    health: props.healthCheckPath ?? '/health',
    ready: props.readinessPath ?? '/health/ready',
    live: props.livenessPath ?? '/health/live',
  };
}

/**
 * What an app and its slot have in common; slots inherit none of it in Azure.
 */
export function siteOf(props: SecureWebAppProps, identity: IManagedIdentity, exposure: Exposure, subnetId?: string) {
  const { network, runtime } = props;
  const clientCertificates = props.clientCertificates ?? ClientCertificates.OPTIONAL;
  const paths = healthPathsOf(props);
  return {
    httpsOnly: true,
    publicNetworkAccessEnabled: exposure.publicNetworkAccess(),
    clientAffinityEnabled: props.sessionAffinity ?? false,
    clientCertificateEnabled: clientCertificates !== ClientCertificates.OFF,
    clientCertificateMode: clientCertificates === ClientCertificates.OFF ? undefined : clientCertificates,
    ftpPublishBasicAuthenticationEnabled: false,
    webdeployPublishBasicAuthenticationEnabled: false,
    virtualNetworkSubnetId: subnetId,
    vnetImagePullEnabled: network && runtime._isContainer ? true : undefined,
    identity: { type: 'UserAssigned', identityIds: [identity.identityId] },
    keyVaultReferenceIdentityId: identity.identityId,
    logs: {
      detailedErrorMessages: true,
      failedRequestTracing: true,
      applicationLogs: { fileSystemLevel: 'Warning' },
      httpLogs: { fileSystem: { retentionInDays: props.logDays ?? 7, retentionInMb: 35 } },
    },
    authSettingsV2: props.authentication?._toAuthSettings(Object.values(paths), exposure.forwardProxy()),
    siteConfig: {
      ...restrictionsOf(exposure),
      ...tlsOf(props.minimumTls ?? TlsVersion.TLS_1_2),
      ...registryOf(runtime, identity),
      alwaysOn: true,
      ftpsState: 'Disabled',
      http2Enabled: true,
      remoteDebuggingEnabled: false,
      use32BitWorker: false,
      websocketsEnabled: props.webSockets ?? false,
      loadBalancingMode: 'LeastRequests',
      vnetRouteAllEnabled: network ? true : undefined,
      healthCheckPath: paths.health,
      healthCheckEvictionTimeInMin: EVICTION_MINUTES,
      appCommandLine: props.startupCommand,
      applicationStack: runtime._applicationStack,
      autoHealSetting: autoHeal(props.slowRequestSeconds ?? 60),
      cors:
        (props.corsOrigins ?? []).length > 0
          ? { allowedOrigins: props.corsOrigins, supportCredentials: props.corsCredentials ?? false }
          : undefined,
    },
  };
}

/**
 * Settings that every app has, before the user's own.
 */
export function platformSettings(
  props: SecureWebAppProps,
  identity: IManagedIdentity,
  service: { readonly name: string; readonly namespace: string; readonly environment: string },
): { [name: string]: string } {
  const container = props.runtime._isContainer;
  return {
    // Azure's SDKs find the identity by it: an app may have several
    AZURE_CLIENT_ID: identity.clientId,
    OTEL_SERVICE_NAME: service.name,
    OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${service.namespace},deployment.environment.name=${service.environment}`,
    // a release that does not answer 200 here is not swapped in
    WEBSITE_SWAP_WARMUP_PING_PATH: healthPathsOf(props).ready,
    WEBSITE_SWAP_WARMUP_PING_STATUSES: '200',
    WEBSITES_CONTAINER_START_TIME_LIMIT: String(props.startTimeoutSeconds ?? 230),
    ...(container && { WEBSITES_ENABLE_APP_SERVICE_STORAGE: 'false' }),
    ...(container && props.port !== undefined && { WEBSITES_PORT: String(props.port) }),
    ...props.authentication?._settings(identity.clientId),
  };
}

/**
 * What Terraform leaves as it finds it, on the app and on its slot alike.
 */
export function ignoredChanges(props: SecureWebAppProps): string[] {
  return [
    ...HIDDEN_LINKS,
    ...ROLLOUT_MARKS,
    ...(props.imageManagedBy === Owner.PIPELINE ? ['site_config[0].application_stack[0].docker_image_name'] : []),
    props.settingsManagedBy === Owner.PIPELINE ? 'app_settings' : RELEASE,
    ...(props.ignoreChanges ?? []),
  ];
}

function restrictionsOf(exposure: Exposure) {
  return {
    ipRestriction: exposure.restrictions(),
    ipRestrictionDefaultAction: exposure.defaultAction(),
    scmIpRestrictionDefaultAction: 'Deny',
    scmUseMainIpRestriction: false,
  };
}

function tlsOf(version: TlsVersion) {
  return { minimumTlsVersion: version, scmMinimumTlsVersion: version };
}

function registryOf(runtime: WebAppRuntime, identity: IManagedIdentity) {
  return runtime._pullsByIdentity
    ? { containerRegistryUseManagedIdentity: true, containerRegistryManagedIdentityClientId: identity.clientId }
    : {};
}

/** Restarts an instance that fails or hangs, but not one that has just been started. */
function autoHeal(slowRequestSeconds: number) {
  return {
    action: { actionType: 'Recycle', minimumProcessExecutionTime: '00:10:00' },
    trigger: {
      slowRequest: { count: 20, interval: '00:05:00', timeTaken: duration(slowRequestSeconds) },
      statusCode: [{ statusCodeRange: '500-599', count: 50, interval: '00:05:00' }],
    },
  };
}

function duration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `00:${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
