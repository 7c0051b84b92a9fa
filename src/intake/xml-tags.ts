/** One tag of an XML text, without its namespace prefix, and the text that stands before it. */
export type XmlTag = {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  readonly before: string;
  attribute(name: string): string | null;
};

/**
 * The tags of an XML text in order: enough for the parts of a spreadsheet, which machines write. A text with a DTD is refused
 * with null, so that nothing in it can grow or fetch anything. Linear in the length of the text.
 */
export function xmlTags(text: string): Iterable<XmlTag> | null {
  return /<!(?:DOCTYPE|ENTITY)/iu.test(text) ? null : walk(text);
}

function* walk(text: string): Generator<XmlTag> {
  let at = 0;
  let before = '';
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return;
    before += unescapeXml(text.slice(at, open));
    if (text.startsWith('<!--', open) || text.startsWith('<?', open)) {
      const end = text.indexOf(text.startsWith('<?', open) ? '?>' : '-->', open);
      if (end < 0) return;
      at = text.indexOf('>', end) + 1;
    } else if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open);
      if (end < 0) return;
      before += text.slice(open + 9, end);
      at = end + 3;
    } else {
      const end = text.indexOf('>', open);
      if (end < 0) return;
      yield tagOf(text.slice(open + 1, end), before);
      before = '';
      at = end + 1;
    }
  }
}

function tagOf(inner: string, before: string): XmlTag {
  const kind = inner.startsWith('/') ? 'close' : inner.endsWith('/') ? 'empty' : 'open';
  const [full = ''] = /^[^\s/]+/u.exec(kind === 'close' ? inner.slice(1) : inner) ?? [];
  return {
    name: full.slice(full.indexOf(':') + 1),
    kind,
    before,
    attribute(name) {
      for (const [, key, , double, single] of inner.matchAll(/\s([^\s=]+)=("([^"]*)"|'([^']*)')/gu))
        if (key === name) return unescapeXml(double ?? single ?? '');
      return null;
    },
  };
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/giu, (whole, hex, decimal, named) => {
    if (typeof named === 'string') return NAMED[named.toLowerCase()] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
