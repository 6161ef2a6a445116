import { shown } from '../../core/validation';

/** Least and most of each field, as both engines take them: minute, hour, day, month, day of the week. */
const RANGES: ReadonlyArray<readonly [number, number]> = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** What is wrong with a schedule, as a clause: an engine takes no file that has one it cannot read. */
export function cronProblem(prop: string, cron: string): string | false {
  const fields = cron.split(' ');
  const fine = fields.length === RANGES.length && fields.every((field, i) => isField(field, ...RANGES[i]));
  return (
    !fine &&
    `'${prop}' must be cron with five fields of numbers, for minute, hour, day, month and weekday from 0 to 6, got ${shown(cron)}`
  );
}

/** A number, a range, or `*`, each with a step if it has one. */
const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

/** Parts with commas between them. */
function isField(field: string, least: number, most: number): boolean {
  return field.split(',').every((part) => {
    const found = PART.exec(part);
    if (found === null) {
      return false;
    }
    const [, from = String(least), to, step = '1'] = found as Array<string | undefined>;
    const last = Number(to ?? found[1] ?? most);
    return Number(from) >= least && Number(from) <= last && last <= most && Number(step) > 0;
  });
}
