import { Geography } from './geography';

/** A region of Azure's public cloud. */
export interface Region {
  /** Name as Terraform spells it. */
  readonly name: string;
  /** Where it lies. */
  readonly geography: Geography;
  /** Region that Azure copies geo-redundant data to; newer regions have none. */
  readonly pair?: string;
  /** Whether it has availability zones. */
  readonly zones: boolean;
}

const G = Geography;
const EU = [G.AUSTRIA, G.BELGIUM, G.DENMARK, G.EUROPE, G.FRANCE, G.GERMANY, G.ITALY, G.POLAND, G.SPAIN, G.SWEDEN];

/** Geography, region, whether it has zones, pair. Source: learn.microsoft.com/azure/reliability/regions-list, 2026. */
const ROWS: Array<[Geography, string, boolean, string?]> = [
  [G.ASIA_PACIFIC, 'eastasia', true, 'southeastasia'],
  [G.ASIA_PACIFIC, 'southeastasia', true, 'eastasia'],
  [G.AUSTRALIA, 'australiacentral', false, 'australiacentral2'],
  [G.AUSTRALIA, 'australiacentral2', false, 'australiacentral'],
  [G.AUSTRALIA, 'australiaeast', true, 'australiasoutheast'],
  [G.AUSTRALIA, 'australiasoutheast', false, 'australiaeast'],
  [G.AUSTRIA, 'austriaeast', true],
  [G.BELGIUM, 'belgiumcentral', true],
  [G.BRAZIL, 'brazilsouth', true, 'southcentralus'],
  [G.BRAZIL, 'brazilsoutheast', false, 'brazilsouth'],
  [G.CANADA, 'canadacentral', true, 'canadaeast'],
  [G.CANADA, 'canadaeast', false, 'canadacentral'],
  [G.CHILE, 'chilecentral', true],
  [G.DENMARK, 'denmarkeast', true],
  [G.EUROPE, 'northeurope', true, 'westeurope'],
  [G.EUROPE, 'westeurope', true, 'northeurope'],
  [G.FRANCE, 'francecentral', true, 'francesouth'],
  [G.FRANCE, 'francesouth', false, 'francecentral'],
  [G.GERMANY, 'germanynorth', false, 'germanywestcentral'],
  [G.GERMANY, 'germanywestcentral', true, 'germanynorth'],
  [G.INDIA, 'centralindia', true, 'southindia'],
  [G.INDIA, 'indiasouthcentral', true, 'centralindia'],
  [G.INDIA, 'jioindiacentral', false, 'jioindiawest'],
  [G.INDIA, 'jioindiawest', false, 'jioindiacentral'],
  [G.INDIA, 'southindia', false, 'centralindia'],
  [G.INDIA, 'westindia', false, 'southindia'],
  [G.INDONESIA, 'indonesiacentral', true],
  [G.ISRAEL, 'israelcentral', true],
  [G.ITALY, 'italynorth', true],
  [G.JAPAN, 'japaneast', true, 'japanwest'],
  [G.JAPAN, 'japanwest', true, 'japaneast'],
  [G.KOREA, 'koreacentral', true, 'koreasouth'],
  [G.KOREA, 'koreasouth', false, 'koreacentral'],
  [G.MALAYSIA, 'malaysiawest', true],
  [G.MEXICO, 'mexicocentral', true],
  [G.NEW_ZEALAND, 'newzealandnorth', true],
  [G.NORWAY, 'norwayeast', true, 'norwaywest'],
  [G.NORWAY, 'norwaywest', false, 'norwayeast'],
  [G.POLAND, 'polandcentral', true],
  [G.QATAR, 'qatarcentral', true],
  [G.SOUTH_AFRICA, 'southafricanorth', true, 'southafricawest'],
  [G.SOUTH_AFRICA, 'southafricawest', false, 'southafricanorth'],
  [G.SPAIN, 'spaincentral', true],
  [G.SWEDEN, 'swedencentral', true, 'swedensouth'],
  [G.SWEDEN, 'swedensouth', false, 'swedencentral'],
  [G.SWITZERLAND, 'switzerlandnorth', true, 'switzerlandwest'],
  [G.SWITZERLAND, 'switzerlandwest', false, 'switzerlandnorth'],
  [G.UAE, 'uaecentral', false, 'uaenorth'],
  [G.UAE, 'uaenorth', true, 'uaecentral'],
  [G.UNITED_KINGDOM, 'uksouth', true, 'ukwest'],
  [G.UNITED_KINGDOM, 'ukwest', false, 'uksouth'],
  [G.UNITED_STATES, 'centralus', true, 'eastus2'],
  [G.UNITED_STATES, 'eastus', true, 'westus'],
  [G.UNITED_STATES, 'eastus2', true, 'centralus'],
  [G.UNITED_STATES, 'northcentralus', false, 'southcentralus'],
  [G.UNITED_STATES, 'southcentralus', true, 'northcentralus'],
  [G.UNITED_STATES, 'westcentralus', false, 'westus2'],
  [G.UNITED_STATES, 'westus', false, 'eastus'],
  [G.UNITED_STATES, 'westus2', true, 'westcentralus'],
  [G.UNITED_STATES, 'westus3', true, 'eastus'],
];

const REGIONS = new Map<string, Region>(
  ROWS.map(([geography, name, zones, pair]) => [name, { name, geography, zones, pair }]),
);

/**
 * The region with a name, however it is written: `westeurope`, `West Europe`.
 */
export function regionNamed(name: string): Region | undefined {
  return REGIONS.get(canonicalLocation(name));
}

/**
 * A location as Terraform spells it: `West Europe` becomes `westeurope`.
 */
export function canonicalLocation(name: string): string {
  return name.replace(/ /g, '').toLowerCase();
}

/**
 * Names of all regions inside a geography, sorted.
 */
export function regionsIn(geography: Geography): string[] {
  const inside = geography === G.EUROPEAN_UNION ? EU : [geography];
  return ROWS.filter(([of]) => inside.includes(of))
    .map(([, name]) => name)
    .sort();
}

/**
 * Names of regions that look like a misspelt one, best first; for the remedy in an error.
 */
export function regionsLike(name: string): string[] {
  const wanted = pairsOf(canonicalLocation(name));
  return [...REGIONS.keys()]
    .map((candidate) => ({ candidate, score: likeness(pairsOf(candidate), wanted) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Every two neighbouring letters: a typing error changes few of them, and so do words in another order. */
function pairsOf(name: string): string[] {
  return [...name].slice(1).map((letter, before) => name[before] + letter);
}

/** 0 for nothing in common, 1 for the same pairs (Dice's coefficient). */
function likeness(a: string[], b: string[]): number {
  const shared = a.filter((pair) => b.includes(pair)).length;
  return (2 * shared) / (a.length + b.length);
}
