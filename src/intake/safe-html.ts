import { decodeEntities } from './html-text-entities.ts';
import { createTagReader, type Tag } from './html-text-tag.ts';
import { safeAttributes } from './safe-html-attributes.ts';

/**
 * HTML of a stranger, written anew: what comes out is made of the elements below, of attributes whose values match a pattern of
 * ours, and of escaped text. No address of anything survives as an address, so there is nothing to load, to run or to send.
 * Nothing of the input is copied as markup: what this reader misreads comes out as text.
 */

const KEPT = names(
  'p div span br hr b strong i em u s strike del ins sub sup small big center font h1 h2 h3 h4 h5 h6 ul ol li dl dt dd ' +
    'table caption thead tbody tfoot tr td th blockquote pre code tt address section article header footer main',
);
const VOID = names('br hr');
/** Their content is no text of the mail. */
const SWALLOWED = names('script style title');
/** A second one right inside the first ends it (HTML, implied end tags). */
const IMPLIED_END = names('p li td th tr dt dd');
/** Deeper elements are left out and their text stays: browsers slow down long before anybody writes this. */
const MOST_OPEN = 100;
const MOST_LENGTH = 1_000_000;

type Link = { readonly address: string; readonly from: number };

type Writer = {
  readonly html: string;
  readonly out: string[];
  readonly open: string[];
  /** Swallowed elements whose end tag does not occur any more: looking for it again each time would be quadratic. */
  readonly unclosed: Set<string>;
  link: Link | null;
};

/** What may be put into the body of a page. Takes time linear in the input, and at most 1,000,000 units of it. */
export function safeHtml(html: string): string {
  const writer: Writer = {
    html: html.slice(0, MOST_LENGTH),
    out: [],
    open: [],
    unclosed: new Set(),
    link: null,
  };
  const tags = createTagReader(writer.html);
  let at = 0;
  while (at < writer.html.length) {
    const start = writer.html.indexOf('<', at);
    const end = start === -1 ? writer.html.length : start;
    if (end > at) text(writer, decodeEntities(writer.html.slice(at, end)));
    if (start === -1) break;
    at = markup(writer, tags.tagAt(start), start, tags.lastEnd);
  }
  endLink(writer);
  closeTo(writer, 0);
  if (html.length > MOST_LENGTH) writer.out.push('<hr><p>〔内容过长，以下未显示〕</p>');
  return writer.out.join('');
}

/** Handles what starts at `<`; returns where the text goes on. */
function markup(writer: Writer, tag: Tag | null, start: number, lastEnd: number): number {
  const { html } = writer;
  if (html.startsWith('<!--', start)) return after(html, '-->', start + 2); // <!--> is a whole comment
  if (tag === null) {
    const end = start > lastEnd ? html.length : start + 1;
    text(writer, decodeEntities(html.slice(start, end)));
    return end;
  }
  if (tag.closing) close(writer, tag.name);
  else if (SWALLOWED.has(tag.name)) return swallow(writer, tag);
  else open(writer, tag);
  return tag.end;
}

function open(writer: Writer, tag: Tag): void {
  if (tag.name === 'a') return beginLink(writer, tag);
  if (tag.name === 'img') return text(writer, pictureText(tag));
  if (!KEPT.has(tag.name)) return;
  if (IMPLIED_END.has(tag.name) && writer.open.at(-1) === tag.name) closeTo(writer, writer.open.length - 1);
  if (VOID.has(tag.name)) return void writer.out.push(`<${tag.name}>`);
  if (writer.open.length >= MOST_OPEN) return;
  writer.open.push(tag.name);
  writer.out.push(`<${tag.name}${safeAttributes(tag.attributes())}>`);
}

function close(writer: Writer, name: string): void {
  if (name === 'a') return endLink(writer);
  const at = writer.open.lastIndexOf(name);
  if (at !== -1) closeTo(writer, at);
}

function closeTo(writer: Writer, depth: number): void {
  while (writer.open.length > depth) writer.out.push(`</${writer.open.pop() ?? ''}>`);
}

/** A link becomes its words and, where they are not the address itself, the address in brackets: to be read, not followed. */
function beginLink(writer: Writer, tag: Tag): void {
  endLink(writer);
  const address = decodeEntities(tag.attributes().get('href') ?? '').trim();
  writer.link = { address: address.slice(0, 500), from: writer.out.length };
}

function endLink(writer: Writer): void {
  const { link } = writer;
  writer.link = null;
  if (link === null || link.address === '' || link.address.startsWith('#')) return;
  const words = writer.out.slice(link.from).join('');
  if (!words.includes(escape(link.address.replace(/^mailto:/iu, '')))) text(writer, `〔${link.address}〕`);
}

function pictureText(tag: Tag): string {
  const alt = decodeEntities(tag.attributes().get('alt') ?? '')
    .trim()
    .slice(0, 200);
  return alt === '' ? '〔图片〕' : `〔图片：${alt}〕`;
}

function swallow(writer: Writer, { name, end }: Tag): number {
  if (writer.unclosed.has(name)) return end;
  const closing = new RegExp(`</${name}`, 'giu');
  closing.lastIndex = end;
  const found = closing.exec(writer.html)?.index;
  if (found !== undefined) return found;
  writer.unclosed.add(name);
  return name === 'title' ? end : writer.html.length; // a title that is never closed: all of the mail would be in it
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at === -1 ? html.length : at + mark.length;
}

function text(writer: Writer, words: string): void {
  writer.out.push(escape(words));
}

/** Control characters and those that turn the direction of a line go: 〔gpj.exe〕 must not read as 〔exe.jpg〕. */
function escape(words: string): string {
  return words
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
