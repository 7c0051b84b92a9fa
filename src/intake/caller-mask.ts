import { ANY_DIGIT, digitOf } from './caller-digits.ts';

/** One separator may stand between digits: people write 139-0000-0000, recognisers put a comma where the speaker breathes. */
const GAP = '[ \\t.,\\uFF0C\\u3001\\u00B7-]';
const WRITTEN = '[0-9\\uFF10-\\uFF19]';
const CHECK_CHARACTER = '[xX\\uFF38\\uFF58]';
const WRITTEN_RUN = new RegExp(`${WRITTEN}(?:${GAP}?${WRITTEN}){10,}${CHECK_CHARACTER}?`, 'gu');
const SPOKEN_RUN = new RegExp(`[${ANY_DIGIT}](?:${GAP}?[${ANY_DIGIT}]){10,}${CHECK_CHARACTER}?`, 'gu');

const MOBILE = '1[3-9]\\d{9}';
/** GB 11643: six digits of place, eight of birth date, three of order, one check character. */
const IDENTITY = '[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0\\d|1[0-2])[0-3]\\d\\d{3}[\\dX]';
const WHOLE = new RegExp(`^(?:(?:0086|86|0)?(?<mobile>${MOBILE})|(?<identity>${IDENTITY}))$`);
const SEPARATOR = new RegExp(`(${GAP})`, 'u');
const SHORTEST_NUMBER = 11;
const LONGEST_NUMBER = 18;
const ANYWHERE = new RegExp(`(?<identity>${IDENTITY})|(?<mobile>${MOBILE})`, 'g');

/**
 * Hides 11-digit mobile numbers and 18-digit identity numbers, also when full-width, broken up or read out: the middle
 * of a mobile number, all but the ends of an identity number. The text keeps its length, so offsets of evidence stay
 * true. Written digits that are part of a longer number (an account, a file number) are left alone.
 */
export function maskNumbers(text: string): string {
  const written = text.replaceAll(WRITTEN_RUN, maskWritten);
  // After "幺三九..." the next word may begin with a digit character ("一直"), so read-out numbers have no right end.
  return written.replaceAll(SPOKEN_RUN, (run) =>
    /[^\x00-\x7F\uFF00-\uFFEF]/.test(run) ? maskDigits(run, [...digitsOf(run).matchAll(ANYWHERE)]) : run,
  );
}

/** One separator may also stand between two numbers: pieces are joined until they are one, else passed over. */
function maskWritten(run: string): string {
  const pieces = run.split(SEPARATOR);
  const digits = pieces.map(digitsOf);
  let masked = '';
  for (let from = 0; from < pieces.length;) {
    const found = numberFrom(digits, from);
    const to = found?.to ?? from + 1;
    const piece = pieces.slice(from, to).join('');
    masked += found === null ? piece : maskDigits(piece, [found.number]);
    from = to;
  }
  return masked;
}

function numberFrom(
  pieces: readonly string[],
  from: number,
): { readonly number: RegExpExecArray; readonly to: number } | null {
  let digits = '';
  for (let at = from; at < pieces.length && digits.length <= LONGEST_NUMBER; at += 1) {
    digits += pieces[at] ?? '';
    const number = digits.length < SHORTEST_NUMBER ? null : WHOLE.exec(digits);
    if (number !== null) return { number, to: at + 1 };
  }
  return null;
}

function digitsOf(run: string): string {
  return [...run].map((char) => (isCheckCharacter(char) ? 'X' : (digitOf(char) ?? ''))).join('');
}

function isCheckCharacter(char: string): boolean {
  return /[xX\uFF38\uFF58]/.test(char);
}

/** Puts stars into a run where numbers were found among its digits; separators keep their place. */
function maskDigits(run: string, found: readonly RegExpExecArray[]): string {
  const hidden = found.map(hiddenRange);
  let position = -1;
  return [...run]
    .map((char) => {
      if (digitOf(char) === null && !isCheckCharacter(char)) return char;
      position += 1;
      return hidden.some(([from, to]) => position >= from && position < to) ? '*' : char;
    })
    .join('');
}

function hiddenRange(found: RegExpExecArray): readonly [number, number] {
  const { mobile, identity = '' } = found.groups ?? {};
  const number = mobile ?? identity;
  const start = found.index + found[0].lastIndexOf(number);
  return mobile === undefined ? [start + 1, start + number.length - 1] : [start + 3, start + 7];
}
