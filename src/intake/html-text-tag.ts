export type Tag = {
  /** Lower case; '' for declarations and comments of one kind or another. */
  readonly name: string;
  readonly closing: boolean;
  /** Offset after `>`. */
  readonly end: number;
  /** Attributes by lower-case name; the first of a name counts. Read on demand. */
  readonly attributes: () => ReadonlyMap<string, string>;
};

/** Nobody styles an element with more than this; an image inside a tag is longer. */
const MAX_ATTRIBUTES_LENGTH = 16_384;
/** A quoted value longer than this with a `<` inside is a forgotten quote, not a value. */
const MAX_QUOTED_MARKUP = 2_000;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const NAME = /[a-z][a-z0-9:_-]{0,39}/iy;
const ATTRIBUTE = /([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

export type TagReader = {
  /**
   * The tag at the `<` of that offset, or null when the `<` is text: `<zhang@example.cn>` is an address that somebody
   * forgot to escape.
   */
  readonly tagAt: (open: number) => Tag | null;
  /** Offset of the last `>`: no tag begins after it. */
  readonly lastEnd: number;
};

/** Reads tags front to back, in time linear in the document whatever it holds. */
export function createTagReader(html: string): TagReader {
  const lastEnd = html.lastIndexOf('>');
  // Once quotes have swallowed the document to its end they mean nothing: every later tag would search it all again.
  let quotesMatter = true;
  const endOf = (from: number): number => {
    const end = quotesMatter ? endOutsideQuotes(html, from) : -1;
    if (end !== -1) return end;
    quotesMatter = false;
    return html.indexOf('>', from) + 1;
  };
  return {
    lastEnd,
    tagAt: (open) => {
      const first = html.charCodeAt(open + 1);
      const closing = first === 0x2f; // "/"
      const nameStart = closing ? open + 2 : open + 1;
      const declaration = first === 0x21 || first === 0x3f; // "!" or "?"
      const name = declaration ? '' : nameAt(html, nameStart);
      if (name === null || open > lastEnd) return null;
      const end = endOf(nameStart);
      const written = html.slice(nameStart + name.length, end - 1);
      const plain = closing || written.length > MAX_ATTRIBUTES_LENGTH || !written.includes('=');
      const attributes = plain ? () => hasHidden(written) : () => readAttributes(written);
      return { name: name.toLowerCase(), closing, end, attributes };
    },
  };
}

function nameAt(html: string, at: number): string | null {
  NAME.lastIndex = at;
  const name = NAME.exec(html)?.[0];
  return name !== undefined && /[\s/>]/.test(html[at + name.length] ?? '') ? name : null;
}

function readAttributes(written: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, double, single, bare] of written.matchAll(ATTRIBUTE)) {
    const key = (name ?? '').toLowerCase();
    if (!found.has(key)) found.set(key, double ?? single ?? bare ?? '');
  }
  return found;
}

function hasHidden(written: string): ReadonlyMap<string, string> {
  return /(?:^|\s)hidden(?:[\s/]|$)/i.test(written.slice(0, 200)) ? new Map([['hidden', '']]) : NO_ATTRIBUTES;
}

/** A `>` inside quotes does not end a tag. */
function endOutsideQuotes(html: string, from: number): number {
  let at = from;
  while (at < html.length) {
    const char = html[at];
    if (char === '>') return at + 1;
    at = char === '"' || char === "'" ? afterQuote(html, at, char) : at + 1;
  }
  return -1;
}

function afterQuote(html: string, at: number, quote: string): number {
  const close = html.indexOf(quote, at + 1);
  const isValue = close !== -1 && (close - at <= MAX_QUOTED_MARKUP || !html.slice(at, close).includes('<'));
  return isValue ? close + 1 : at + 1;
}
