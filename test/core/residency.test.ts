import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, Geography, WorkloadProps } from '../../src';
import { canonicalLocation, regionNamed, regionsIn } from '../../src/core/locations';
import { allowedPairOf, residencyProblem } from '../../src/core/residency';
import { Rendered, workloadIn, workloadOn } from '../support';

const GEOGRAPHIES = Object.values(Geography);
const PUBLISHED = GEOGRAPHIES.filter((geography) => geography !== Geography.EUROPEAN_UNION);
const REGIONS = PUBLISHED.flatMap(regionsIn);

describe('the table of regions', () => {
  test.each(GEOGRAPHIES)('%s has regions, sorted', (geography) => {
    const regions = regionsIn(geography);
    expect(regions).toEqual([...regions].sort());
    expect(regions.length).toBeGreaterThan(0);
  });

  test('names are canonical, and each stands once', () => {
    expect(REGIONS.filter((name) => canonicalLocation(name) !== name)).toEqual([]);
    expect(new Set(REGIONS).size).toBe(REGIONS.length);
  });

  test('pairs are regions of the table, and not the region itself', () => {
    const strange = REGIONS.filter((name) => {
      const pair = regionNamed(name)?.pair;
      return pair !== undefined && (pair === name || regionNamed(pair) === undefined);
    });
    expect(strange).toEqual([]);
  });

  test('pairs answer each other, except for those that Azure publishes as one-way', () => {
    const oneWay = REGIONS.filter((name) => {
      const pair = regionNamed(name)?.pair;
      return pair !== undefined && regionNamed(pair)?.pair !== name;
    });
    expect(oneWay).toEqual(['brazilsouth', 'brazilsoutheast', 'indiasouthcentral', 'westindia', 'westus3']);
  });

  test('only Brazil is paired across the border of its geography', () => {
    const abroad = REGIONS.filter((name) => {
      const { geography, pair } = regionNamed(name)!;
      return pair !== undefined && regionNamed(pair)?.geography !== geography;
    });
    expect(abroad).toEqual(['brazilsouth']);
  });

  test('the European Union is its member states', () => {
    expect(regionsIn(Geography.EUROPEAN_UNION)).toEqual([
      'austriaeast',
      'belgiumcentral',
      'denmarkeast',
      'francecentral',
      'francesouth',
      'germanynorth',
      'germanywestcentral',
      'italynorth',
      'northeurope',
      'polandcentral',
      'spaincentral',
      'swedencentral',
      'swedensouth',
      'westeurope',
    ]);
  });
});

describe('allowed regions', () => {
  const allowed = (props: Partial<WorkloadProps>) => workloadIn(Environment.DEV, props).allowedLocations;

  test('are the geography of the workload', () => {
    expect(allowed({})).toEqual(['northeurope', 'westeurope']);
    expect(allowed({ location: 'Sweden Central' })).toEqual(['swedencentral', 'swedensouth']);
  });

  test('are those that are named, and no others', () => {
    expect(allowed({ allowedLocations: ['West Europe', 'swedencentral', 'westeurope'] })).toEqual([
      'swedencentral',
      'westeurope',
    ]);
  });

  test('are those of a geography and those that are named beside it', () => {
    expect(allowed({ geography: Geography.GERMANY, allowedLocations: ['westeurope'] })).toEqual([
      'germanynorth',
      'germanywestcentral',
      'westeurope',
    ]);
    expect(allowed({ geography: Geography.EUROPEAN_UNION })).toContain('austriaeast');
    expect(allowed({ geography: Geography.EUROPEAN_UNION })).not.toContain('uksouth');
    expect(allowed({ geography: Geography.EUROPEAN_UNION })).not.toContain('australiaeast');
  });
});

