import { createTagReader, type Tag, type TagReader } from './html-text-tag.ts';
import { hiddenSelectors, inherit, isHidden, PLAIN_LOOK, type Look } from './html-text-style.ts';
import { breakLine, createTextLayout, finishText, writeGap, writeText, type TextLayout } from './html-text-writer.ts';

export type HtmlText = {
  readonly text: string;
  /** Some of the text cannot be seen in a mail program; it is in `text`, in brackets. */
  readonly hidden: boolean;
  /** Longer than asked for, or ended inside something that swallows text. */
  readonly cut: boolean;
  /** Nested deeper than any mail program writes. */
  readonly deep: boolean;
  readonly images: number;
};

const BLOCKS = names(
  'address article aside br center dd div dl dt fieldset footer form header hr li main nav section tr tbody thead option',
);
const PARAGRAPHS = names('p h1 h2 h3 h4 h5 h6 table ul ol blockquote pre figure');
const VOID = names('area base br col embed hr img input link meta param source track wbr');
/** Content that is never text: searched for its end tag, not parsed. */
const RAW_TEXT = names('script style title');
/** A second start tag of these ends the first (HTML, implied end tags). */
const IMPLIED_END = names('p li td th tr dt dd option');
const MAX_DEPTH = 1_000;
/** Elements that change the look at the same time; deeper ones keep the look around them. */
const MAX_SPECIAL = 64;

/** An open element that changes how its content is shown. */
type Special = {
  readonly name: string;
  readonly look: Look;
  readonly quote: boolean;
  readonly pre: boolean;
  sameNameOpen: number;
};

type State = {
  readonly layout: TextLayout;
  readonly specials: Special[];
  hiddenNames: Set<string>;
  /** Raw text elements whose end tag does not occur any more: searching it again for each start tag would be quadratic. */
  readonly unclosed: Set<string>;
  depth: number;
  deep: boolean;
  cut: boolean;
  images: number;
};

/** Turns HTML into text in one linear pass. Nothing is fetched, rendered or executed; at most `maxLength` UTF-16 units. */
export function htmlToText(html: string, maxLength: number): HtmlText {
  const layout = createTextLayout();
  const state: State = {
    layout,
    specials: [],
    hiddenNames: new Set(),
    unclosed: new Set(),
    depth: 0,
    deep: false,
    cut: false,
    images: 0,
  };
  const tags = createTagReader(html);
  let at = 0;
  while (at < html.length && layout.length <= maxLength) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    if (end > at) writeText(layout, html.slice(at, end), isHidden(lookOf(state)));
    if (open === -1) break;
    at = element(state, tags, html, open);
  }
  const text = finishText(layout);
  const cut = state.cut || layout.length > maxLength;
  return { text, hidden: layout.sawHidden, cut, deep: state.deep, images: state.images };
}

/** Handles what starts at `<`; returns where the text goes on. */
function element(state: State, tags: TagReader, html: string, open: number): number {
  if (html.startsWith('<!--', open)) return skipTo(state, html, open + 4, '-->');
  const tag = tags.tagAt(open);
  if (tag === null) {
    const end = open > tags.lastEnd ? html.length : open + 1;
    writeText(state.layout, html.slice(open, end), isHidden(lookOf(state)));
    return end;
  }
  if (tag.closing) closeElement(state, tag.name);
  else if (tag.name !== '') openElement(state, tag);
  return !tag.closing && RAW_TEXT.has(tag.name) ? skipRawText(state, html, tag) : tag.end;
}

function skipRawText(state: State, html: string, tag: Tag): number {
  if (state.unclosed.has(tag.name)) return tag.end;
  const close = new RegExp(`</${tag.name}`, 'gi');
  close.lastIndex = tag.end;
  const end = close.exec(html)?.index;
  if (end === undefined) {
    state.unclosed.add(tag.name);
    if (tag.name === 'title') return tag.end; // never closed: all of the mail would be in it
    state.cut = true;
    return html.length;
  }
  if (tag.name === 'style') state.hiddenNames = hiddenSelectors(html.slice(tag.end, Math.min(end, tag.end + 65_536)));
  return end;
}

function skipTo(state: State, html: string, from: number, mark: string): number {
  const end = html.indexOf(mark, from);
  if (end === -1) state.cut = true;
  return end === -1 ? html.length : end + mark.length;
}

function openElement(state: State, tag: Tag): void {
  breakFor(state.layout, tag.name);
  if (tag.name === 'img') state.images++;
  if (VOID.has(tag.name)) return;
  state.depth++;
  if (state.depth > MAX_DEPTH) state.deep = true;
  const same = state.specials.findLast((special) => special.name === tag.name);
  const ended = same !== undefined && IMPLIED_END.has(tag.name);
  if (ended) closeSpecial(state, same);
  const special = state.specials.length < MAX_SPECIAL ? toSpecial(state, tag) : null;
  if (special !== null) {
    state.specials.push(special);
    applySpecials(state);
  } else if (same !== undefined && !ended) {
    same.sameNameOpen++;
  }
}

function closeElement(state: State, name: string): void {
  if (!VOID.has(name)) state.depth = Math.max(0, state.depth - 1);
  breakFor(state.layout, name);
  const same = state.specials.findLast((special) => special.name === name);
  if (same === undefined) return;
  if (same.sameNameOpen > 0) same.sameNameOpen--;
  else closeSpecial(state, same);
}

function closeSpecial(state: State, special: Special): void {
  state.specials.length = state.specials.indexOf(special);
  applySpecials(state);
}

function applySpecials(state: State): void {
  state.layout.quoteDepth = state.specials.filter((special) => special.quote).length;
  state.layout.preformatted = state.specials.some((special) => special.pre);
}

function toSpecial(state: State, tag: Tag): Special | null {
  const attributes = tag.attributes();
  const pre = tag.name === 'pre' || tag.name === 'xmp';
  const quote =
    tag.name === 'blockquote' && /\bcite\b|quote/i.test(`${attributes.get('type')} ${attributes.get('class')}`);
  const parent = lookOf(state);
  const look = lookWithin(state, parent, tag.name, attributes);
  return !quote && !pre && look === parent ? null : { name: tag.name, look, quote, pre, sameNameOpen: 0 };
}

function lookWithin(state: State, parent: Look, name: string, attributes: ReadonlyMap<string, string>): Look {
  const hidden = name === 'template' || attributes.has('hidden') || isHiddenByName(state.hiddenNames, attributes);
  const style = attributes.get('style') ?? '';
  const color = name === 'font' ? (attributes.get('color') ?? '').toLowerCase() : '';
  const bgcolor = (attributes.get('bgcolor') ?? '').toLowerCase();
  if (!hidden && style === '' && color === '' && bgcolor === '') return parent;
  return inherit(parent, style, { color, bgcolor, hidden });
}

function isHiddenByName(hiddenNames: ReadonlySet<string>, attributes: ReadonlyMap<string, string>): boolean {
  if (hiddenNames.size === 0) return false;
  const classes = (attributes.get('class') ?? '').toLowerCase().split(/\s+/);
  return (
    classes.some((each) => hiddenNames.has(`.${each}`)) ||
    hiddenNames.has(`#${(attributes.get('id') ?? '').toLowerCase()}`)
  );
}

function lookOf(state: State): Look {
  return state.specials.at(-1)?.look ?? PLAIN_LOOK;
}

function breakFor(layout: TextLayout, name: string): void {
  if (PARAGRAPHS.has(name)) breakLine(layout, true);
  else if (BLOCKS.has(name)) breakLine(layout, false);
  else if (name === 'td' || name === 'th') writeGap(layout);
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
