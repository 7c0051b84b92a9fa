import type { DocumentRow } from '../casework/document-press.ts';
import { breakLines } from './line-breaking.ts';
import type { LetterFonts } from './letter-fonts.ts';
import type { Band, Mark } from './page-flow.ts';
import { AREA, MARGIN, points, SIZE_PT } from './page-geometry.ts';

/** Millimetres. `lead` is the space above the first and below the last line of a row. */
const CELL = { label: 34, padding: 2.5, line: 6.8, lead: 1.3 } as const;
const HALF = AREA.width / 2;
/** A row that is left for handwriting is this many lines high. */
const HAND_LINES = 2;
/** Rows up to this height stay on one page. */
const WHOLE_LINES = 4;

/** A table of labels and values. Two short rows in a row stand beside each other. */
export function tableBands(rows: readonly DocumentRow[], fonts: LetterFonts): readonly Band[] {
  const bands: Band[] = [];
  for (let n = 0; n < rows.length; n += 1) {
    const [row, next] = [rows[n], rows[n + 1]];
    if (row === undefined) break;
    if (next !== undefined && isShort(row, fonts) && isShort(next, fonts)) {
      bands.push(...rowBands([row, next], fonts));
      n += 1;
    } else bands.push(...rowBands([row], fonts));
  }
  return bands;
}

function isShort({ paragraphs }: DocumentRow, fonts: LetterFonts): boolean {
  const [only, more] = paragraphs;
  const room = points(HALF - CELL.label - 2 * CELL.padding);
  return only !== undefined && more === undefined && only.trim() !== '' && widthOf(only, fonts) <= room;
}

function widthOf(text: string, fonts: LetterFonts): number {
  return fonts.width(text, 'regular', SIZE_PT.small);
}

type Column = { readonly x: number; readonly label: readonly string[]; readonly value: readonly string[] };

function rowBands(rows: readonly DocumentRow[], fonts: LetterFonts): readonly Band[] {
  const width = AREA.width / rows.length;
  const columns = rows.map((row, n) => columnOf(row, MARGIN.left + n * width, width, fonts));
  const count = Math.max(...columns.flatMap(({ label, value }) => [label.length, value.length]));
  const isHand = rows.every(({ paragraphs }) => paragraphs.every((text) => text.trim() === ''));
  return Array.from({ length: count }, (_, n) => {
    const last = n === count - 1;
    const whole = isHand || count <= WHOLE_LINES;
    // A longer row begins with two lines at least, and ends with two.
    const withNext = !last && (whole || n === 0 || n === count - 2);
    return cellBand(columns, { n, count }, withNext, fonts);
  });
}

function columnOf({ label, paragraphs }: DocumentRow, x: number, width: number, fonts: LetterFonts): Column {
  const measure = (text: string): number => widthOf(text, fonts);
  const room = points(width - CELL.label - 2 * CELL.padding);
  const isHand = paragraphs.every((text) => text.trim() === '');
  return {
    x,
    label: breakLines(label, () => points(CELL.label - CELL.padding), measure),
    value: isHand
      ? Array.from({ length: HAND_LINES }, () => '')
      : paragraphs.flatMap((text) => breakLines(text, () => room, measure)),
  };
}

/** The n-th line of a row, with its part of the frame. The label stands in the middle of its height. */
function cellBand(
  columns: readonly Column[],
  { n, count }: { readonly n: number; readonly count: number },
  withNext: boolean,
  fonts: LetterFonts,
): Band {
  const above = n === 0 ? CELL.lead : 0;
  const height = CELL.line + above + (n === count - 1 ? CELL.lead : 0);
  const right = MARGIN.left + AREA.width;
  return {
    height,
    framed: true,
    withNext,
    marks: (top) => [
      ...(n === 0 ? [rule([MARGIN.left, top], [right, top])] : []),
      rule([right, top], [right, top + height]),
      ...columns.flatMap(({ x, label, value }) => {
        const name = label[n - Math.floor((count - label.length) / 2)] ?? '';
        const down = (count - label.length) % 2 === 0 ? 0 : CELL.line / 2;
        const centred = x + (CELL.label - (widthOf(name, fonts) * 25.4) / 72) / 2;
        return [
          rule([x, top], [x, top + height]),
          rule([x + CELL.label, top], [x + CELL.label, top + height]),
          ...words(name, centred, top + above + down),
          ...words(value[n] ?? '', x + CELL.label + CELL.padding, top + above),
        ];
      }),
    ],
  };
}

function rule(from: readonly [number, number], to: readonly [number, number]): Mark {
  return { kind: 'rule', from, to, thickPt: 0.7, colour: '#000000' };
}

function words(text: string, x: number, top: number): readonly Mark[] {
  if (text === '') return [];
  const look = { weight: 'regular', sizePt: SIZE_PT.small, fitPt: null, colour: '#000000' } as const;
  return [{ kind: 'text', text, x, top, height: CELL.line, ...look }];
}
