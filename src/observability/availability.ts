import {
  ApplicationInsightsStandardWebTest,
  ApplicationInsightsStandardWebTestConfig,
} from '@cdktf/provider-azurerm/lib/application-insights-standard-web-test';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { Construct } from 'constructs';
import { Severity } from '../contracts/monitoring';
import { EXPIRES_SOON } from '../core/expiry';
import { Geography } from '../core/geography';
import { regionNamed } from '../core/locations';
import { nameOf } from '../core/naming';
import { hasForm, isComputed, isWholeBetween, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { AlertTuning } from './alert';
import { AlertPlace, noticeOf, SEVERITY } from './alert-rule';
import { AvailabilityOptions } from './availability-options';
import { inWords } from './in-words';

/** As often as Azure asks, in seconds. */
const EVERY_FIVE_MINUTES = 300;

/** Slow enough for certificates, which end by the day. */
const EVERY_QUARTER_OF_AN_HOUR = 900;

/** Seconds until no answer is a failure. */
const TIMEOUT = 30;

/** Days before the end of a certificate from which on the app counts as down: nobody renewed it. */
const CERTIFICATE_LOST = 14;

/** Places fail by themselves now and then: that many may, as Azure advises. */
const MAY_FAIL = 2;

/** The address that speaks for the whole app; the others say what is wrong with it, and wake nobody up. */
const HEALTH = 'Health';

const EUROPE = ['emea-nl-ams-azr', 'emea-gb-db3-azr', 'emea-fr-pra-edge', 'emea-se-sto-edge', 'emea-ru-msa-edge'];
const AMERICA = ['us-va-ash-azr', 'us-ca-sjc-azr', 'us-il-ch1-azr', 'us-tx-sn1-azr', 'us-fl-mia-edge'];
const ASIA = ['apac-sg-sin-azr', 'apac-hk-hkn-azr', 'apac-jp-kaw-edge', 'emea-au-syd-edge', 'us-ca-sjc-azr'];

const G = Geography;
const IN_AMERICA: readonly string[] = [G.BRAZIL, G.CANADA, G.CHILE, G.MEXICO, G.UNITED_STATES];
const IN_ASIA: readonly string[] = [
  ...[G.ASIA_PACIFIC, G.AUSTRALIA, G.INDIA, G.INDONESIA, G.JAPAN, G.KOREA, G.MALAYSIA, G.NEW_ZEALAND],
];

/** What one address is asked, and what is raised when it does not answer. */
interface Probe {
  readonly key: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly runbook: string;
  readonly geoLocations: readonly string[];
  readonly test: Pick<ApplicationInsightsStandardWebTestConfig, 'frequency' | 'validationRules'>;
  readonly url: string;
}

/** A test, and the alert that it raises unless that is disabled. */
export interface Probed {
  readonly webTest: ApplicationInsightsStandardWebTest;
  readonly alert: MonitorMetricAlert;
}

/** What is wrong with the options, as clauses for `rejectIf()`. */
export function availabilityProblems({
  geoLocations,
  contentMatch,
  certificateDays,
}: AvailabilityOptions): Array<string | false> {
  return [
    ...(geoLocations === undefined ? [] : placeProblems(geoLocations)),
    contentMatch === '' && "'contentMatch' must not be empty; leave it out to take any answer",
    certificateDays !== undefined &&
      !isWholeBetween(certificateDays, CERTIFICATE_LOST + 1, 365) &&
      `'certificateDays' must be a whole number from ${CERTIFICATE_LOST + 1} to 365, got ${shown(certificateDays)}`,
  ];
}

function placeProblems(places: string[]): Array<string | false> {
  if (isComputed(places)) {
    return [`'geoLocations' must be listed one by one, because they are counted; got ${shown(places)}`];
  }
  const { size } = new Set(places);
  return [
    size < 3 &&
      `'geoLocations' must be at least 3 different places, or one that has trouble itself raises an alert; got ${places.length}`,
    places.length > 16 && `'geoLocations' must be 16 at most, got ${places.length}`,
    size < places.length && "'geoLocations' must name each place once",
    ...places.map(
      (place) =>
        !hasForm(place, /^[a-z0-9-]+$/) &&
        `'geoLocations' must be tags of places, e.g. emea-nl-ams-azr, got ${shown(place)}`,
    ),
  ];
}

/** How much it hurts when an address does not answer as it should. */
export function severityOf(key: string, keys: readonly string[]): Severity {
  return key === HEALTH || !keys.includes(HEALTH) ? Severity.P0 : Severity.P2;
}

/** Everything that is to be asked of a construct: each of its addresses, and the certificate of the first one. */
export function probesOf(
  construct: Construct,
  healthUrls: { readonly [key: string]: string },
  options: AvailabilityOptions,
): Probe[] {
  const geoLocations = options.geoLocations ?? placesFor(Workload.of(construct).location);
  const content = options.contentMatch === undefined ? undefined : { contentMatch: options.contentMatch };
  const keys = Object.keys(healthUrls).sort();
  const isSafe = (url: string) => url.startsWith('https://');
  const certified = keys.find((key) => isSafe(healthUrls[key]));
  return [
    ...keys.map((key) => ({
      key: `Availability-${key}`,
      summary: `${key.toLowerCase()} is not answered as it should be`,
      severity: severityOf(key, keys),
      runbook: 'availability',
      geoLocations,
      url: healthUrls[key],
      test: {
        frequency: EVERY_FIVE_MINUTES,
        validationRules: {
          expectedStatusCode: 200,
          ...(isSafe(healthUrls[key]) && { sslCheckEnabled: true, sslCertRemainingLifetime: CERTIFICATE_LOST }),
          content: content && { ...content, passIfTextFound: true },
        },
      },
    })),
    ...(certified === undefined
      ? []
      : [
          {
            key: 'Certificate',
            summary: `certificate ${EXPIRES_SOON}, within ${inWords(options.certificateDays ?? 30)} days`,
            severity: Severity.P2,
            runbook: 'certificate-ends',
            geoLocations,
            url: healthUrls[certified],
            test: {
              frequency: EVERY_QUARTER_OF_AN_HOUR,
              validationRules: {
                // any status: what counts here is the certificate
                expectedStatusCode: 0,
                sslCheckEnabled: true,
                sslCertRemainingLifetime: options.certificateDays ?? 30,
              },
            },
          },
        ]),
  ];
}

/**
 * Asks an address from several places, and raises an alert when too many of them get no good answer.
 */
export function defineProbe(own: Construct, key: string, probe: Probe & AlertTuning, place: AlertPlace): Probed {
  const { resourceGroupName, location } = Workload.of(own);
  const { geoLocations, url, test, severity } = probe;
  const { description, properties } = noticeOf(own, key, probe, place);
  const failedLocationCount = probe.threshold ?? Math.max(geoLocations.length - MAY_FAIL, 1);
  rejectIf(
    own,
    !isWholeBetween(failedLocationCount, 1, geoLocations.length) &&
      `alert ${shown(key)}: 'threshold' must be a whole number from 1 to ${geoLocations.length}, the places that ask; got ${shown(failedLocationCount)}`,
  );
  const webTest = new ApplicationInsightsStandardWebTest(own, 'Resource', {
    name: nameOf(ApplicationInsightsStandardWebTest.tfResourceType, own),
    resourceGroupName,
    location,
    applicationInsightsId: place.applicationInsightsId,
    geoLocations: [...geoLocations],
    enabled: true,
    retryEnabled: true,
    timeout: TIMEOUT,
    description,
    request: { url, followRedirectsEnabled: false, parseDependentRequestsEnabled: false },
    ...test,
  });
  const alert = new MonitorMetricAlert(own, 'Alert', {
    name: nameOf(MonitorMetricAlert.tfResourceType, own),
    resourceGroupName,
    description,
    scopes: [webTest.id, place.applicationInsightsId],
    severity: SEVERITY[severity],
    frequency: 'PT1M',
    windowSize: 'PT5M',
    autoMitigate: true,
    applicationInsightsWebTestLocationAvailabilityCriteria: {
      webTestId: webTest.id,
      componentId: place.applicationInsightsId,
      failedLocationCount,
    },
    action: place.actionGroupIds(severity).map((actionGroupId) => ({ actionGroupId, webhookProperties: properties })),
  });
  return { webTest, alert };
}

/** Places that are near the users, and not near the app alone. */
function placesFor(location: string): readonly string[] {
  const geography = isComputed(location) ? undefined : regionNamed(location)?.geography;
  if (geography !== undefined && IN_AMERICA.includes(geography)) {
    return AMERICA;
  }
  return geography !== undefined && IN_ASIA.includes(geography) ? ASIA : EUROPE;
}
