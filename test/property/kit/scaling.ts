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
  from: fc.constant(literal('20:00')),
  to: fc.constantFrom('06:00', '21:30').map(literal),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC').map(literal),
  days: fc.subarray(Object.values(Weekday), { minLength: 1 }).map(literal),
  minInstances: whole(3, 4).good,
  maxInstances: whole(5, 9).good,
};

const schedules: Prop = {
  good: fc
    .uniqueArray(fc.constantFrom('night', 'week end', 'Peak_1'), { minLength: 1, maxLength: 2 })
    .chain((keys) =>
      fc
        .array(fc.record(SCHEDULE).map(structOf), { minLength: keys.length, maxLength: keys.length })
        .map((all) => structOf(Object.fromEntries(keys.map((key, i) => [key, all[i]])))),
    ),
  bad: fc
    .tuple(
      fc.record(SCHEDULE),
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
