/** The named references that mail programs write into Chinese mail. An unknown one stays as it is: nothing is lost. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    ensp: '\u2002',
    emsp: '\u2003',
    thinsp: '\u2009',
    zwnj: '\u200c',
    zwj: '\u200d',
    lrm: '\u200e',
    rlm: '\u200f',
    shy: '\u00ad',
    ldquo: '“',
    rdquo: '”',
    lsquo: '‘',
    rsquo: '’',
    laquo: '«',
    raquo: '»',
    hellip: '…',
    mdash: '—',
    ndash: '–',
    middot: '·',
    bull: '•',
    times: '×',
    divide: '÷',
    deg: '°',
    plusmn: '±',
    permil: '‰',
    sect: '§',
    para: '¶',
    copy: '©',
    reg: '®',
    trade: '™',
    yen: '¥',
    euro: '€',
    pound: '£',
    cent: '¢',
    rarr: '→',
    larr: '←',
    uarr: '↑',
    darr: '↓',
    sup2: '²',
    sup3: '³',
    frac12: '½',
  }),
);

/** Decodes HTML character references. Numbers outside Unicode, NUL and surrogates become U+FFFD as in browsers. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,7})|#(\d{1,8})|([a-z][a-z0-9]{1,9}));?/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole;
    return codePoint(typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

function codePoint(code: number): string {
  const outside = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return outside ? '\uFFFD' : String.fromCodePoint(code);
}
