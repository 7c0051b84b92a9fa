/** JSON as recognisers really write it. `repaired`: Python's bare NaN and Infinity stood in it and were read as null. */
export type ReadJson =
  | { readonly kind: 'value'; readonly value: unknown; readonly repaired: boolean }
  | { readonly kind: 'cut' }
  | { readonly kind: 'malformed' };

export type ReadJsonLines = {
  readonly values: readonly unknown[];
  /** Lines that are no JSON value, and values that needed repair. */
  readonly damaged: number;
  /** The last line stops in the middle of a value and has no line end: the writer had not finished. */
  readonly cut: boolean;
};

const BARE_NUMBERS = ['NaN', '-Infinity', 'Infinity'];
/** No recogniser nests deeper than ten; what goes further is not worth remembering bracket by bracket. */
const DEEPEST_NESTING = 10_000;

/** Begins as a JSON object or a list of objects. "[00:12] 话务员: ..." does not, though it begins with a bracket. */
export function looksLikeJson(text: string): boolean {
  return /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{\]"]|null\b|-?\d+\s*,|$))/.test(text);
}

/** One JSON value and nothing else. Tells a file that stops in the middle (try again later) from one that is wrong. */
export function readJson(text: string): ReadJson {
  const plain = parseOrUndefined(text);
  if (plain !== undefined) return { kind: 'value', value: plain, repaired: false };
  const repairedText = withoutBareNumbers(text);
  const repaired = repairedText === text ? undefined : parseOrUndefined(repairedText);
  if (repaired !== undefined) return { kind: 'value', value: repaired, repaired: true };
  return { kind: stopsInTheMiddle(text) ? 'cut' : 'malformed' };
}

/** One JSON value a line. Null when the text is no such thing: fewer than half of its lines are JSON objects. */
export function readJsonLines(text: string): ReadJsonLines | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const read = lines.map((line) => readJson(line));
  const values: unknown[] = [];
  let damaged = 0;
  for (const line of read) {
    const isObject = line.kind === 'value' && typeof line.value === 'object' && line.value !== null;
    if (isObject) values.push(line.value);
    if (!isObject || line.repaired) damaged += 1;
  }
  if (values.length === 0 || values.length * 2 < lines.length) return null;
  const cut = read.at(-1)?.kind === 'cut' && !/\n\s*$/.test(text.slice(-80));
  return { values, damaged, cut };
}

/** JSON.parse never yields undefined, so undefined can say that it refused. V8 parses without recursion: depth is no danger. */
function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused: the caller looks closer at why
  }
}

/**
 * `json.dumps` in Python writes NaN, Infinity and -Infinity, which RFC 8259 section 6 forbids. Strings are left alone;
 * an open one stays open, so that a file that was cut still reads as cut.
 */
function withoutBareNumbers(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  const kept: string[] = [];
  let done = 0;
  for (let at = 0; at < text.length;) {
    if (text[at] === '"') {
      at = endOfString(text, at) ?? text.length;
      continue;
    }
    const number = BARE_NUMBERS.find((word) => text.startsWith(word, at));
    if (number !== undefined) {
      kept.push(text.slice(done, at));
      done = at + number.length;
    }
    at += number?.length ?? 1;
  }
  return [...kept, text.slice(done)].join('null');
}

/** True when a string or a bracket is still open at the end and no bracket was closed wrongly before it. */
function stopsInTheMiddle(text: string): boolean {
  const open: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      if (end === null) return true;
      at = end - 1;
    } else if (char === '{') open.push('}');
    else if (char === '[') open.push(']');
    else if ((char === '}' || char === ']') && open.pop() !== char) return false;
    if (open.length > DEEPEST_NESTING) return false;
  }
  return open.length > 0;
}

/** The place after the closing quote of the string that begins at `at`; null when it never closes. */
function endOfString(text: string, at: number): number | null {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i + 1;
  }
  return null;
}
