import type { FilledDocument } from '../casework/document-press.ts';
import { breakLines } from './line-breaking.ts';
import type { LetterFonts } from './letter-fonts.ts';
import { tableBands } from './table-flow.ts';
import { blankBand, fillPages, redLines, textBand, type Band, type Mark, type Page } from './page-flow.ts';
import {
  AREA,
  CHARACTERS_PER_LINE,
  LETTERHEAD,
  LINE_MM,
  MARGIN,
  PAGE,
  points,
  RED,
  SEAL_MM,
  SIZE_PT,
} from './page-geometry.ts';

const CHARACTER_MM = AREA.width / CHARACTERS_PER_LINE;
const TITLE_LINE_MM = 12;
/** Height of the record of copies at the foot of the last page. */
const COPIES_MM = 9;
const GREY = '#9a9a9a';

/** The pages of a document, every mark in its place. A letter has the letterhead, a sheet of rows has its title first. */
export function layOutDocument(document: FilledDocument, fonts: LetterFonts): readonly Page[] {
  const isLetter = document.rows.length === 0;
  const bands = [
    ...(isLetter ? letterOpening(document, fonts) : sheetOpening(document, fonts)),
    ...document.paragraphs.flatMap((text) => paragraphBands(text, fonts)),
    ...tableBands(document.rows, fonts),
  ];
  const firstTop = isLetter ? numberTop() : MARGIN.top;
  const pages = fillPages([...keepTwoLines(bands, document), ...signatureBands(document, fonts)], firstTop);
  return pages.map((page, n) => {
    const first = n === 0;
    const last = n === pages.length - 1;
    return {
      ...page,
      marks: [
        ...(first && isLetter ? letterhead(document, fonts) : []),
        ...page.marks,
        ...(first && isLetter ? [] : pageNumber(n + 1, fonts)),
        ...(last ? copiesAtFoot(document, fonts) : []),
        ...(document.number === null ? draftMark() : []),
      ],
    };
  });
}

function organBottom(): number {
  return LETTERHEAD.organTop + (SIZE_PT.organ * 25.4) / 72;
}

/** The number stands 7/8 of a character below the red line, 10.4. */
function numberTop(): number {
  return organBottom() + LETTERHEAD.lineBelowOrgan + ((SIZE_PT.text * 7) / 8) * (25.4 / 72) - 1.5;
}

function letterhead({ organ }: FilledDocument, fonts: LetterFonts): readonly Mark[] {
  const height = (SIZE_PT.organ * 25.4) / 72;
  const band = textBand(fonts, organ, { at: 'centre' }, { weight: 'bold', sizePt: SIZE_PT.organ, height, colour: RED });
  return [
    ...band.marks(LETTERHEAD.organTop),
    ...redLines(organBottom() + LETTERHEAD.lineBelowOrgan, LETTERHEAD.lineLength, true),
    ...redLines(PAGE.height - LETTERHEAD.lineAboveEdge, LETTERHEAD.lineLength, false),
  ];
}

function letterOpening({ number, title, addressee }: FilledDocument, fonts: LetterFonts): readonly Band[] {
  return [
    textBand(fonts, number ?? '（未编号）', { at: 'right' }),
    blankBand(),
    ...titleBands(title, fonts),
    blankBand(),
    ...(addressee === null ? [] : [textBand(fonts, `${addressee}：`, { at: 'left' })]),
  ];
}

function sheetOpening({ number, title }: FilledDocument, fonts: LetterFonts): readonly Band[] {
  return [
    ...titleBands(title, fonts),
    blankBand(LINE_MM / 2),
    textBand(fonts, number ?? '（未编号）', { at: 'right' }, { sizePt: SIZE_PT.small }),
  ];
}

function titleBands(title: string, fonts: LetterFonts): readonly Band[] {
  const measure = (text: string): number => fonts.width(text, 'bold', SIZE_PT.title);
  const look = { weight: 'bold', sizePt: SIZE_PT.title, height: TITLE_LINE_MM } as const;
  // A title of several lines is balanced: no single character on the last one.
  const most = points(AREA.width);
  const lines = Math.ceil(measure(title) / most);
  const width = lines === 1 ? most : Math.min(most, measure(title) / lines + SIZE_PT.title);
  return breakLines(title, () => width, measure).map((line) => textBand(fonts, line, { at: 'centre' }, look));
}

