import * as fc from 'fast-check';
import { PlanSku, Weekday } from '../../../src';
import { Choice, flag, literal, literalFormed, oneOf, Prop, structOf, whole } from './choices';
import { Home, Values } from './subject';

export const BASIC = [PlanSku.B1, PlanSku.B2, PlanSku.B3];
const STANDARD = [PlanSku.S1, PlanSku.S2, PlanSku.S3];
export const USUAL = { economy: PlanSku.B1, standard: PlanSku.P0V3, critical: PlanSku.P1V3 };
const LIMIT: Record<string, number> = { B: 3, S: 10, P: 30 };

const time = () =>
  literalFormed(/^([01]\d|2[0-3]):[0-5]\d$/, fc.constantFrom('06:00', '20:15'), '24:00', '6:00', '06:60');

const SCHEDULE = {
  from: fc.constantFrom('20:00', '05:30').map(literal),
  to: fc.constantFrom('06:00', '21:30', '20:00').map(literal),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC').map(literal),
  days: fc.subarray(Object.values(Weekday), { minLength: 1 }).map(literal),
  minInstances: whole(3, 4).good,
  maxInstances: whole(5, 9).good,
};

const lasting = () => fc.record(SCHEDULE).filter(({ from, to }) => from.value !== to.value);

const schedules: Prop = {
  good: fc
    .uniqueArray(fc.constantFrom('night', 'week end', 'Peak_1'), { minLength: 1, maxLength: 2 })
    .chain((keys) =>
      fc
        .array(lasting().map(structOf), { minLength: keys.length, maxLength: keys.length })
        .map((all) => structOf(Object.fromEntries(keys.map((key, i) => [key, all[i]])))),
    ),
  bad: fc
    .tuple(
      lasting(),
      fc.oneof(
        time().bad!.map((from) => ({ from })),
        time().bad!.map((to) => ({ to })),
        fc.constantFrom('', 'Mars/Phobos', 'W. Europe Standard Time').map((zone) => ({ timeZone: literal(zone) })),
        fc.constant({ days: literal([]) }),
        fc.constantFrom(0, -1, 1.5, NaN, 31).map((number) => ({ minInstances: literal(number) })),
      ),
    )
    .map(([right, wrong]) => structOf({ night: structOf({ ...right, ...(wrong as Record<string, Choice>) }) })),
};

export const scaling = {
  sku: oneOf(...Object.values(PlanSku)),
  minInstances: { good: whole(1, 30).good, bad: whole(1, 30).bad },
  maxInstances: { good: whole(1, 30).good, bad: whole(1, 30).bad },
  schedules,
  zoneRedundant: flag(),
};

/** Of a number that Terraform has yet to compute only its stand-in is known here; it is never refused. */
const isToken = (given: Record<string, Choice>, prop: string) => given[prop]?.shown.includes('(') ?? false;

/** Half hours of the week in which a schedule lasts, with its time zone. */
function halfHours({ days, from, to, timeZone }: Values): string[] {
  const [begin, end] = [from, to].map((at) => Number(at.slice(0, 2)) * 2 + Number(at.slice(3)) / 30);
  return days.flatMap((day: Weekday) => {
    const midnight = Object.values(Weekday).indexOf(day) * 48;
    return Array.from({ length: (end - begin + 48) % 48 }, (_, i) => `${timeZone} ${(midnight + begin + i) % 336}`);
  });
}

function overlap(all: Values[]): boolean {
  const taken = all.flatMap(halfHours);
  return all.length > 1 && new Set(taken).size < taken.length;
}

export function scalingProblems(
  values: Values,
  { environment: { profile }, location }: Home,
  given: Record<string, Choice>,
): string[] {
  const sku: PlanSku = values.sku ?? USUAL[profile.tier];
  const most = LIMIT[sku[0]];
  const hasZones = location !== 'francesouth';
  const zoneRedundant = values.zoneRedundant ?? (profile.zones > 1 && hasZones && sku.startsWith('P'));
  const known = { min: !isToken(given, 'minInstances'), max: !isToken(given, 'maxInstances') };
  const min: number = values.minInstances ?? Math.min(profile.minInstances, most);
  const max: number = values.maxInstances ?? Math.max(Math.min(profile.maxInstances, most), known.min ? min : 0);
  const beyond = (limit: number) => Object.values(values.schedules ?? {}).some((x: any) => x.maxInstances > limit);
  const fewest = Math.max(profile.zones, 2);
  const differ = known.min && known.max && min < max;
  return [
    ...(known.min && min > most ? ['minInstances'] : []),
    ...(known.max && max > most ? ['maxInstances'] : []),
    ...(known.min && known.max && min > max ? ['minInstances', 'maxInstances'] : []),
    ...(sku.startsWith('B') && (values.schedules !== undefined || (values.maxInstances !== undefined && differ))
      ? ['sku']
      : []),
    ...(beyond(most) && !hasTokens(given) ? ['schedules'] : []),
    ...(overlap(Object.values(values.schedules ?? {})) ? ['schedules'] : []),
    ...(zoneRedundant && !sku.startsWith('P') ? ['sku'] : []),
    ...(zoneRedundant && !hasZones ? ['zoneRedundant'] : []),
    ...(zoneRedundant && known.min && min < fewest ? ['minInstances'] : []),
  ];
}

const hasTokens = ({ schedules: choice }: Record<string, Choice>) => choice?.shown.includes('(') ?? false;

/** Sizes and numbers that go together. */
export function tamed(given: Record<string, Choice>): string[] {
  const sku = given.sku?.value as PlanSku | undefined;
  const small = sku === undefined || BASIC.includes(sku) || STANDARD.includes(sku);
  return small
    ? ['minInstances', 'maxInstances', 'schedules', 'zoneRedundant']
    : ['minInstances', 'schedules', 'zoneRedundant'];
}
