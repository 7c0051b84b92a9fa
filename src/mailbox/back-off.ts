/** Refused logins in a row that are still retried at the pace of a network failure; providers lock accounts soon after. */
const LOGIN_TRIES = 5;
const LOCKED_OUT_MS = 15 * 60_000;
const GROWTH = 1.7;
const LONGEST_MS = 5 * 60_000;

/** What went wrong since the last poll that ended well. */
export type BackOff = { readonly failures: number; readonly refusedLogins: number };

/** Also what to return to, but only after a whole poll: a server may let us in and drop us in the middle of every one. */
export const NO_FAILURES: BackOff = { failures: 0, refusedLogins: 0 };

/** `alarm`: a person has to act, waiting will not help. `delayMs` is never 0. */
export type NextTry = { readonly state: BackOff; readonly delayMs: number; readonly alarm: boolean };

/** When to connect again. `random` is uniform in [0, 1): many workers that lost one server must not return together. */
export function afterFailure(state: BackOff, failure: 'refused-login' | 'other', random: number): NextTry {
  const refusedLogins = state.refusedLogins + (failure === 'refused-login' ? 1 : 0);
  const next: BackOff = { failures: state.failures + 1, refusedLogins };
  const alarm = refusedLogins >= LOGIN_TRIES;
  if (alarm && failure === 'refused-login') return { state: next, delayMs: LOCKED_OUT_MS, alarm };
  const longest = Math.min(LONGEST_MS, 1000 * GROWTH ** next.failures);
  return { state: next, delayMs: longest * (0.5 + random / 2), alarm };
}
