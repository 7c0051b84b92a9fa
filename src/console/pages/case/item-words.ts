import type { DecidingWords, IgnoredWords } from '../../evidence/split-marks.ts';
import type { CaseBody } from './decision-draft.ts';

export type ItemBody = CaseBody['items'][number];
export type Turn = NonNullable<ItemBody['turns']>[number];
export type Marks = { readonly evidence: readonly DecidingWords[]; readonly ignored: readonly IgnoredWords[] };

const NO_MARKS: Marks = { evidence: [], ignored: [] };

/** What the rules saw, and in which item. */
export type Judged = Marks & { readonly itemId: number | null };

/** The marks of an item, counted in its subject and in its text apart. Only the item that the rules read has any. */
export function marksOf(proposal: Judged | null, item: ItemBody): { readonly subject: Marks; readonly text: Marks } {
  if (proposal === null || proposal.itemId !== item.id) return { subject: NO_MARKS, text: NO_MARKS };
  // The rules read subject + "\n" + text, or the text alone.
  const textAt = item.subject === '' ? 0 : item.subject.length + 1;
  return {
    subject: textAt === 0 ? NO_MARKS : shift(proposal, 0, item.subject),
    text: shift(proposal, textAt, item.text),
  };
}

/** A turn of a call with the marks that lie in its words. */
export type MarkedTurn = { readonly turn: Turn; readonly marks: Marks };

/** Finds each turn in the text that the rules read. null when one is not there as it was said: then the text itself is shown. */
export function findTurns(item: ItemBody, marks: Marks): readonly MarkedTurn[] | null {
  if (item.turns === null || item.turns.length === 0) return null;
  const found: MarkedTurn[] = [];
  let from = 0;
  for (const turn of item.turns) {
    const at = item.text.indexOf(turn.text, from);
    if (at === -1) return null;
    found.push({ turn, marks: shift(marks, at, turn.text) });
    from = at + turn.text.length;
  }
  return found;
}

/** Marks counted from `from`, cut to the words there. */
function shift({ evidence, ignored }: Marks, from: number, words: string): Marks {
  const cut = <M extends DecidingWords>(marks: readonly M[]): readonly M[] =>
    marks
      .map((mark) => ({
        ...mark,
        start: Math.max(mark.start - from, 0),
        end: Math.min(mark.end - from, words.length),
      }))
      .filter(({ start, end }) => start < end);
  return { evidence: cut(evidence), ignored: cut(ignored) };
}
