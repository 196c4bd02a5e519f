import { dayNumber } from './calendar.ts';

/**
 * Times of licenses, keys and lists: UTC, whole seconds, years 1970 to 9999. Instants are milliseconds since 1970. A text that does not name
 * a real time in exactly the one accepted form is null, so that no two readers disagree about it.
 */

/** `YYYY-MM-DDTHH:MM:SSZ` (RFC 3339 in UTC without fractions or leap seconds) in milliseconds, or null. */
export function parseInstant(text: string): number | null {
  if (!instantForm.test(text)) return null;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const [hour, minute, second] = [Number(text.slice(11, 13)), Number(text.slice(14, 16)), Number(text.slice(17, 19))];
  if (hour > 23 || minute > 59 || second > 59) return null;
  // Not by a Date: logs hold millions of times.
  const days = dayNumber(year, month, day);
  if (days < epochDay) return null;
  return (days - epochDay) * dayMs + hour * hourMs + minute * minuteMs + second * secondMs;
}

/** An instant, cut to the second, as `YYYY-MM-DDTHH:MM:SSZ`. Throws a RangeError outside of the years 1970 to 9999. */
export function formatInstant(ms: number): string {
  if (!inRange(ms)) throw new RangeError('the time is outside of the years 1970 to 9999');
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `YYYY-MM-DD` as the instant at which that UTC day begins, or null. */
export function parseDay(text: string): number | null {
  return dayForm.test(text) ? exactly(text, (ms) => formatInstant(ms).slice(0, 10)) : null;
}

/**
 * The milliseconds of an ISO 8601 duration of fixed length, `PnW` or `PnDTnHnMnS` with any units left out; or null, also for zero and
 * for years and months, whose length depends on when they begin (`addDuration`).
 */
export function parseDuration(text: string): number | null {
  const duration = readDuration(text);
  return duration === null || duration.months > 0 ? null : duration.ms;
}

/**
 * The instant `text` after `ms`. Takes years and months too: they count by the calendar, and a day that the month reached lacks becomes its
 * last (31 January + `P1M` is 28 or 29 February). Null when the duration is malformed or zero, or the result lies beyond 9999.
 */
export function addDuration(ms: number, text: string): number | null {
  const duration = readDuration(text);
  if (duration === null || !inRange(ms)) return null;
  const from = new Date(ms);
  const firstOfMonth = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + duration.months);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + duration.months + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  const result = firstOfMonth + (day - 1) * dayMs + (ms % dayMs) + duration.ms;
  return inRange(result) ? result : null;
}

/**
 * Is the ISO 8601 duration `a` no longer than `b` whenever both begin? False also where that depends on the months that they meet: `P30D`
 * and `P1M` are neither way. Both must be durations that `addDuration` takes.
 */
export function isNeverLonger(a: string, b: string): boolean {
  const one = readDuration(a);
  const other = readDuration(b);
  if (one === null || other === null) return false;
  if (one.months <= other.months && one.ms <= other.ms) return true;
  // A month has 28 to 31 days.
  return one.months * 31 * dayMs + one.ms <= other.months * 28 * dayMs + other.ms;
}

const epochDay = dayNumber(1970, 1, 1);
const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const instantForm = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
const dayForm = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
export const durationForm =
  /^P(?!$)(?:(?<weeks>\d+)W|(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<days>\d+)D)?(?:T(?!$)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?)$/;
const endOfYear9999 = Date.UTC(10_000, 0);

/** Date.parse rolls some impossible days over (31 February) and refuses others: only what formats back to the same text counts. */
function exactly(text: string, format: (ms: number) => string): number | null {
  const ms = Date.parse(text);
  return inRange(ms) && format(ms) === text ? ms : null;
}

function inRange(ms: number): boolean {
  return ms >= 0 && ms < endOfYear9999;
}

/** Calendar months, and milliseconds on top of them; together more than zero. */
function readDuration(text: string): { months: number; ms: number } | null {
  const units = durationForm.exec(text)?.groups;
  if (units === undefined) return null;
  const count = (unit: string): number => Number(units[unit] ?? 0);
  const months = count('years') * 12 + count('months');
  const days = count('weeks') * 7 + count('days');
  const ms = days * dayMs + (count('hours') * 3600 + count('minutes') * 60 + count('seconds')) * secondMs;
  return months + ms > 0 && months + ms < endOfYear9999 ? { months, ms } : null;
}
