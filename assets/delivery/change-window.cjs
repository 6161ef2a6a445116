'use strict';
// Whether now is a time to change things, in the time zone of those who would have to repair them.
const { Failed, Usage, start } = require('./host.cjs');

const MINUTE = 60_000;

const DAY = 24 * 60;

/** As far as the next opening is looked for. */
const LAST_DAY = 400;

/** A window as it is compared; an error names what is wrong with it. */
function windowFrom({ days = [1, 2, 3, 4, 5], from = '00:00', to = '24:00', timeZone = 'UTC', frozen = [] }) {
  const minutes = (time) => {
    const [, hours, rest] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
    return hours === undefined ? NaN : Number(hours) * 60 + Number(rest);
  };
  const [start, end] = [minutes(from), minutes(to)];
  let format;
  try {
    format = new Intl.DateTimeFormat('en-CA', { ...PARTS, timeZone });
  } catch {
    throw new Usage(`CHANGE_WINDOW: unknown time zone ${JSON.stringify(timeZone)}`);
  }
  if (
    !Array.isArray(days) ||
    days.length === 0 ||
    !days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  ) {
    throw new Usage("CHANGE_WINDOW: 'days' must be 1 (Monday) to 7");
  }
  if (!(start >= 0 && start < DAY && end > 0 && end <= DAY && start !== end)) {
    throw new Usage("CHANGE_WINDOW: 'from' and 'to' must be different times, HH:MM");
  }
  if (!frozen.every((date) => /^\d{4}-\d\d-\d\d$/.test(date))) {
    throw new Usage("CHANGE_WINDOW: 'frozen' must be dates, YYYY-MM-DD");
  }
  return { days, start, end, format, frozen, timeZone };
}

const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Date, weekday and minute of the day, where the window is. */
function localTime(format, at) {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    day: WEEKDAYS.indexOf(parts.weekday) + 1,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** Whether a moment lies in a window; a window over midnight belongs to the day that it begins on. */
function isOpen({ days, start, end, format, frozen }, at) {
  const { date, day, minute } = localTime(format, at);
  if (frozen.includes(date)) {
    return false;
  }
  const yesterday = day === 1 ? 7 : day - 1;
  return start < end
    ? days.includes(day) && minute >= start && minute < end
    : (days.includes(day) && minute >= start) || (days.includes(yesterday) && minute < end);
}

/** The next moment that a window opens, or nothing where it never does. */
function nextOpening(window, now) {
  let at = Math.ceil(now / MINUTE) * MINUTE;
  for (let day = 0; day < LAST_DAY; day++) {
    const { minute } = localTime(window.format, at);
    at += ((window.start - minute + DAY) % DAY) * MINUTE;
    if (isOpen(window, at)) {
      return new Date(at).toISOString();
    }
    at += MINUTE;
  }
  return undefined;
}

async function main({ inputs, clock, report }) {
  const window = windowFrom(inputs.json('CHANGE_WINDOW', {}));
  if (isOpen(window, clock.now())) {
    report.log('inside the change window');
    return;
  }
  const next = nextOpening(window, clock.now());
  throw new Failed(`outside the change window (${window.timeZone}); it opens ${next ?? 'on no day that is known'}`);
}

module.exports = { isOpen, main, nextOpening, windowFrom };

if (require.main === module) {
  start(main);
}
