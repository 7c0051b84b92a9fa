/** Words that a rule counted. Offsets are UTF-16 units into the whole text. `reason`: why, in one line. */
export type DecidingWords = {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly reason?: string | undefined;
};
/** Words that looked like evidence and were not counted: `why` is the kind of text they stand in. */
export type IgnoredWords = DecidingWords & { readonly why: string };

/** A stretch of text under the same marks from end to end; under none it is plain. */
export type Piece = {
  readonly start: number;
  readonly text: string;
  readonly deciding: readonly DecidingWords[];
  readonly ignored: readonly IgnoredWords[];
};

/** Cuts the text wherever a mark begins or ends. The pieces joined are the text, whatever the offsets. */
export function splitMarks(
  text: string,
  evidence: readonly DecidingWords[],
  ignored: readonly IgnoredWords[],
): readonly Piece[] {
  const deciding = within(text, evidence);
  const notCounted = within(text, ignored);
  const cuts = new Set([0, text.length, ...[...deciding, ...notCounted].flatMap(({ start, end }) => [start, end])]);
  const sorted = [...cuts].toSorted((a, b) => a - b);
  return sorted.slice(0, -1).map((start, at) => {
    const end = sorted[at + 1] ?? text.length;
    const covers = (mark: DecidingWords): boolean => mark.start <= start && mark.end >= end;
    return {
      start,
      text: text.slice(start, end),
      deciding: deciding.filter(covers),
      ignored: notCounted.filter(covers),
    };
  });
}

/** The marks that lie in the text, cut off at its ends, and never in the middle of a surrogate pair. */
function within<M extends DecidingWords>(text: string, marks: readonly M[]): readonly M[] {
  return marks
    .map((mark) => ({ ...mark, start: toBoundary(text, mark.start, -1), end: toBoundary(text, mark.end, 1) }))
    .filter(({ start, end }) => start < end);
}

function toBoundary(text: string, offset: number, step: -1 | 1): number {
  const at = Math.min(Math.max(offset, 0), text.length);
  return isLowSurrogate(text, at) && isHighSurrogate(text, at - 1) ? at + step : at;
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at); // NaN outside the text
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