describe('the pair', () => {
  test.each`
    location           | props                                                                        | pair
    ${'westeurope'}    | ${{}}                                                                        | ${'northeurope'}
    ${'westeurope'}    | ${{ allowedLocations: ['westeurope'] }}                                      | ${undefined}
    ${'brazilsouth'}   | ${{}}                                                                        | ${undefined}
    ${'polandcentral'} | ${{}}                                                                        | ${undefined}
    ${'swedencentral'} | ${{ geography: Geography.EUROPEAN_UNION }}                                   | ${'swedensouth'}
    ${'brazilsouth'}   | ${{ geography: Geography.UNITED_STATES, allowedLocations: ['brazilsouth'] }} | ${'southcentralus'}
  `('of $location is $pair', ({ location, props, pair }) => {
    const workload = workloadIn(Environment.PROD, { location, ...props });
    expect(allowedPairOf(new Construct(workload, 'Data'))).toBe(pair);
  });
});

describe('synthesis', () => {
  const withGroupIn = (location: string, props: Partial<WorkloadProps> = {}) => {
    const workload = workloadIn(Environment.DEV, props);
    return { workload, group: new ResourceGroup(new Construct(workload, 'Part'), 'Raw', { name: 'raw', location }) };
  };

  test.each(['westeurope', 'North Europe', 'global', 'Global'])('accepts a resource in %s', (location) => {
    expect(() => new Rendered(withGroupIn(location).workload)).not.toThrow();
  });

  test('accepts a location that Terraform has yet to compute', () => {
    const { workload, group } = withGroupIn('westeurope');
    group.location = new TerraformVariable(workload, 'Where', { type: 'string' }).stringValue;

    expect(() => new Rendered(workload)).not.toThrow();
  });

  const STRAY = `stack/Billing/Part/Raw: 'location' must stay in northeurope, westeurope, got "eastus"; allow more with 'allowedLocations' or 'geography' on the workload`;

  test('refuses a resource elsewhere, whoever defined it', () => {
    expect(() => new Rendered(withGroupIn('East US').workload)).toThrow(STRAY);
  });

  test('refuses an override to elsewhere', () => {
    const { workload, group } = withGroupIn('westeurope');
    group.addOverride('location', 'eastus');

    expect(() => new Rendered(workload)).toThrow(STRAY);
  });

  test('refuses what is no region', () => {
    expect(() => new Rendered(withGroupIn('westeurop').workload)).toThrow(
      `stack/Billing/Part/Raw: 'location' must be a region of Azure, got "westeurop"; did you mean westeurope?`,
    );
  });

  test('a workload inside of another has regions of its own', () => {
    const { workload } = withGroupIn('westeurope');
    const inner = workloadOn(workload, 'Inner', { location: 'eastus' });
    expect(() => new Rendered(workload)).not.toThrow();

    new ResourceGroup(inner, 'Raw', { name: 'raw', location: 'westeurope' });
    expect(() => new Rendered(workload)).toThrow("stack/Billing/Inner/Raw: 'location' must stay in centralus,");
  });
});

describe('fails', () => {
  const made = (props: Partial<WorkloadProps>) => () => workloadIn(Environment.DEV, props);

  test('when the workload itself lies outside', () => {
    expect(made({ allowedLocations: ['swedencentral'] })).toThrow(
      new Error(
        `stack/Billing: 'location' must stay in swedencentral, got "westeurope"; allow more with 'allowedLocations' or 'geography' on the workload`,
      ),
    );
    expect(made({ geography: Geography.SWEDEN })).toThrow("'location' must stay in swedencentral, swedensouth");
  });

  test('when no region is allowed at all', () => {
    expect(made({ allowedLocations: [] })).toThrow(
      new Error(
        "stack/Billing: 'allowedLocations' must name at least one region; leave it out for the geography of 'location'",
      ),
    );
    expect(made({ allowedLocations: [], geography: Geography.EUROPE })).not.toThrow();
  });

  test('says what would lie outside', () => {
    const workload = workloadIn(Environment.DEV);

    expect(residencyProblem(workload, 'the replica', 'West Europe')).toBe(false);
    expect(residencyProblem(workload, 'the replica', 'uksouth')).toBe(
      `the replica must stay in northeurope, westeurope, got "uksouth"; allow more with 'allowedLocations' or 'geography' on the workload`,
    );
  });
});
