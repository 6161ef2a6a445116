import * as fc from 'fast-check';
import { GdprClassification } from '../../src/storage/blob-tags';
import { lifecycleRules, RetainedContainer } from '../../src/storage/lifecycle-rules';
import { AgeSince, TenantRetention } from '../../src/storage/tenant-retention';

const days = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });

/** Few different values, so that many tenants share their settings. */
const retentions: fc.Arbitrary<TenantRetention> = fc.record(
  {
    coolAfterDays: days,
    deleteAfterDays: days.map((some) => some && some + 100),
    versionDays: fc.integer({ min: 1, max: 3 }),
    since: fc.constantFrom(...Object.values(AgeSince)),
    tagged: fc.uniqueArray(
      fc.record({
        tags: fc.record({ gdprClassification: fc.constantFrom(...Object.values(GdprClassification)) }),
        deleteAfterDays: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 2, selector: ({ tags }) => tags.gdprClassification },
    ),
  },
  { requiredKeys: [] },
);

const tenants: fc.Arbitrary<RetainedContainer[]> = fc.uniqueArray(
  fc.record({ containerName: fc.stringMatching(/^[a-c]{3,4}$/), retention: retentions }),
  { selector: ({ containerName }) => containerName, maxLength: 60 },
);

const untagged = (containers: RetainedContainer[]) =>
  lifecycleRules(containers).filter(({ filters }) => filters.matchBlobIndexTag === undefined);

describe('rules', () => {
  test('cover each tenant exactly once, and each of its tags once', () => {
    fc.assert(
      fc.property(tenants, (containers) => {
        const names = containers.map(({ containerName }) => `${containerName}/`).sort();
        expect(
          untagged(containers)
            .flatMap(({ filters }) => filters.prefixMatch ?? [])
            .sort(),
        ).toEqual(names);
        for (const { containerName, retention } of containers) {
          const mine = lifecycleRules(containers).filter(({ filters }) =>
            filters.prefixMatch?.includes(`${containerName}/`),
          );
          expect(mine).toHaveLength(1 + (retention.tagged ?? []).length);
        }
      }),
    );
  });

  test('say of each tenant what its settings say', () => {
    fc.assert(
      fc.property(tenants, (containers) => {
        const rules = lifecycleRules(containers);
        for (const { containerName, retention } of containers) {
          const alone = lifecycleRules([{ containerName, retention }]).map(({ actions }) => actions);
          const together = rules
            .filter(({ filters }) => filters.prefixMatch?.includes(`${containerName}/`))
            .map(({ actions }) => actions);
          expect(new Set(together.map((one) => JSON.stringify(one)))).toEqual(
            new Set(alone.map((one) => JSON.stringify(one))),
          );
        }
      }),
    );
  });

  test('have at most ten prefixes, and are as few as that allows', () => {
    fc.assert(
      fc.property(tenants, (containers) => {
        const rules = lifecycleRules(containers);
        const settings = new Map<string, number>();
        for (const { retention } of containers) {
          const [alone] = lifecycleRules([{ containerName: 'any', retention }]);
          settings.set(alone.name, (settings.get(alone.name) ?? 0) + 1);
        }
        const fewest = [...settings.values()].reduce((sum, count) => sum + Math.ceil(count / 10), 0);
        expect(untagged(containers)).toHaveLength(fewest);
        rules.forEach(({ filters }) => expect(filters.prefixMatch!.length).toBeLessThanOrEqual(10));
      }),
    );
  });

  test('are the same whatever order tenants come in, with different names', () => {
    const shuffled = tenants.chain((containers) =>
      fc.tuple(fc.constant(containers), fc.shuffledSubarray(containers, { minLength: containers.length })),
    );
    fc.assert(
      fc.property(shuffled, ([containers, others]) => {
        const rules = lifecycleRules(containers);
        const names = rules.map(({ name }) => name);
        expect(lifecycleRules(others)).toEqual(rules);
        expect(names).toEqual([...new Set(names)].sort());
      }),
    );
  });

  test('of a thousand tenants with the same settings are a hundred', () => {
    const containers = Array.from({ length: 1000 }, (_, i) => ({ containerName: `tenant-${i}`, retention: {} }));
    expect(lifecycleRules(containers)).toHaveLength(100);
  });

  test('with tags act on blobs only, as versions have none', () => {
    fc.assert(
      fc.property(tenants, (containers) => {
        const tagged = lifecycleRules(containers).filter(({ filters }) => filters.matchBlobIndexTag !== undefined);
        tagged.forEach(({ actions }) => expect(Object.keys(actions)).toEqual(['baseBlob']));
      }),
    );
  });
});
