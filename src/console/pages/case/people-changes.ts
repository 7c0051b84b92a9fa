import type { CaseBody } from './decision-draft.ts';

export type HistoryLine = CaseBody['history'][number];

/** Journalled, and no change of the case: who looked at what. */
const READINGS: readonly string[] = ['case.read', 'identity.read', 'raw.read', 'attachment.read', 'html.read'];

export function isReading({ kind }: HistoryLine): boolean {
  return READINGS.includes(kind);
}

export function lastLine({ history }: CaseBody): number {
  return history.reduce((last, { n }) => Math.max(last, n), 0);
}

/** What happened to the case after line `seen`, other than by the one who looks. */
export function changesByOthers(body: CaseBody, seen: number, viewerId: number): readonly HistoryLine[] {
  return body.history.filter((line) => line.n > seen && line.by.id !== viewerId && !isReading(line));
}
