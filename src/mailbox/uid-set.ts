/** UIDs in one command line, as ranges: servers limit the length of a line (RFC 7162 section 4 advises 8192 bytes). */
const UIDS_PER_COMMAND = 100;

/** Ascending, without repeats, in pieces small enough for one command each. */
export function uidBatches(uids: Iterable<number>): number[][] {
  const ascending = [...new Set(uids)].toSorted((a, b) => a - b);
  const batches: number[][] = [];
  for (let at = 0; at < ascending.length; at += UIDS_PER_COMMAND) {
    batches.push(ascending.slice(at, at + UIDS_PER_COMMAND));
  }
  return batches;
}

/** The sequence-set of RFC 3501 section 9 for ascending UIDs: [1, 2, 3, 7] is "1:3,7". */
export function uidSet(ascending: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const uid of ascending) {
    const current = ranges.at(-1);
    if (current !== undefined && uid === current.last + 1) current.last = uid;
    else ranges.push({ first: uid, last: uid });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}
