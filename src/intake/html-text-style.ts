/** How text of an element looks, as far as it decides whether a person sees it. Colours are `rrggbb` or null: unknown. */
export type Look = {
  /** display:none, opacity:0, moved off the page: nothing inside can be seen. */
  readonly gone: boolean;
  /** visibility:hidden, which an inner element can undo. */
  readonly invisible: boolean;
  /** font-size of at most 1 unit, which an inner element can undo. */
  readonly tiny: boolean;
  readonly ink: string | null;
  readonly paper: string | null;
};

export const PLAIN_LOOK: Look = { gone: false, invisible: false, tiny: false, ink: '000000', paper: 'ffffff' };

const OFF_PAGE = -500;
/** Sum of the differences of the three channels below which nobody tells ink from paper. */
const SAME_COLOUR = 24;

export function isHidden(look: Look): boolean {
  return look.gone || look.invisible || look.tiny || sameColour(look.ink, look.paper);
}

/** The look of an element from that of its parent, its style declarations and its presentational attributes. */
export function inherit(
  parent: Look,
  style: string,
  attributes: { color: string; bgcolor: string; hidden: boolean },
): Look {
  const declared = declarations(style);
  const paper = declared.get('background-color') ?? declared.get('background') ?? attributes.bgcolor;
  const ink = declared.get('color') ?? attributes.color;
  const size = declared.get('font-size');
  const visibility = declared.get('visibility');
  const look: Look = {
    gone: parent.gone || attributes.hidden || removesFromPage(declared) || ink === 'transparent',
    invisible: visibility === undefined ? parent.invisible : visibility !== 'visible',
    tiny: size === undefined ? parent.tiny : isTiny(size),
    ink: ink === '' ? parent.ink : colour(ink),
    paper: paper === '' ? parent.paper : paperColour(paper, parent.paper),
  };
  return sameLook(look, parent) ? parent : look;
}

function sameLook(a: Look, b: Look): boolean {
  return (
    a.gone === b.gone && a.invisible === b.invisible && a.tiny === b.tiny && a.ink === b.ink && a.paper === b.paper
  );
}

/** Class and id names that a style sheet hides by a plain `.name { ... }` rule outside at-rules. */
export function hiddenSelectors(sheet: string): Set<string> {
  const found = new Set<string>();
  for (const [, selectors, body] of withoutAtRules(sheet.slice(0, 65_536)).matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    const declared = declarations(body ?? '');
    if (
      !removesFromPage(declared) &&
      !isTiny(declared.get('font-size') ?? '') &&
      declared.get('visibility') !== 'hidden'
    )
      continue;
    for (const selector of (selectors ?? '').split(',')) {
      const name = /^\s*[a-z]*([.#][\w-]+)\s*$/i.exec(selector)?.[1];
      if (name !== undefined) found.add(name.toLowerCase());
    }
  }
  return found;
}

function declarations(style: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const declaration of style.slice(0, 4_000).toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    found.set(declaration.slice(0, colon).trim(), value.trim());
  }
  return found;
}

function removesFromPage(declared: ReadonlyMap<string, string>): boolean {
  if (declared.get('display') === 'none' || declared.get('mso-hide') === 'all') return true;
  if (/^0?\.?0+%?$/.test(declared.get('opacity') ?? '')) return true;
  const noHeight = isZero(declared.get('max-height')) || isZero(declared.get('height'));
  if (noHeight && declared.get('overflow') === 'hidden') return true;
  return ['text-indent', 'left', 'top', 'margin-left'].some(
    (name) => Number.parseFloat(declared.get(name) ?? '') <= OFF_PAGE,
  );
}

function isZero(value: string | undefined): boolean {
  return value !== undefined && Number.parseFloat(value) === 0;
}

function isTiny(size: string): boolean {
  const value = Number.parseFloat(size);
  return value === 0 || (value <= 1 && /(?:px|pt)$/.test(size));
}

const NAMED_COLOURS: ReadonlyMap<string, string> = new Map([
  ['white', 'ffffff'],
  ['snow', 'fffafa'],
  ['whitesmoke', 'f5f5f5'],
  ['black', '000000'],
]);

function colour(written: string): string | null {
  const named = NAMED_COLOURS.get(written);
  if (named !== undefined) return named;
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(written)?.[1];
  if (hex !== undefined) return hex.length === 6 ? hex : hex.replace(/./g, '$&$&');
  const rgb = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/.exec(written);
  if (rgb === null) return null;
  return rgb
    .slice(1, 4)
    .map((value) => Math.min(Number(value), 255).toString(16).padStart(2, '0'))
    .join('');
}

function paperColour(value: string, parent: string | null): string | null {
  if (/^(?:transparent|none|inherit|initial)$/.test(value)) return parent;
  if (value.includes('url(') || value.includes('gradient')) return null; // a picture may lie behind the text
  return colour(value.split(/\s+(?![^(]*\))/)[0] ?? '');
}

function sameColour(ink: string | null, paper: string | null): boolean {
  if (ink === null || paper === null) return false;
  const distance = [0, 2, 4].map((at) => Math.abs(channel(ink, at) - channel(paper, at)));
  return distance.reduce((sum, each) => sum + each, 0) <= SAME_COLOUR;
}

function channel(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16);
}

/** Drops `@media ... { ... }` and the like: what they hide is hidden on some screens only. */
function withoutAtRules(sheet: string): string {
  let kept = '';
  let at = 0;
  for (let rule = sheet.indexOf('@'); rule !== -1; rule = sheet.indexOf('@', at)) {
    kept += sheet.slice(at, rule);
    at = endOfAtRule(sheet, rule);
  }
  return kept + sheet.slice(at);
}

function endOfAtRule(sheet: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sheet.length; at++) {
    const char = sheet[at];
    if (char === '{') depth++;
    else if (char === '}' && --depth <= 0) return at + 1;
    else if (char === ';' && depth === 0) return at + 1;
  }
  return sheet.length;
}
