import { IManagedIdentity } from '../access/managed-identity';
import { Owner } from '../contracts/ownership';
import { aNetwork, aTelemetrySink } from '../core/collaborators';
import {
  aListOf,
  aMapOf,
  anInstanceOf,
  aNumber,
  aBearerOf,
  aStruct,
  aText,
  aTextMap,
  Kinds,
  oneOf,
  someTexts,
} from '../core/kinds';
import { Weekday } from '../core/weekday';
import { ScaleSchedule } from './autoscale-schedule';
import { PlanSku } from './plan-sku';
import { ScalingProps } from './scaling-props';
import { ClientCertificates, SecureWebAppProps, TlsVersion } from './secure-web-app-props';
import { StaticSiteConfig, StaticSiteMethod, StaticSiteRoute } from './static-site-config';
import { StaticSiteHost } from './static-site-host';
import { StaticSiteProps } from './static-site-props';
import { WebAppAuthentication } from './web-app-authentication';
import type { IWebAppPlan, WebAppPlanProps } from './web-app-plan';
import { WebAppRuntime } from './web-app-runtime';

const anIdentity = aBearerOf<IManagedIdentity>('an identity, e.g. a ManagedIdentity', 'identityId', 'clientId');

const aPlan = aBearerOf<IWebAppPlan>('a plan, e.g. a WebAppPlan', 'planId', 'sku');

const SCALING_KINDS: Kinds<ScalingProps> = {
  'sku?': oneOf(PlanSku),
  'schedules?': aMapOf(
    aStruct<ScaleSchedule>({
      days: aListOf(oneOf(Weekday)),
      from: aText,
      to: aText,
      timeZone: aText,
      minInstances: aNumber,
      maxInstances: aNumber,
    }),
  ),
};

/** What a plan takes. */
export const PLAN_KINDS: Kinds<WebAppPlanProps> = { ...SCALING_KINDS, 'ignoreChanges?': someTexts };

/** What a web app takes. */
export const WEB_APP_KINDS: Kinds<SecureWebAppProps> = {
  ...PLAN_KINDS,
  runtime: anInstanceOf(WebAppRuntime, "WebAppRuntime.node('22-lts')"),
  'authentication?': anInstanceOf(WebAppAuthentication, 'WebAppAuthentication.entraApi(…)'),
  'clientCertificates?': oneOf(ClientCertificates),
  'corsOrigins?': someTexts,
  'identity?': anIdentity,
  'imageManagedBy?': oneOf(Owner),
  'minimumTls?': oneOf(TlsVersion),
  'network?': aNetwork,
  'plan?': aPlan,
  'settings?': aTextMap,
  'settingsManagedBy?': oneOf(Owner),
  'stagingSettings?': aTextMap,
  'telemetry?': aTelemetrySink,
};

/** What a static site takes. */
export const SITE_KINDS: Kinds<StaticSiteProps> = {
  'host?': anInstanceOf(StaticSiteHost, 'StaticSiteHost.staticWebApp()'),
  'config?': aStruct<StaticSiteConfig>({
    'allowedIpRanges?': someTexts,
    'errorPages?': aTextMap,
    'fallbackExcludes?': someTexts,
    'headers?': aTextMap,
    'mimeTypes?': aTextMap,
    'publicHosts?': someTexts,
    'routes?': aListOf(
      aStruct<StaticSiteRoute>({
        path: aText,
        'allowedRoles?': someTexts,
        'headers?': aTextMap,
        'methods?': aListOf(oneOf(StaticSiteMethod)),
      }),
    ),
  }),
  'immutablePaths?': someTexts,
  'network?': aNetwork,
  'identity?': anIdentity,
  'ignoreChanges?': someTexts,
};
