import * as fc from 'fast-check';
import {
  ClientCertificates,
  Owner,
  PlanSku,
  SecureWebApp,
  TelemetrySink,
  TlsVersion,
  WebAppPlan,
  Workload,
} from '../../src';
import { anyText, flag, formed, list, literal, literalFormed, oneOf, Prop, record, whole } from './kit/choices';
import { DIGITS, ignoreChanges, LOWER, word } from './kit/forms';
import { grounded, NETWORK, some } from './kit/ground';
import { describeProperties } from './kit/lane';
import { authentication, GROUP, runtime, telemetry } from './kit/runtimes';
import { BASIC, scaling, scalingProblems, tamed, USUAL } from './kit/scaling';
import { Blocks, only, Subject, unwatched } from './kit/subject';

const plan: Subject<Workload> = {
  name: 'WebAppPlan',
  props: { ...scaling, unmonitored: flag(), ignoreChanges: ignoreChanges() },
  ground: (place) => place.workload(),
  define: (workload, props) => new WebAppPlan(workload, 'Subject', props),
  path: (id) => `${id}/Subject`,
  tame: tamed,
  combined: scalingProblems,
  emits: {
    sku: (blocks) => only(blocks, 'azurerm_service_plan').sku_name,
    minInstances: (blocks) => only(blocks, 'azurerm_service_plan').worker_count,
    zoneRedundant: (blocks) => only(blocks, 'azurerm_service_plan').zone_balancing_enabled ?? false,
    unmonitored: unwatched,
  },
  absent: { unmonitored: () => false },
};

const route = () =>
  formed(/^\/[\w\-.~%/]*$/, fc.constantFrom('/', '/health', '/api/v1/ready'), 'health', '/health?x=1', '/a b');

/** Names of settings that apps can read; a token in a name would be part of an address. */
const settingName = word(LOWER.toUpperCase(), `${LOWER.toUpperCase()}${DIGITS}_`, 2, 12).filter(
  (name) => !/^(DOCKER|WEBSITE)/.test(name),
);
const settings = (): Prop => {
  const value = { good: anyText().good, bad: oneOf('AccountKey=abc', 'Password=x', 'https://x?sig=abc').good };
  return record(settingName, value, ['WITH-HYPHEN', 'WEBSITE_VNET_ROUTE_ALL', 'a b', '']);
};

const sinkIn = (workload: Workload) =>
  TelemetrySink.fromApplicationInsights(workload, 'Sink', {
    applicationInsightsId: `${GROUP}/Microsoft.Insights/components/appi`,
    connectionString: 'IngestionEndpoint=https://example.com',
  });

const nobody = fc.constant(literal(undefined));

const app: Subject<Workload> = {
  name: 'SecureWebApp',
  required: ['runtime', 'network'],
  props: {
    runtime,
    network: { good: fc.oneof({ weight: 3, arbitrary: some(NETWORK).good }, { weight: 1, arbitrary: nobody }) },
    publiclyReachable: flag(),
    webAppName: literalFormed(
      /^(?=.{2,40}$)[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$/,
      word(LOWER, LOWER + DIGITS, 2, 40),
      'a',
      'a-',
      'x'.repeat(41),
    ),
    requestsPerInstance: whole(2, 1_000_000),
    stagingSlot: flag(),
    settings: settings(),
    imageManagedBy: oneOf(Owner.TERRAFORM, Owner.PIPELINE),
    settingsManagedBy: oneOf(Owner.TERRAFORM, Owner.PIPELINE),
    healthCheckPath: route(),
    readinessPath: route(),
    livenessPath: route(),
    startTimeoutSeconds: whole(30, 1800),
    slowRequestSeconds: whole(1, 230, { literals: true }),
    port: whole(1, 65535),
    startupCommand: anyText(),
    corsOrigins: list(
      formed(
        /^$(?!)/,
        fc.constantFrom('https://www.example.com', 'https://a.example.com:8443'),
        '*',
        'https://x/',
        'http://x',
      ),
    ),
    corsCredentials: flag(),
    sessionAffinity: flag(),
    webSockets: flag(),
    minimumTls: oneOf(...Object.values(TlsVersion)),
    clientCertificates: oneOf(...Object.values(ClientCertificates)),
    authentication,
    telemetry,
    logDays: whole(1, 90),
    sku: scaling.sku,
    minInstances: scaling.minInstances,
    maxInstances: scaling.maxInstances,
    zoneRedundant: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  ground: (place) => place.workload(),
  define: (workload, { telemetry: wanted, ...props }) => {
    const sink = wanted && workload.organization ? { telemetry: sinkIn(workload) } : {};
    new SecureWebApp(workload, 'Subject', { ...(grounded(workload, props) as any), ...sink });
  },
  path: (id) => `${id}/Subject`,
  tame: (given) => [
    ...tamed(given),
    ...(String(given.runtime.value).startsWith('container') ? [] : ['port', 'imageManagedBy']),
    ...(given.corsOrigins ? [] : ['corsCredentials']),
    ...(given.network || given.publiclyReachable?.value ? [] : ['unmonitored']),
    ...(given.sku && !BASIC.includes(given.sku.value as PlanSku) ? [] : ['stagingSlot']),
  ],
  combined: (values, home, given) => {
    const container = String(values.runtime).startsWith('container');
    const sku: PlanSku = values.sku ?? USUAL[home.environment.profile.tier];
    const roles = /^container.*true$/.test(String(values.runtime));
    return [
      ...scalingProblems(values, home, given),
      ...(!container && values.port !== undefined ? ['port'] : []),
      ...(!container && values.imageManagedBy === Owner.PIPELINE ? ['imageManagedBy'] : []),
      ...(values.corsCredentials && !(values.corsOrigins?.length > 0) ? ['corsCredentials'] : []),
      ...(values.stagingSlot && BASIC.includes(sku) ? ['stagingSlot'] : []),
      ...(home.organization === undefined && (values.webAppName === undefined || roles) ? ['organization'] : []),
    ];
  },
  overlooked: ({ network, publiclyReachable }) =>
    network === undefined && !publiclyReachable ? ['network', 'publiclyReachable'] : [],
  emits: {
    publiclyReachable: (blocks) => site(blocks).public_network_access_enabled,
    webAppName: (blocks) => site(blocks).name,
    stagingSlot: (blocks) => blocks.azurerm_linux_web_app_slot !== undefined,
    healthCheckPath: (blocks) => site(blocks).site_config.health_check_path,
    corsCredentials: (blocks) => site(blocks).site_config.cors?.support_credentials ?? false,
    sessionAffinity: (blocks) => site(blocks).client_affinity_enabled,
    webSockets: (blocks) => site(blocks).site_config.websockets_enabled,
    minimumTls: (blocks) => site(blocks).site_config.minimum_tls_version,
    startupCommand: (blocks) => site(blocks).site_config.app_command_line,
    logDays: (blocks) => site(blocks).logs.http_logs.file_system.retention_in_days,
    minInstances: (blocks) => only(blocks, 'azurerm_service_plan').worker_count,
    sku: (blocks) => only(blocks, 'azurerm_service_plan').sku_name,
    unmonitored: unwatched,
  },
  absent: {
    publiclyReachable: () => false,
    healthCheckPath: () => '/health',
    sessionAffinity: () => false,
    webSockets: () => false,
    minimumTls: () => '1.2',
    logDays: () => 7,
    unmonitored: () => false,
  },
};

const site = (blocks: Blocks) => only(blocks, 'azurerm_linux_web_app');

describeProperties(plan, app);
