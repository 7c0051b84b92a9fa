/** What an attribute may say. The patterns hold no quote, no bracket of a tag, no backslash and no colon. */
const COLOUR = /^(?:#[\da-f]{3}|#[\da-f]{6}|[a-z]{3,20})$/u;
const COUNT = /^\d{1,3}$/u;
const SIDE = /^(?:left|right|center|justify|top|middle|bottom|baseline)$/u;
const ATTRIBUTES: ReadonlyMap<string, RegExp> = new Map([
  ['align', SIDE],
  ['valign', SIDE],
  ['dir', /^(?:ltr|rtl)$/u],
  ['color', COLOUR],
  ['bgcolor', COLOUR],
  ['border', COUNT],
  ['cellpadding', COUNT],
  ['cellspacing', COUNT],
  ['colspan', COUNT],
  ['rowspan', COUNT],
  ['start', COUNT],
]);

const CSS_COLOUR = /^(?:#[\da-f]{3}|#[\da-f]{6}|[a-z]{3,20}|rgba?\([\d.,\s%]{5,40}\))$/u;
const LENGTH = /^(?:\d{1,3}(?:\.\d{1,2})?(?:px|pt|em|%)?\s?){1,4}$/u;
/** How text looks. Nothing that moves it, makes it vanish or needs a file: what the sender hides from a person is shown here. */
const DECLARATIONS: ReadonlyMap<string, RegExp> = new Map([
  ['color', CSS_COLOUR],
  ['background-color', CSS_COLOUR],
  ['font-weight', /^(?:bold|bolder|normal|[1-9]00)$/u],
  ['font-style', /^(?:italic|oblique|normal)$/u],
  ['text-decoration', /^(?:underline|line-through|none)$/u],
  ['text-align', SIDE],
  ['vertical-align', SIDE],
  ['white-space', /^(?:normal|pre|pre-wrap|pre-line)$/u],
  ['padding', LENGTH],
  ['border', /^\d{1,2}px (?:solid|dashed|dotted) (?:#[\da-f]{3,6}|[a-z]{3,20})$/u],
  ['border-collapse', /^(?:collapse|separate)$/u],
]);

const MOST_STYLE = 2_000;

/** The attributes that may stay, as they are written into a tag. */
export function safeAttributes(attributes: ReadonlyMap<string, string>): string {
  let written = '';
  for (const [name, pattern] of ATTRIBUTES) {
    const value = attributes.get(name)?.trim().toLowerCase();
    if (value !== undefined && pattern.test(value)) written += ` ${name}="${value}"`;
  }
  const style = safeStyle(attributes.get('style') ?? '');
  return style === '' ? written : `${written} style="${style}"`;
}

function safeStyle(style: string): string {
  const kept: string[] = [];
  for (const declaration of style.slice(0, MOST_STYLE).toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(0, colon)).trim();
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    if (DECLARATIONS.get(name)?.test(value) === true) kept.push(`${name}: ${value}`);
  }
  return kept.join('; ');
}
