import { IManagedIdentity } from '../access/managed-identity';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { Owner, SharedOwnershipProps } from '../contracts/ownership';
import { ITelemetrySink } from '../contracts/telemetry';
import { ScalingProps } from './scaling-props';
import { WebAppAuthentication } from './web-app-authentication';
import { IWebAppPlan } from './web-app-plan';
import { WebAppRuntime } from './web-app-runtime';

/**
 * Oldest TLS that the app answers to.
 */
export enum TlsVersion {
  /** TLS 1.2. */
  TLS_1_2 = '1.2',
  /** TLS 1.3. */
  TLS_1_3 = '1.3',
}

/**
 * Whether callers show a certificate of their own.
 */
export enum ClientCertificates {
  /** They are not asked. */
  OFF = 'off',
  /** They may; the app finds it in the header `X-ARR-ClientCert` and decides. */
  OPTIONAL = 'Optional',
  /** They must; browsers, health probes and Front Door cannot. */
  REQUIRED = 'Required',
}

/**
 * Properties for `SecureWebApp`.
 */
export interface SecureWebAppProps extends ScalingProps, MonitoredProps, SharedOwnershipProps {
  /** What the app runs on. */
  readonly runtime: WebAppRuntime;

  /**
   * Network that the app is reached from, through private endpoints, and that its outbound traffic goes through.
   *
   * @default - outbound traffic goes out directly; callers come by `publiclyReachable` or through an edge
   */
  readonly network?: IPrivateNetwork;

  /**
   * Opens the app to the whole internet, without an edge in front of it.
   *
   * @default false
   */
  readonly publiclyReachable?: boolean;

  /**
   * Name in Azure: 2 to 40 letters, digits or hyphens, unique in all of Azure; a literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly webAppName?: string;

  /**
   * Machines to run on; the scaling props belong to it then. Decide at the start: Azure keeps a plan while apps or slots are on it, so
   * that an app which leaves its own needs that plan for one more apply, and its slot made anew.
   *
   * @default - a plan of its own
   */
  readonly plan?: IWebAppPlan;

  /**
   * Requests per minute that one machine of the app's own plan is meant to serve; above, one more is started.
   *
   * @default - processor, memory and the queue of waiting requests decide
   */
  readonly requestsPerInstance?: number;

  /**
   * Identity the app runs under.
   *
   * @default - one of its own, shared with the staging slot, so that a swap changes no right
   */
  readonly identity?: IManagedIdentity;

  /**
   * Whether there is a slot `staging`, which a release goes to before it takes the traffic.
   *
   * @default - where the size of the plan has slots: all but B1 to B3, so not in dev and test
   */
  readonly stagingSlot?: boolean;

  /**
   * Settings the app sees as environment variables; they win over those that this construct sets by itself.
   *
   * @default - none of your own; add them later with `addSetting()`, `addConnection()` and `addSecret()`
   */
  readonly settings?: { [name: string]: string };

  /**
   * Values that the staging slot has instead; those settings stay where they are when slots are swapped.
   *
   * Each must be a setting of the app as well.
   *
   * @default - both have the same values
   */
  readonly stagingSettings?: { [name: string]: string };

  /**
   * Who decides which image runs after the first deployment.
   *
   * @default Owner.TERRAFORM
   */
  readonly imageManagedBy?: Owner;

  /**
   * Who decides about settings after the first deployment; a pipeline that replaces all of them must keep those whose names
   * start with `DOCKER_`, `WEBSITE_` and `WEBSITES_`.
   *
   * @default Owner.TERRAFORM
   */
  readonly settingsManagedBy?: Owner;

  /**
   * Path that answers 200 while an instance is healthy; one that does not for 5 minutes gets no more traffic.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * Path that answers 200 once a release can take traffic; slots are not swapped before.
   *
   * @default '/health/ready'
   */
  readonly readinessPath?: string;

  /**
   * Path that answers 200 as long as the process runs, whatever else is away.
   *
   * @default '/health/live'
   */
  readonly livenessPath?: string;

  /**
   * Seconds that an instance may take to start, 30 to 1800.
   *
   * @default 230
   */
  readonly startTimeoutSeconds?: number;

  /**
   * Seconds after which a request counts as slow, 1 to 230, where App Service gives up; 20 of them in 5 minutes restart the
   * instance.
   *
   * @default 60
   */
  readonly slowRequestSeconds?: number;

  /**
   * Port that a container listens on, 1 to 65535.
   *
   * @default - App Service finds out, from `EXPOSE` or by trying 80 and 8080
   */
  readonly port?: number;

  /**
   * Command that starts the app.
   *
   * @default - that of the image or of the runtime
   */
  readonly startupCommand?: string;

  /**
   * Origins whose pages may call the app from a browser, e.g. `https://www.example.com`.
   *
   * @default - none
   */
  readonly corsOrigins?: string[];

  /**
   * Whether those pages may send cookies and credentials.
   *
   * @default false
   */
  readonly corsCredentials?: boolean;

  /**
   * Whether a client stays with the instance that served it first; the app then holds state that a swap loses.
   *
   * @default false
   */
  readonly sessionAffinity?: boolean;

  /**
   * Whether the app takes web sockets.
   *
   * @default false
   */
  readonly webSockets?: boolean;

  /**
   * Oldest TLS that the app and its deployment site answer to.
   *
   * @default TlsVersion.TLS_1_2
   */
  readonly minimumTls?: TlsVersion;

  /**
   * Whether callers show a certificate of their own.
   *
   * @default ClientCertificates.OPTIONAL
   */
  readonly clientCertificates?: ClientCertificates;

  /**
   * Whom App Service lets through to the app.
   *
   * @default - everybody who can reach it; the app decides
   */
  readonly authentication?: WebAppAuthentication;

  /**
   * Where the app sends its traces, metrics and logs.
   *
   * @default - nowhere
   */
  readonly telemetry?: ITelemetrySink;

  /**
   * Days that logs stay on the machines, 1 to 90; an observability construct keeps them longer.
   *
   * @default 7
   */
  readonly logDays?: number;
}