function paragraphBands(text: string, fonts: LetterFonts): readonly Band[] {
  const heading = /^[一二三四五六七八九十]+、.{1,20}$/u.test(text);
  const weight = heading ? 'bold' : 'regular';
  // 28 characters of 16 pt are a little wider than the line: it is set closer by a fifth of a point.
  const room = (line: number): number => SIZE_PT.text * (CHARACTERS_PER_LINE - (line === 0 ? 2 : 0));
  const lines = breakLines(text, room, (piece) => fonts.width(piece, weight, SIZE_PT.text));
  const bands = lines.map((line, n) => {
    const indentMm = n === 0 ? 2 * CHARACTER_MM : 0;
    const fitPt = n === lines.length - 1 ? null : points(AREA.width - indentMm);
    return { ...textBand(fonts, line, { at: 'left', indentMm }, { weight }, fitPt), withNext: heading };
  });
  return text.startsWith('附件：') ? [blankBand(), ...bands] : bands;
}

/** The page with name and seal carries at least two lines of the text before it. */
function keepTwoLines(bands: readonly Band[], { signature }: FilledDocument): readonly Band[] {
  return signature === null
    ? bands
    : bands.map((band, n) => (n < bands.length - 2 ? band : { ...band, withNext: true }));
}

/** Name over date, four characters from the right, and the place of the seal over both (7.3.5.4). */
function signatureBands({ signature, signedOn, copies }: FilledDocument, fonts: LetterFonts): readonly Band[] {
  const foot = copies === null ? [] : [blankBand(COPIES_MM)];
  if (signature === null) return foot;
  const date = signedOn ?? '　　　　年　月　日';
  const width = (text: string): number => (fonts.width(text, 'regular', SIZE_PT.text) * 25.4) / 72;
  const right = MARGIN.left + AREA.width - 4 * CHARACTER_MM;
  const centre = Math.min(right - width(date) / 2, MARGIN.left + AREA.width - Math.max(width(signature), SEAL_MM) / 2);
  const at = (text: string, top: number): Mark => ({
    kind: 'text',
    text,
    x: centre - width(text) / 2,
    top,
    height: LINE_MM,
    weight: 'regular',
    sizePt: SIZE_PT.text,
    fitPt: null,
    colour: '#000000',
  });
  return [
    {
      withNext: copies !== null,
      height: 4 * LINE_MM,
      marks: (top) => [
        { kind: 'seal', x: centre, y: top + 3 * LINE_MM },
        at(signature, top + 2 * LINE_MM),
        at(date, top + 3 * LINE_MM),
      ],
    },
    ...foot,
  ];
}

/** 4号, 7 mm below the type area, on the outer side with one character left free (7.5). */
function pageNumber(n: number, fonts: LetterFonts): readonly Mark[] {
  const free = (SIZE_PT.small * 25.4) / 72;
  const align = { at: n % 2 === 1 ? 'right' : 'left', indentMm: free } as const;
  const band = textBand(fonts, `— ${String(n)} —`, align, { sizePt: SIZE_PT.small, height: 5 });
  return band.marks(PAGE.height - MARGIN.bottom + 4.5);
}

/** Last lines of the type area, between two rules (7.4). */
function copiesAtFoot({ copies }: FilledDocument, fonts: LetterFonts): readonly Mark[] {
  if (copies === null) return [];
  const bottom = PAGE.height - MARGIN.bottom;
  const rule = (y: number): Mark => ({
    kind: 'rule',
    from: [MARGIN.left, y],
    to: [MARGIN.left + AREA.width, y],
    thickPt: 1,
    colour: '#000000',
  });
  const indentMm = (SIZE_PT.small * 25.4) / 72;
  const band = textBand(
    fonts,
    `抄送：${copies}。`,
    { at: 'left', indentMm },
    { sizePt: SIZE_PT.small, height: COPIES_MM },
  );
  return [rule(bottom - COPIES_MM), ...band.marks(bottom - COPIES_MM), rule(bottom)];
}

function draftMark(): readonly Mark[] {
  return [
    {
      kind: 'text',
      text: '草稿，未签发',
      x: 12,
      top: 10,
      height: 8,
      weight: 'regular',
      sizePt: SIZE_PT.small,
      fitPt: null,
      colour: GREY,
    },
  ];
}
