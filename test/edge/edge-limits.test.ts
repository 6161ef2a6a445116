import { Environment } from '../../src/core/environment';
import { EdgeTier } from '../../src/edge/edge-tier';
import { Rendered } from '../support';
import { edgeIn, LOCKED } from './edge-fixtures';

const { STANDARD, PREMIUM } = EdgeTier;

const OTHER = {
  [STANDARD]: (most: number) => `behind another edge, or take PREMIUM, which has at most ${most}`,
  [PREMIUM]: () => 'behind another edge',
};

/** What is said of an edge at synthesis, each behind its path. */
function saidOf(workload: ReturnType<typeof edgeIn>['workload']): string[] {
  try {
    new Rendered(workload);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').filter((line) => line.includes('must have at most'));
  }
}

/** An edge with frontends, each under a domain of its own, and with more origins of the first one. */
function crowded(tier: EdgeTier, frontends: number, more: number, immutablePaths?: string[]) {
  const { workload, origin, edge } = edgeIn(Environment.DEV, { tier });
  const made = Array.from({ length: frontends }, (_, i) =>
    edge.addFrontend(`f${i}`, origin(`f${i}`, LOCKED), {
      paths: [`/${i}/*`],
      immutablePaths: immutablePaths?.map((path) => `/${i}${path}`) ?? [],
    }),
  );
  Array.from({ length: more }, (_, i) => made[0].addOrigin(`more${i}`, origin(`more${i}`, LOCKED)));
  return workload;
}

describe('domains', () => {
  // with the endpoint, 100 of azurerm and 225 of Azure
  test.each([
    [STANDARD, 'STANDARD', 99],
    [PREMIUM, 'PREMIUM', 224],
  ])('%s', (tier, name, most) => {
    const { edge } = edgeIn(Environment.DEV, { tier });
    Array.from({ length: most }, (_, i) => edge.addDomain(`d${i}.example.com`));

    expect(() => edge.addDomain('one.example.com')).toThrow(
      `stack/Billing/Edge: an edge of the tier ${name} must have at most ${most} domains, got "one.example.com" in addition; put it ${OTHER[tier](224)}`,
    );
  });
});

describe('routes, origin groups and origins', () => {
  test.each<[EdgeTier, number]>([
    [STANDARD, 100],
    [PREMIUM, 200],
  ])('%s takes %d', (tier, most) => {
    expect(saidOf(crowded(tier, most / 2, most / 2, ['/a/*']))).toEqual([]);
  });

  test('a frontend takes two routes', () => {
    expect(saidOf(crowded(STANDARD, 51, 50, ['/a/*']))).toEqual([
      '  [stack/Billing/Edge] an edge of the tier STANDARD must have at most 100 routes, got 102: one for each of 51 backends, and one for the immutable paths of 51 of them; put some behind another edge, or take PREMIUM, which has at most 200',
      '  [stack/Billing/Edge] an edge of the tier STANDARD must have at most 100 origins, got 101: those of 51 backends; put some behind another edge, or take PREMIUM, which has at most 200',
    ]);
  });

  test('others one', () => {
    const said = (name: string, makers: string) =>
      `  [stack/Billing/Edge] an edge of the tier PREMIUM must have at most 200 ${name}, got 201: ${makers} of 201 backends; put some behind another edge`;
    expect(saidOf(crowded(PREMIUM, 201, 0))).toEqual([
      said('routes', 'one for each'),
      said('origin groups', 'one for each'),
      said('origins', 'those'),
    ]);
  });
});
