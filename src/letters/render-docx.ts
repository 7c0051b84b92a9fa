import { strToU8, zipSync } from 'fflate';
import type { DocumentRow, FilledDocument } from '../casework/document-press.ts';
import {
  CONTENT_TYPES,
  coreProperties,
  DOCUMENT_RELS,
  EMPTY_HEADER,
  FONT_TABLE,
  LETTER_FOOTER,
  letterheadPart,
  PACKAGE_RELS,
  pageNumberPart,
  paragraph,
  run,
  sectionProperties,
  SETTINGS,
  STYLES,
  wordPart,
} from './docx-parts.ts';
import { AREA, SIZE_PT, twips } from './page-geometry.ts';

/** In local time, because that is what the format holds: the same in every zone. */
const FILE_DATE = new Date(2000, 0, 1);

/** The document for a word processor, in the fonts of GB/T 9704. The same document gives the same bytes. */
export function renderDocx(document: FilledDocument): Buffer {
  const isLetter = document.rows.length === 0;
  const title = document.number === null ? `${document.name}（草稿）` : `${document.name} ${document.number}`;
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': PACKAGE_RELS,
    'docProps/core.xml': coreProperties(title, document.organ),
    'word/document.xml': wordPart('document', `<w:body>${bodyOf(document)}${sectionProperties(isLetter)}</w:body>`),
    'word/_rels/document.xml.rels': DOCUMENT_RELS,
    'word/styles.xml': STYLES,
    'word/settings.xml': SETTINGS,
    'word/fontTable.xml': FONT_TABLE,
    'word/header1.xml': letterheadPart(document.organ),
    'word/header2.xml': EMPTY_HEADER,
    'word/footer1.xml': LETTER_FOOTER,
    'word/footer2.xml': pageNumberPart('right'),
    'word/footer3.xml': pageNumberPart('left'),
  };
  const bytes = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
  return Buffer.from(zipSync(bytes, { level: 6, mtime: FILE_DATE }));
}

const BLANK = paragraph('');
const CENTRED = '<w:jc w:val="center"/>';
const INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="640"/>';

function bodyOf(document: FilledDocument): string {
  const { title, number, addressee, paragraphs, rows, copies } = document;
  const numbered = paragraph('<w:jc w:val="right"/>', run(number ?? '（未编号）'));
  const titled = paragraph(CENTRED, run(title, { font: 'title', sizePt: SIZE_PT.title }));
  const isLetter = rows.length === 0;
  return [
    ...(isLetter ? [numbered, BLANK, titled, BLANK] : [titled, numbered]),
    ...(addressee === null ? [] : [paragraph('<w:jc w:val="left"/>', run(`${addressee}：`))]),
    ...paragraphs.map(bodyParagraph),
    // A file that ends with a table is repaired when it is opened.
    ...(isLetter ? [] : [tableOf(rows), ...(document.signature === null ? [BLANK] : [])]),
    ...signatureOf(document),
    ...(copies === null ? [] : [copiesParagraph(copies)]),
  ].join('');
}

function bodyParagraph(text: string): string {
  const heading = /^[一二三四五六七八九十]+、.{1,20}$/u.test(text);
  const one = paragraph(heading ? `<w:keepNext/>${INDENTED}` : INDENTED, run(text, heading ? { font: 'heading' } : {}));
  return text.startsWith('附件：') ? BLANK + one : one;
}

/** Name over date, four characters from the right; the seal goes over both. Both stay on the page of the text before. */
function signatureOf({ signature, signedOn }: FilledDocument): readonly string[] {
  if (signature === null) return [];
  const place = (characters: number): string =>
    `<w:keepNext/><w:ind w:rightChars="${String(characters * 100)}" w:right="${String(characters * 320)}"/><w:jc w:val="right"/>`;
  const kept = paragraph('<w:keepNext/>');
  return [kept, kept, paragraph(place(5), run(signature)), paragraph(place(4), run(signedOn ?? '　　　　年　月　日'))];
}

function copiesParagraph(copies: string): string {
  const rule = (side: string): string => `<w:${side} w:val="single" w:sz="8" w:space="1" w:color="000000"/>`;
  const properties = `<w:pBdr>${rule('top')}${rule('bottom')}</w:pBdr><w:ind w:firstLineChars="100" w:firstLine="280"/>`;
  return BLANK + paragraph(properties, run(`抄送：${copies}。`, { sizePt: SIZE_PT.small }));
}

const LABEL_MM = 34;
/** Lines of a table are closer than those of the text. */
const OFF_GRID = '<w:snapToGrid w:val="0"/><w:spacing w:line="380" w:lineRule="exact"/>';

function tableOf(rows: readonly DocumentRow[]): string {
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>`)
    .join('');
  const widths = [twips(LABEL_MM), twips(AREA.width - LABEL_MM)];
  return `<w:tbl><w:tblPr><w:tblW w:w="${String(twips(AREA.width))}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths
    .map((width) => `<w:gridCol w:w="${String(width)}"/>`)
    .join('')}</w:tblGrid>${rows.map((row) => tableRow(row, widths)).join('')}</w:tbl>`;
}

function tableRow({ label, paragraphs }: DocumentRow, widths: readonly number[]): string {
  const look = { sizePt: SIZE_PT.small } as const;
  const forHand = paragraphs.every((text) => text.trim() === '');
  const cell = (width: number | undefined, content: string): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${String(width ?? 0)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${content}</w:tc>`;
  const height = `<w:trPr><w:cantSplit/><w:trHeight w:val="${String(twips(forHand ? 16 : 8.8))}" w:hRule="atLeast"/></w:trPr>`;
  const value = paragraphs.map((text) => paragraph(`${OFF_GRID}<w:jc w:val="left"/>`, run(text.trim(), look))).join('');
  return `<w:tr>${height}${cell(widths[0], paragraph(`${OFF_GRID}${CENTRED}`, run(label, look)))}${cell(widths[1], value)}</w:tr>`;
}
