/** GB/T 9704-2012, sections 5 and 10. Millimetres unless the name says points (1/72 inch). */

export const PAGE = { width: 210, height: 297 } as const;
/** 天头 37 (±1), 订口 28 (±1); with the type area of 156 × 225 the other two follow. */
export const MARGIN = { top: 37, bottom: 35, left: 28, right: 26 } as const;
export const AREA = { width: 156, height: 225 } as const;
/** A full page has 22 lines of 28 characters. */
export const LINES_PER_PAGE = 22;
export const CHARACTERS_PER_LINE = 28;
/** 3号 for the text, 2号 for the title, 4号 for page numbers and what stands in the record at the end. */
export const SIZE_PT = { text: 16, title: 22, small: 14, organ: 30 } as const;
/** 信函格式, section 10.1: the organ 30 mm below the upper edge, a red double line 4 mm below it and one 20 mm above the lower edge, 170 mm long. */
export const LETTERHEAD = { organTop: 30, lineBelowOrgan: 4, lineAboveEdge: 20, lineLength: 170 } as const;
/** Diameter of the seal of a provincial department. Its upper edge is within one line of the text, and it covers name and date. */
export const SEAL_MM = 42;
export const RED = '#d40000';

export const LINE_MM = AREA.height / LINES_PER_PAGE;

export function points(mm: number): number {
  return (mm * 72) / 25.4;
}

/** Twentieths of a point, the unit of word processors. */
export function twips(mm: number): number {
  return Math.round(points(mm) * 20);
}
