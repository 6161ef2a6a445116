import * as fc from 'fast-check';
import {
  Block,
  blockOf,
  cidrOf,
  cidrProblem,
  contains,
  isPrivate,
  nextFreeBlock,
  nthBlock,
  overlap,
} from '../../src/network/cidr';
import { roleBlocks } from '../../src/network/subnet-plan';

/** Any aligned block of a size. */
const blocks = (min: number, max: number): fc.Arbitrary<Block> =>
  fc.tuple(fc.integer({ min, max }), fc.nat({ max: 2 ** 32 - 1 })).map(([prefix, address]) => {
    const size = 2 ** (32 - prefix);
    return { first: Math.floor(address / size) * size, prefix };
  });

describe('blocks', () => {
  test('are what their text says, and the other way round', () => {
    expect(blockOf('10.0.1.0/24')).toEqual({ first: 0x0a000100, prefix: 24 });
    expect(cidrOf({ first: 0xffffff00, prefix: 24 })).toBe('255.255.255.0/24');
    fc.assert(fc.property(blocks(0, 32), (block) => expect(blockOf(cidrOf(block))).toEqual(block)));
  });

  test.each(['10.0.0.0', '10.0.0.0/33', '10.0/16', '010.0.0.0/8', '0x0a.0.0.0/8', 'fd00::/8', '', 'ten'])(
    '%s is none',
    (text) => {
      expect(blockOf(text)).toBeUndefined();
      expect(cidrProblem("'cidr'", text)).toBe(
        `'cidr' must be a block of IPv4 addresses like 10.0.0.0/24, got ${JSON.stringify(text)}`,
      );
    },
  );

  test('with host bits name the block that was meant', () => {
    expect(blockOf('10.0.0.1/24')).toBeUndefined();
    expect(cidrProblem("'cidr'", '10.0.0.1/24')).toBe(
      "'cidr' has host bits set, got 10.0.0.1/24: did you mean 10.0.0.0/24?",
    );
    expect(cidrProblem("'cidr'", '10.0.0.0/24')).toBe(false);
  });

  test('contain and overlap', () => {
    const [outer, inner, other] = ['10.0.0.0/16', '10.0.255.0/24', '10.1.0.0/24'].map((text) => blockOf(text)!);
    expect([contains(outer, inner), contains(inner, outer), contains(outer, other)]).toEqual([true, false, false]);
    expect([overlap(outer, inner), overlap(inner, outer), overlap(outer, other)]).toEqual([true, true, false]);
  });

  test('are private or not', () => {
    const verdicts = [
      '10.255.0.0/16',
      '172.31.0.0/16',
      '172.32.0.0/16',
      '192.168.1.0/24',
      '100.64.0.0/10',
      '8.0.0.0/8',
    ];
    expect(verdicts.map((text) => isPrivate(blockOf(text)!))).toEqual([true, true, false, true, true, false]);
  });
});

describe('the planner', () => {
  test('gives apps, endpoints and data their fixed places', () => {
    const places = (text: string) => Object.values(roleBlocks(blockOf(text)!));
    expect(places('10.0.0.0/8')).toEqual(['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']);
    expect(places('10.20.0.0/22')).toEqual(['10.20.0.0/24', '10.20.1.0/24', '10.20.2.0/24']);
    expect(places('10.20.0.0/23')).toEqual(['10.20.0.0/25', '10.20.0.128/25', '10.20.1.0/25']);
    expect(places('192.168.7.0/24')).toEqual(['192.168.7.0/26', '192.168.7.64/26', '192.168.7.128/26']);
  });

  test('keeps them inside and apart, in every network', () => {
    fc.assert(
      fc.property(blocks(8, 24), (network) => {
        const places = Object.values(roleBlocks(network)).map((text) => blockOf(text)!);
        places.forEach((place) => expect(contains(network, place)).toBe(true));
        places.forEach((a, n) => places.slice(n + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
      }),
    );
  });

  test('proposes blocks that are inside, free, and never skips one', () => {
    const request = fc.tuple(blocks(16, 24), fc.array(fc.integer({ min: 24, max: 29 }), { maxLength: 12 }));
    fc.assert(
      fc.property(request, ([network, prefixes]) => {
        const taken: Block[] = [];
        for (const prefix of prefixes.filter((length) => length >= network.prefix)) {
          const free = nextFreeBlock(network, prefix, taken);
          const all = Array.from({ length: Math.min(64, 2 ** (prefix - network.prefix)) }, (_, n) =>
            nthBlock(network, prefix, n),
          );
          const first = all.find((block) => block && !taken.some((other) => overlap(block, other)));
          expect(first === undefined || cidrOf(first) === cidrOf(free!)).toBe(true);
          if (free) {
            expect(contains(network, free)).toBe(true);
            expect(blockOf(cidrOf(free))).toEqual(free);
            expect(taken.some((other) => overlap(other, free))).toBe(false);
            taken.push(free);
          }
        }
      }),
    );
  });

  test('says when nothing is left', () => {
    const network = blockOf('10.0.0.0/24')!;
    expect(nthBlock(network, 26, 4)).toBeUndefined();
    expect(nextFreeBlock(network, 26, [network])).toBeUndefined();
    expect(nextFreeBlock(network, 23, [])).toBeUndefined();
  });
});
