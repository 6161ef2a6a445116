import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, Geography, Workload, WorkloadProps } from '../../src';
import { stackNamed, workloadIn } from '../support';

describe('fails', () => {
  const made = (props: Partial<WorkloadProps>) => () => workloadIn(Environment.DEV, props);
  const token = () => new TerraformVariable(stackNamed(), 'Any', { type: 'string' }).stringValue;

  test('outside of a workload', () => {
    expect(() => Workload.of(new Construct(stackNamed(), 'Api'))).toThrow(
      new Error("stack/Api: define this construct inside a Workload, e.g. with 'new Workload(stack, …)' as its scope"),
    );
  });

  test('with everything that is wrong at once', () => {
    expect(
      made({
        name: 'Billing App',
        location: 'westeurop',
        organization: ' ',
        owner: '',
        costCenter: 'x'.repeat(257),
        allowedLocations: ['westeurop', 'mars'],
      }),
    ).toThrow(
      new Error(
        `stack/Billing: 'name' must be 2 to 12 lower-case letters or digits and start with a letter, got "Billing App"; 'allowedLocations' must be a region of Azure, got "westeurop"; did you mean westeurope?; 'allowedLocations' must be a region of Azure, got "mars"; 'organization' must not be empty, got " "; 'owner' must have 1 to 256 characters, because it becomes a tag; got ""; 'costCenter' must have 1 to 256 characters, because it becomes a tag; got "${'x'.repeat(257)}"`,
      ),
    );
  });

  test('with what is missing or of another kind, as JavaScript and unset variables of the environment have it', () => {
    const given = {
      name: undefined,
      environment: 'prod',
      location: undefined,
      owner: undefined,
      costCenter: 4711,
      allowedLocations: 'westeurope',
      geography: 'Atlantis',
      tags: { a: 3, b: null },
    };
    expect(made(given as never)).toThrow(
      new Error(
        [
          "stack/Billing: 'name' must be a text, got nothing",
          `'environment' must be an Environment, e.g. the class's constant PROD, got "prod"`,
          "'location' must be a text, got nothing",
          "'owner' must be a text, got nothing",
          "'costCenter' must be a text, got 4711",
          `'allowedLocations' must be a list, got "westeurope"`,
          `'geography' must be one of ${Object.values(Geography)
            .map((one) => `"${one}"`)
            .join(', ')}, got "Atlantis"`,
          "'tags.a' must be a text, got 3",
          "'tags.b' must be a text, got null",
        ].join('; '),
      ),
    );
    expect(made({ tags: ['a'] as never })).toThrow(
      new Error(`stack/Billing: 'tags' must be an object of keys and values, got ["a"]`),
    );
  });

  test('with watchers that watch nothing, and constructs that nothing can be watched of', () => {
    const workload = workloadIn(Environment.DEV);

    expect(() => workload.addWatcher('watcher' as never)).toThrow(
      new Error(`stack/Billing: 'watcher' must be a watcher, e.g. an ObservabilityStack, got "watcher"`),
    );
    expect(() => workload.announce(undefined as never)).toThrow(
      new Error("stack/Billing: 'monitored' must be something that can be monitored, e.g. a SecureWebApp, got nothing"),
    );
  });

  test.each`
    location         | hint
    ${'westeurop'}   | ${'; did you mean westeurope?'}
    ${'wsteurope'}   | ${'; did you mean westeurope, northeurope?'}
    ${'Europe West'} | ${'; did you mean westeurope, northeurope?'}
    ${'eu-west-1'}   | ${''}
    ${'eastus4'}     | ${'; did you mean eastus, eastus2, austriaeast?'}
    ${''}            | ${''}
  `('with the region "$location"$hint', ({ location, hint }) => {
    expect(made({ location })).toThrow(
      new Error(`stack/Billing: 'location' must be a region of Azure, got "${location}"${hint}`),
    );
  });

  test('with values that must be known at synthesis', () => {
    expect(made({ name: token(), location: token(), organization: token(), allowedLocations: [token()] })).toThrow(
      new Error(
        `stack/Billing: 'name' must be a literal, because every name is made from it at synthesis; got a value that Terraform has yet to compute; 'location' must be a literal, because names, zones and residency follow from it at synthesis; got a value that Terraform has yet to compute; 'allowedLocations' must be a literal, because every location is compared with them at synthesis; got a value that Terraform has yet to compute; 'organization' must be a literal, because names are made from it at synthesis; got a value that Terraform has yet to compute`,
      ),
    );
    expect(made({ organization: `x-${token().toLowerCase()}` })).toThrow("'organization' must be a literal");
  });

  test('with more tags than Azure takes beside its own', () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag${at}`, 'x']));

    expect(made({ tags: { ...tags(46), Owner: 'wins anyway' } })).not.toThrow();
    expect(made({ tags: tags(47) })).toThrow(
      new Error(
        "stack/Billing: 'tags' must be at most 46, because Azure takes 50 on a resource and 4 are mandatory; got 47",
      ),
    );
  });

  test('with tags of somebody else that are its own, or no literals', () => {
    expect(made({ tags: { Tier: '1' }, tagsManagedElsewhere: ['Owner', 'tier', 'a"b', token()] })).toThrow(
      new Error(
        `stack/Billing: 'tagsManagedElsewhere' must not name tags that are written here, got "Owner"; 'tagsManagedElsewhere' must not name tags that are written here, got "tier"; 'tagsManagedElsewhere' must be names of 1 to 512 characters, without quotes and backslashes, got "a\\"b"; 'tagsManagedElsewhere' must be literals, because Terraform reads them before it computes anything; got a value that Terraform has yet to compute`,
      ),
    );
  });

  test('but not with tags that Terraform has yet to compute', () => {
    expect(made({ owner: token(), costCenter: `cc-${token()}` })).not.toThrow();
  });

  test('with a resource group that Azure would not take', () => {
    expect(made({ resourceGroupName: 'rg.' })).toThrow(
      new Error(
        `stack/Billing: 'resourceGroupName' must be 1 to 90 letters, digits, full stops, hyphens, underscores or parentheses, no full stop last; got "rg."`,
      ),
    );
    expect(made({ resourceGroupName: '' })).toThrow("'resourceGroupName' must be");
  });
});
