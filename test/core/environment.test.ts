import { Environment, EnvironmentProfile, ServiceTier } from '../../src';

describe('environments', () => {
  test.each`
    environment            | tier          | min  | max   | zones | zoneRedundant | geoRedundant | outbound | recovery | logs   | purgeProtected | locked   | approvals               | wait
    ${Environment.DEV}     | ${'economy'}  | ${1} | ${1}  | ${1}  | ${false}      | ${false}     | ${false} | ${7}     | ${30}  | ${false}       | ${false} | ${[]}                   | ${0}
    ${Environment.TEST}    | ${'economy'}  | ${1} | ${1}  | ${1}  | ${false}      | ${false}     | ${false} | ${7}     | ${30}  | ${false}       | ${false} | ${[]}                   | ${0}
    ${Environment.STAGING} | ${'standard'} | ${2} | ${10} | ${2}  | ${false}      | ${false}     | ${true}  | ${14}    | ${90}  | ${true}        | ${false} | ${[]}                   | ${0}
    ${Environment.PREPROD} | ${'critical'} | ${3} | ${10} | ${3}  | ${true}       | ${false}     | ${true}  | ${35}    | ${90}  | ${true}        | ${false} | ${['lead', 'security']} | ${0}
    ${Environment.PROD}    | ${'critical'} | ${3} | ${50} | ${3}  | ${true}       | ${true}      | ${true}  | ${35}    | ${365} | ${true}        | ${true}  | ${['release']}          | ${10}
  `('$environment.name: $tier, $min to $max instances', ({ environment, ...row }) => {
    expect(environment.profile).toEqual({
      tier: row.tier,
      minInstances: row.min,
      maxInstances: row.max,
      zones: row.zones,
      zoneRedundant: row.zoneRedundant,
      geoRedundant: row.geoRedundant,
      dedicatedOutbound: row.outbound,
      recoveryDays: row.recovery,
      logDays: row.logs,
      purgeProtected: row.purgeProtected,
      locked: row.locked,
      approvals: row.approvals,
      waitMinutes: row.wait,
    });
  });

  test('names are what resources and tags carry', () => {
    const { DEV, TEST, STAGING, PREPROD, PROD } = Environment;

    expect([DEV, TEST, STAGING, PREPROD, PROD].map(({ name }) => name)).toEqual([
      'dev',
      'test',
      'staging',
      'preprod',
      'prod',
    ]);
  });

  test('one of your own starts from another, and leaves that one as it is', () => {
    const before = { ...Environment.PROD.profile };

    const load = Environment.of('load', { ...Environment.PROD.profile, locked: false, maxInstances: 200 });

    expect(load.name).toBe('load');
    expect(load.profile).toEqual({ ...before, locked: false, maxInstances: 200 });
    expect(Environment.PROD.profile).toEqual(before);
  });
});

describe('fails', () => {
  const bad = (name: string, changes: Partial<EnvironmentProfile>) => () =>
    Environment.of(name, { ...Environment.DEV.profile, ...changes });

  test('with everything that is wrong at once', () => {
    const everything = bad('My-Environment', {
      minInstances: 0,
      maxInstances: 1001,
      zones: 4,
      recoveryDays: 36,
      logDays: 731,
    });

    expect(everything).toThrow(
      new Error(
        `environment "My-Environment": 'name' must be 2 to 12 lower-case letters or digits and start with a letter; 'minInstances' must be a whole number from 1 to 1000, got 0; 'maxInstances' must be a whole number from 1 to 1000, got 1001; 'zones' must be a whole number from 1 to 3, got 4; 'recoveryDays' must be a whole number from 7 to 35, got 36; 'logDays' must be a whole number from 30 to 730, got 731`,
      ),
    );
  });

  test.each(['', 'p', '1prod', 'Prod', 'prod-eu', 'pröd', 'thirteenchars'])('with the name "%s"', (name) => {
    expect(bad(name, {})).toThrow(
      `environment "${name}": 'name' must be 2 to 12 lower-case letters or digits and start with a letter`,
    );
  });

  test('with numbers that are none, or not whole', () => {
    expect(bad('odd', { minInstances: NaN, zones: 1.5 })).toThrow(
      new Error(
        `environment "odd": 'minInstances' must be a whole number from 1 to 1000, got NaN; 'zones' must be a whole number from 1 to 3, got 1.5`,
      ),
    );
  });

  test('with a profile that lacks something, as JavaScript has it', () => {
    expect(() => Environment.of('qa', { ...Environment.DEV.profile, tier: 'cheap', locked: 'no' } as never)).toThrow(
      new Error(
        `environment "qa": 'profile.tier' must be one of "economy", "standard", "critical", got "cheap"; 'profile.locked' must be true or false, got "no"`,
      ),
    );
    expect(() => Environment.of('qa', { ...Environment.DEV.profile, approvals: undefined } as never)).toThrow(
      new Error(`environment "qa": 'profile.approvals' must be a list, got nothing`),
    );
    expect(() => Environment.of('qa', undefined as never)).toThrow(
      new Error(`environment "qa": 'profile' must be an object, got nothing`),
    );
    expect(() => Environment.of(undefined as never, Environment.DEV.profile)).toThrow(
      new Error("environment nothing: 'name' must be 2 to 12 lower-case letters or digits and start with a letter"),
    );
  });

  test('with approvals of no role, and a wait of more than a month', () => {
    expect(bad('odd', { approvals: ['lead', 'The Boss'], waitMinutes: 43201 })).toThrow(
      new Error(
        `environment "odd": 'approvals' must be roles of 2 to 24 lower-case letters or digits, a letter first, got "The Boss"; 'waitMinutes' must be a whole number from 0 to 43200, got 43201`,
      ),
    );
  });

  test('with a minimum above the maximum', () => {
    expect(bad('odd', { tier: ServiceTier.STANDARD, minInstances: 5, maxInstances: 2 })).toThrow(
      new Error(`environment "odd": 'minInstances' must not be above 'maxInstances', got 5 and 2`),
    );
  });
});
