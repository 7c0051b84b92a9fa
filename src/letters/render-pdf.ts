import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { FilledDocument } from '../casework/document-press.ts';
import { layOutDocument } from './lay-out-document.ts';
import type { LetterFonts } from './letter-fonts.ts';
import type { Mark } from './page-flow.ts';
import { points, SEAL_MM } from './page-geometry.ts';

/** Written into every file: the date of a letter stands on the letter, and the same letter has the same bytes. */
const FILE_DATE = new Date('2000-01-01T00:00:00Z');
/** Ascender and descender of the font, in ems: pdfkit places the upper edge of this box. */
const BOX = 1.437;

/** PDF/A-2b (ISO 19005-2) with embedded subsets of the fonts, text that can be searched, and nobody's name in its metadata. */
export async function renderPdf(document: FilledDocument, fonts: LetterFonts): Promise<Buffer> {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: document.number === null ? `${document.name}（草稿）` : `${document.name} ${document.number}`,
      Author: document.organ,
      Creator: 'shouli',
      Producer: 'shouli',
      CreationDate: FILE_DATE,
      ModDate: FILE_DATE,
    },
  });
  const bytes = buffer(pdf);
  pdf.registerFont('regular', fonts.files.regular);
  pdf.registerFont('bold', fonts.files.bold);
  for (const { marks } of layOutDocument(document, fonts)) {
    pdf.addPage();
    for (const mark of marks) draw(pdf, mark, fonts);
  }
  pdf.end();
  return bytes;
}

function draw(pdf: PDFKit.PDFDocument, mark: Mark, fonts: LetterFonts): void {
  switch (mark.kind) {
    case 'text':
      drawText(pdf, mark, fonts);
      return;
    case 'rule':
      pdf
        .lineWidth(mark.thickPt)
        .strokeColor(mark.colour)
        .moveTo(points(mark.from[0]), points(mark.from[1]))
        .lineTo(points(mark.to[0]), points(mark.to[1]))
        .stroke();
      return;
    case 'seal':
      pdf
        .lineWidth(0.4)
        .strokeColor('#d8d8d8')
        .dash(3, { space: 3 })
        .circle(points(mark.x), points(mark.y), points(SEAL_MM / 2))
        .stroke()
        .undash();
  }
}

function drawText(pdf: PDFKit.PDFDocument, mark: Extract<Mark, { kind: 'text' }>, fonts: LetterFonts): void {
  const { text, weight, sizePt, fitPt, x, top, height, colour } = mark;
  const gaps = [...text].length - 1;
  const free = fitPt === null ? 0 : fitPt - fonts.width(text, weight, sizePt);
  // A line that is much too short for its width looks better ragged than torn apart.
  const characterSpacing = gaps > 0 && free < 3 * sizePt ? free / gaps : 0;
  pdf
    .font(weight)
    .fontSize(sizePt)
    .fillColor(colour)
    .text(text, points(x), points(top) + (points(height) - BOX * sizePt) / 2, { lineBreak: false, characterSpacing });
}
