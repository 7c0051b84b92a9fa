import { decodeEntities } from './html-text-entities.ts';

/** Text being laid out as lines. Changed only by the functions of this file. */
export type TextLayout = {
  readonly out: string[];
  length: number;
  lineEmpty: boolean;
  newlines: number;
  /** White space came since the last word. */
  gap: boolean;
  quoteDepth: number;
  preformatted: boolean;
  inHidden: boolean;
  sawHidden: boolean;
};

const HIDDEN_OPEN = '〔隐藏文字：';
const HIDDEN_CLOSE = '〕';
const MAX_QUOTE_DEPTH = 5;

export function createTextLayout(): TextLayout {
  return {
    out: [],
    length: 0,
    lineEmpty: true,
    newlines: 2,
    gap: false,
    quoteDepth: 0,
    preformatted: false,
    inHidden: false,
    sawHidden: false,
  };
}

/** Character data of the document. Text that no reader of the mail saw is set in brackets. */
export function writeText(layout: TextLayout, data: string, hidden: boolean): void {
  const text = decodeEntities(data);
  if (hidden && !/[\p{L}\p{N}]/u.test(text)) return; // padding of newsletters, nothing to read
  if (hidden && !layout.inHidden) {
    startLine(layout);
    push(layout, HIDDEN_OPEN);
    layout.inHidden = true;
    layout.sawHidden = true;
  } else if (!hidden && text.trim() !== '') {
    leaveHidden(layout);
  }
  if (layout.preformatted) writeLines(layout, text);
  else writeRun(layout, text.replace(/[\s\u00a0]+/g, ' '));
}

/** Ends the line; with `blankLine` an empty one follows. */
export function breakLine(layout: TextLayout, blankLine: boolean): void {
  leaveHidden(layout);
  const wanted = blankLine ? 2 : 1;
  while (layout.newlines < wanted) {
    push(layout, '\n');
    layout.newlines++;
  }
  layout.lineEmpty = true;
  layout.gap = false;
}

/** A gap between table cells. */
export function writeGap(layout: TextLayout): void {
  layout.gap = true;
}

export function finishText(layout: TextLayout): string {
  leaveHidden(layout);
  return layout.out.join('').trim();
}

function writeRun(layout: TextLayout, run: string): void {
  if (run.startsWith(' ')) layout.gap = true;
  const words = run.trim();
  if (words === '') return;
  startLine(layout);
  push(layout, words);
  layout.gap = run.endsWith(' ');
}

function writeLines(layout: TextLayout, data: string): void {
  for (const [index, line] of data.split(/\r?\n/).entries()) {
    if (index > 0) {
      push(layout, '\n');
      layout.lineEmpty = true;
    }
    if (line === '') continue;
    startLine(layout);
    push(layout, line);
  }
}

function startLine(layout: TextLayout): void {
  if (layout.lineEmpty && layout.quoteDepth > 0)
    push(layout, '> '.repeat(Math.min(layout.quoteDepth, MAX_QUOTE_DEPTH)));
  else if (layout.gap && !layout.lineEmpty) push(layout, ' ');
  layout.lineEmpty = false;
  layout.newlines = 0;
  layout.gap = false;
}

function leaveHidden(layout: TextLayout): void {
  if (layout.inHidden) push(layout, HIDDEN_CLOSE);
  layout.inHidden = false;
}

function push(layout: TextLayout, piece: string): void {
  layout.out.push(piece);
  layout.length += piece.length;
}
