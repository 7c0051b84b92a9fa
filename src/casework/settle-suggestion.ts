import { createHash } from 'node:crypto';
import type { Viewer } from '../domain/vocabulary.ts';
import type { CaseLinkKind, SuggestionKind, SuggestionState } from './case-links.ts';
import type { JournalEntry } from './records.ts';

export type FoundSuggestion = {
  readonly id: number;
  readonly caseId: number;
  readonly otherId: number;
  readonly kind: SuggestionKind;
  readonly state: SuggestionState;
};

export type SuggestionTransaction = {
  findSuggestion(viewer: Viewer, caseId: number, suggestionId: number): Promise<FoundSuggestion | null>;
  closeSuggestion(
    suggestionId: number,
    decided: { readonly state: 'accepted' | 'dismissed'; readonly reason: string; readonly byUser: number },
  ): Promise<void>;
  insertLink(link: { caseId: number; otherId: number; kind: CaseLinkKind; byUser: number }): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type SuggestionAnswer = { readonly decision: 'accepted' | 'dismissed'; readonly reason: string };
export type SuggestionResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' }
  /** Somebody else was faster. */
  | { readonly kind: 'decided-already' };

/**
 * A person says whether two cases belong together. Accepting links them and changes neither: each keeps its number, its clocks and
 * its answer. The line in the journal belongs to no case, so that whoever reads one of the two does not hear of the other.
 */
export async function settleSuggestion(
  transact: <T>(work: (tx: SuggestionTransaction) => Promise<T>) => Promise<T>,
  viewer: Viewer,
  place: { readonly caseId: number; readonly suggestionId: number },
  { decision, reason }: SuggestionAnswer,
): Promise<SuggestionResult> {
  return transact(async (tx) => {
    const found = await tx.findSuggestion(viewer, place.caseId, place.suggestionId);
    if (found === null) return { kind: 'not-found' };
    if (found.state !== 'open') return { kind: 'decided-already' };
    const { id, caseId, otherId, kind } = found;
    await tx.closeSuggestion(id, { state: decision, reason, byUser: viewer.userId });
    if (decision === 'accepted') await tx.insertLink({ caseId: otherId, otherId: caseId, kind, byUser: viewer.userId });
    const why = createHash('sha256').update(reason).digest('hex');
    const data = { suggestion: id, cases: [caseId, otherId], as: kind, reason: why };
    await tx.appendJournal([{ actor: viewer.userId, kind: `suggestion.${decision}`, data }]);
    return { kind: 'done' };
  });
}
