import { AREA, LINE_MM, MARGIN, PAGE, RED, SIZE_PT } from './page-geometry.ts';
import type { FontWeight, LetterFonts } from './letter-fonts.ts';

/** What stands somewhere on a page. Millimetres from its upper left corner; `fitPt`: spread to this width. */
export type Mark =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      /** Upper edge of its line, and the height of the line in which it is centred. */
      readonly top: number;
      readonly height: number;
      readonly weight: FontWeight;
      readonly sizePt: number;
      readonly fitPt: number | null;
      readonly colour: string;
    }
  | {
      readonly kind: 'rule';
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly thickPt: number;
      readonly colour: string;
    }
  | { readonly kind: 'seal'; readonly x: number; readonly y: number };

/** What is set from top to bottom: a line, or a block that is not torn apart. */
export type Band = {
  readonly height: number;
  marks(top: number): readonly Mark[];
  /** Part of a table: closed above and below wherever a page begins or ends. */
  readonly framed?: boolean;
  /** May not be the last on a page. */
  readonly withNext?: boolean;
};

export type TextLook = {
  readonly weight?: FontWeight;
  readonly sizePt?: number;
  readonly height?: number;
  readonly colour?: string;
};
export type Align = { readonly at: 'left' | 'centre' | 'right'; readonly indentMm?: number };

/** One line of text in the type area. `fitPt`: spread to this width, for all but the last line of a paragraph. */
export function textBand(
  fonts: LetterFonts,
  text: string,
  { at, indentMm = 0 }: Align,
  { weight = 'regular', sizePt = SIZE_PT.text, height = LINE_MM, colour = '#000000' }: TextLook = {},
  fitPt: number | null = null,
): Band {
  const width = (fonts.width(text, weight, sizePt) * 25.4) / 72;
  const x = {
    left: MARGIN.left + indentMm,
    centre: (PAGE.width - width) / 2,
    right: MARGIN.left + AREA.width - indentMm - width,
  }[at];
  return {
    height,
    marks: (top) => [{ kind: 'text', text, x, top, height, weight, sizePt, fitPt, colour }],
  };
}

export function blankBand(height = LINE_MM): Band {
  return { height, marks: () => [] };
}

/** A red double line of the letterhead. */
export function redLines(y: number, length: number, thickAbove: boolean): readonly Mark[] {
  const left = (PAGE.width - length) / 2;
  const rule = (at: number, thickPt: number): Mark => ({
    kind: 'rule',
    from: [left, at],
    to: [left + length, at],
    thickPt,
    colour: RED,
  });
  return thickAbove ? [rule(y, 2.2), rule(y + 1.1, 0.8)] : [rule(y, 0.8), rule(y + 1.1, 2.2)];
}

export type Page = { readonly marks: readonly Mark[]; readonly end: number };

const LEFT = MARGIN.left;
const RIGHT = MARGIN.left + AREA.width;
const BOTTOM = PAGE.height - MARGIN.bottom;

/** Fills pages from `firstTop` on the first and from the upper margin on all others. */
export function fillPages(bands: readonly Band[], firstTop: number): readonly Page[] {
  const pages: Page[] = [];
  let marks: Mark[] = [];
  let top = firstTop;
  let before: Band | null = null;
  const close = (): void => {
    if (before?.framed === true) marks.push(frameRule(top));
    pages.push({ marks, end: top });
    marks = [];
    top = MARGIN.top;
    before = null;
  };
  for (const group of groupsOf(bands)) {
    const height = group.reduce((sum, band) => sum + band.height, 0);
    if (top + height > BOTTOM + 0.01 && before !== null) close();
    for (const band of group) {
      const frameBegins = band.framed === true && before?.framed !== true;
      const frameEnds = band.framed !== true && before?.framed === true;
      if (frameBegins || frameEnds) marks.push(frameRule(top));
      marks.push(...band.marks(top));
      top += band.height;
      before = band;
    }
  }
  close();
  return pages;
}

function frameRule(y: number): Mark {
  return { kind: 'rule', from: [LEFT, y], to: [RIGHT, y], thickPt: 0.7, colour: '#000000' };
}

/** Bands that have to stay on one page. */
function groupsOf(bands: readonly Band[]): readonly (readonly Band[])[] {
  const groups: Band[][] = [];
  let open = false;
  for (const band of bands) {
    if (open) groups.at(-1)?.push(band);
    else groups.push([band]);
    open = band.withNext === true;
  }
  return groups;
}
