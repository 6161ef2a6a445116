import { IConstruct } from 'constructs';
import { Geography } from '../core/geography';
import { regionNamed, regionsIn } from '../core/locations';
import { Workload } from '../core/workload';

/**
 * Where Communication Services keeps what it stores; geographies, not regions.
 */
export enum EmailDataLocation {
  /** South Africa. */
  AFRICA = 'Africa',
  /** Hong Kong SAR and Singapore. */
  ASIA_PACIFIC = 'Asia Pacific',
  /** Australia. */
  AUSTRALIA = 'Australia',
  /** Brazil. */
  BRAZIL = 'Brazil',
  /** Canada. */
  CANADA = 'Canada',
  /** Ireland and the Netherlands. */
  EUROPE = 'Europe',
  /** France. */
  FRANCE = 'France',
  /** Germany. */
  GERMANY = 'Germany',
  /** India. */
  INDIA = 'India',
  /** Japan. */
  JAPAN = 'Japan',
  /** Korea. */
  KOREA = 'Korea',
  /** Norway. */
  NORWAY = 'Norway',
  /** Switzerland. */
  SWITZERLAND = 'Switzerland',
  /** United Arab Emirates. */
  UAE = 'UAE',
  /** United Kingdom. */
  UNITED_KINGDOM = 'UK',
  /** United States. */
  UNITED_STATES = 'United States',
}

const L = EmailDataLocation;
const G = Geography;

const GEOGRAPHIES: { readonly [location in EmailDataLocation]: Geography } = {
  [L.AFRICA]: G.SOUTH_AFRICA,
  [L.ASIA_PACIFIC]: G.ASIA_PACIFIC,
  [L.AUSTRALIA]: G.AUSTRALIA,
  [L.BRAZIL]: G.BRAZIL,
  [L.CANADA]: G.CANADA,
  [L.EUROPE]: G.EUROPE,
  [L.FRANCE]: G.FRANCE,
  [L.GERMANY]: G.GERMANY,
  [L.INDIA]: G.INDIA,
  [L.JAPAN]: G.JAPAN,
  [L.KOREA]: G.KOREA,
  [L.NORWAY]: G.NORWAY,
  [L.SWITZERLAND]: G.SWITZERLAND,
  [L.UAE]: G.UAE,
  [L.UNITED_KINGDOM]: G.UNITED_KINGDOM,
  [L.UNITED_STATES]: G.UNITED_STATES,
};

/**
 * The data location for a workload: that of its region's geography; for one of the European Union that has none, Europe.
 */
export function dataLocationFor(construct: IConstruct, given?: EmailDataLocation): EmailDataLocation | undefined {
  const { location } = Workload.of(construct);
  const geography = regionNamed(location)?.geography;
  const near = Object.values(EmailDataLocation).find((candidate) => GEOGRAPHIES[candidate] === geography);
  return given ?? near ?? (regionsIn(G.EUROPEAN_UNION).includes(location) ? L.EUROPE : undefined);
}

/**
 * What is wrong with a data location, as a clause for `rejectIf()`: all regions of its geography have to be allowed, because Azure
 * does not say in which of them the data is.
 */
export function dataLocationProblem(construct: IConstruct, dataLocation?: EmailDataLocation): string | false {
  const { allowedLocations, location } = Workload.of(construct);
  if (dataLocation === undefined) {
    return `'dataLocation' must be given, because Communication Services keeps no data in the geography of ${location}; got none`;
  }
  const regions = regionsIn(GEOGRAPHIES[dataLocation]);
  return (
    !regions.every((region) => allowedLocations.includes(region)) &&
    `'dataLocation' must stay in ${allowedLocations.join(', ')}, got ${JSON.stringify(dataLocation)}, which is any of ${regions.join(', ')}; allow more with 'allowedLocations' or 'geography' on the workload`
  );
}
