const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 section 3.3 with a four-digit year. Years of two or three digits (RFC 822, Minguo) name no year. */
const DATE =
  /^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[ -]([a-z]{3})[a-z]{0,6}[ -](\d{4,9})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([+-])(\d{2}):?(\d{2})|([a-z]{1,5}))?$/i;

/** RFC 5322 section 4.3. All other names count as UTC, as the RFC asks. */
const ZONE_HOURS: ReadonlyMap<string, number> = new Map([
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
]);

/** The earliest year a complaint mail can claim: the department had no mailbox before. */
const EARLIEST = Date.UTC(1995, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
/** A sender's clock may be wrong by the width of the time zones, not by more. */
const MAX_AHEAD_MS = 26 * 3_600_000;

export type ClaimedDate = { readonly iso: string | null; readonly suspicious: boolean };

/**
 * The Date field as the sender claims it. Unreadable is null, never "now". Suspicious when it is present and
 * unreadable, absurd, or more than 26 hours after the topmost Received field, the only other clock in a mail.
 */
export function readClaimedDate(date: string | null, topmostReceived: string | null): ClaimedDate {
  if (date === null || date === '') return { iso: null, suspicious: false };
  const claimed = parseMailDate(date);
  if (claimed === null || claimed > 253_402_300_799_999) return { iso: null, suspicious: true };
  const received =
    topmostReceived === null ? null : parseMailDate(topmostReceived.slice(topmostReceived.lastIndexOf(';') + 1));
  const ahead = received !== null && claimed > received + MAX_AHEAD_MS;
  return { iso: new Date(claimed).toISOString(), suspicious: ahead || claimed < EARLIEST || claimed > LATEST };
}

/** Milliseconds since the epoch, or null. */
export function parseMailDate(text: string): number | null {
  if (text.length > 200) return null;
  const match = DATE.exec(text.replace(/\([^()]*\)/g, ' ').trim());
  const local = match === null ? null : localTime(match);
  return match === null || local === null ? null : local - offsetMs(match);
}

/** The wall clock reading, as if it were UTC; null when there is no such day or hour. */
function localTime(match: RegExpExecArray): number | null {
  const day = Number(match[1]);
  const month = MONTHS.indexOf((match[2] ?? '').toLowerCase());
  const year = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Math.min(Number(match[6] ?? 0), 59); // a leap second is the second before it
  if (month === -1 || hour > 23 || minute > 59 || year > 99_999) return null;
  const local = new Date(0);
  local.setUTCFullYear(year, month, day);
  local.setUTCHours(hour, minute, second);
  return local.getUTCDate() === day ? local.getTime() : null;
}

function offsetMs(match: RegExpExecArray): number {
  const sign = match[7] === '-' ? -1 : 1;
  if (match[8] !== undefined) return sign * (Number(match[8]) * 60 + Number(match[9])) * 60_000;
  return (ZONE_HOURS.get((match[10] ?? '').toLowerCase()) ?? 0) * 3_600_000;
}
