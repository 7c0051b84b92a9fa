/** Why a body was refused before anybody looked at its fields. */
export type JsonRefusal = 'body.not-utf8' | 'body.not-json' | 'body.duplicate-key' | 'body.too-deep';

export type StrictJson =
  { readonly kind: 'ok'; readonly value: unknown } | { readonly kind: 'refused'; readonly code: JsonRefusal };

/** No form of ours nests deeper than four; the rest is room. */
const MOST_DEPTH = 32;

/**
 * Reads JSON as RFC 8259 means it and nothing more lenient: valid UTF-8, no key twice in one object (JSON.parse would keep the
 * last and drop the first without a word), bounded nesting.
 */
export function parseStrictJson(bytes: Uint8Array): StrictJson {
  const text = decodeUtf8(bytes);
  if (text === null) return { kind: 'refused', code: 'body.not-utf8' };
  const refusal = scan(text);
  if (refusal !== null) return { kind: 'refused', code: refusal };
  try {
    return { kind: 'ok', value: JSON.parse(text) };
  } catch {
    // The parser's message quotes the body: it goes nowhere.
    return { kind: 'refused', code: 'body.not-json' };
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // an answer, not a fault: the sender did not write UTF-8
  }
}

/**
 * One pass over the text, linear whatever it holds. It tells keys by the colon behind them, which is right for every valid
 * text; whether the text is valid is JSON.parse's business.
 */
function scan(text: string): JsonRefusal | null {
  const open: (Set<string> | null)[] = []; // the keys of each open object, null for an array
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > MOST_DEPTH) return 'body.too-deep';
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const end = endOfString(text, at);
      const refusal = isKey(text, end) ? noteKey(open.at(-1) ?? null, text.slice(at, end)) : null;
      if (refusal !== null) return refusal;
      at = end - 1;
    }
  }
  return null;
}

/** The position behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return text[at] === ':';
}

/** Keys are compared as they are meant: "a" and "\u0061" are one. */
function noteKey(keys: Set<string> | null, quoted: string): JsonRefusal | null {
  if (keys === null) return 'body.not-json';
  try {
    const key = String(JSON.parse(quoted));
    if (keys.has(key)) return 'body.duplicate-key';
    keys.add(key);
    return null;
  } catch {
    return 'body.not-json';
  }
}
