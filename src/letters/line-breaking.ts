/** Never the first of a line (避头). */
const NOT_FIRST = new Set('、，。；：？！）〕》」』】”’…—％%‰℃,.;:?!)]}·～');
/** Never the last of a line (避尾). */
const NOT_LAST = new Set('（〔《「『【“‘([{￥$');
/** Letters and digits that belong together: a number or a Latin word is not torn apart. */
const TOGETHER = /^[\p{Script=Latin}\p{Nd}.,:/@_-]$/u;

/**
 * Breaks one paragraph into lines of at most `width(n)`, n from 0. No line begins or ends with the wrong mark as long as there is
 * room to avoid it, and no character is lost: the lines joined are the text.
 */
export function breakLines(
  text: string,
  width: (line: number) => number,
  measure: (text: string) => number,
): readonly string[] {
  const lines: string[] = [];
  let rest = pieces(text);
  while (rest.length > 0) {
    const limit = width(lines.length);
    const [first = ''] = rest;
    // A word that is longer than a line goes in pieces of one character.
    if (first.length > 1 && measure(first) > limit) rest = [...first, ...rest.slice(1)];
    const count = countThatFit(rest, limit, measure);
    lines.push(rest.slice(0, count).join(''));
    rest = rest.slice(count);
  }
  return lines.length === 0 ? [''] : lines;
}

/** Characters, with numbers and Latin words in one piece. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let open = false;
  for (const character of text) {
    const joins = TOGETHER.test(character);
    if (joins && open) found[found.length - 1] += character;
    else found.push(character);
    open = joins;
  }
  return found;
}

/** At least one piece, and as many as fit and leave neither a wrong beginning nor a wrong end. */
function countThatFit(rest: readonly string[], limit: number, measure: (text: string) => number): number {
  let fit = 0;
  let used = 0;
  while (fit < rest.length) {
    used += measure(rest[fit] ?? '');
    if (used > limit + 0.01) break;
    fit += 1;
  }
  if (fit === rest.length) return fit;
  for (let count = fit; count > 1; count -= 1) if (isGoodBreak(rest, count)) return count;
  return Math.max(1, fit);
}

function isGoodBreak(rest: readonly string[], count: number): boolean {
  const last = rest[count - 1] ?? '';
  const next = rest[count] ?? '';
  return !NOT_LAST.has(last.at(-1) ?? '') && !NOT_FIRST.has(next.at(0) ?? '');
}
