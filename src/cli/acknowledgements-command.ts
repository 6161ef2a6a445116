import { Command, counted, Outcome } from './command';
import { InputError } from './problems';
import { readJson } from './synthesized';

const HELP = `Usage: azure-platform-constructs acknowledgements REPORT [options]

Says which accepted exceptions have ended, which end soon, and which serve no
purpose, from a compliance report that the program wrote as JSON:
Compliance.of(app).report().toJson(). Synthesis reads no clock; this does.

Arguments:
  REPORT         the file with the report

Options:
  --date DAY     judge by this day, such as 2026-12-31; default: today (UTC)
  --within DAYS  say also what ends within so many days; default: 30
  --json         report as JSON
  -h, --help     show this

Exit codes: 0 fine, 1 something has ended, 2 wrong usage or input`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS = 24 * 60 * 60 * 1000;

/** An exception, as the report has it. */
interface Acknowledged {
  readonly ruleId: string;
  readonly path: string;
  readonly reason: string;
  readonly until?: string;
  readonly matched: boolean;
}

type State = 'ended' | 'ending' | 'unmatched' | 'current';

/** Finds exceptions that have outlived their day. */
export const ACKNOWLEDGEMENTS: Command = {
  name: 'acknowledgements',
  summary: 'say which accepted exceptions have ended',
  help: HELP,
  positionals: [1, 1],
  options: { date: { type: 'string' }, within: { type: 'string' } },
  run([file], { date, within }) {
    const today = dayOf(date ?? new Date().toISOString().slice(0, 10));
    const horizon = dayOf(laterDay(today, daysIn(within ?? '30')));
    const judged = acknowledgedIn(file).map((one) => ({ ...one, state: stateOf(one, today, horizon) }));
    return reportOn(judged, today);
  },
};

/** The last day still counts. */
function stateOf({ until, matched }: Acknowledged, today: string, horizon: string): State {
  if (until !== undefined && until < today) {
    return 'ended';
  }
  if (!matched) {
    return 'unmatched';
  }
  return until !== undefined && until <= horizon ? 'ending' : 'current';
}

function reportOn(judged: Array<Acknowledged & { state: State }>, today: string): Outcome {
  const inState = (state: State) => judged.filter((one) => one.state === state);
  const ended = inState('ended');
  const lines = [...ended, ...inState('ending'), ...inState('unmatched')].map(lineOf);
  const sum = `${counted(judged.length, 'acknowledgement')} on ${today}: ${ended.length} ended`;
  return {
    text: [...lines, sum].join('\n'),
    json: { ok: ended.length === 0, date: today, acknowledgements: judged },
    failed: ended.length > 0,
  };
}

function lineOf({ state, ruleId, path, until, reason }: Acknowledged & { state: State }): string {
  const when = { ended: `ended ${until}`, ending: `ends ${until}`, unmatched: 'matches nothing', current: '' }[state];
  return `${when}: ${ruleId} on ${path}: ${reason}`;
}

function acknowledgedIn(file: string): Acknowledged[] {
  const report = readJson(file, "write it with 'Compliance.of(app).report().toJson()'");
  const list = (report as { acknowledgements?: unknown } | null)?.acknowledgements;
  if (!Array.isArray(list)) {
    throw new InputError(`${file}: is no compliance report; write it with 'Compliance.of(app).report().toJson()'`);
  }
  return list as Acknowledged[];
}

function dayOf(text: string | boolean): string {
  const day = DAY.test(String(text)) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day === undefined || isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new InputError(`'--date' must be a day such as 2026-12-31, got ${text}`);
  }
  return text;
}

function daysIn(text: string | boolean): number {
  if (!/^\d{1,4}$/.test(String(text))) {
    throw new InputError(`'--within' must be a whole number of days from 0 to 9999, got ${text}`);
  }
  return Number(text);
}

function laterDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS).toISOString().slice(0, 10);
}
