import {
  CHARACTERS_PER_LINE,
  LINES_PER_PAGE,
  AREA,
  MARGIN,
  PAGE,
  points,
  RED,
  SIZE_PT,
  twips,
} from './page-geometry.ts';

/** The parts of a word-processing file (ECMA-376) that are the same for every document. */

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The fonts of GB/T 9704, and what stands for each on a machine that has only those of its system. */
export const FONTS = {
  text: { name: '仿宋_GB2312', instead: '仿宋' },
  title: { name: '方正小标宋简体', instead: '宋体' },
  heading: { name: '黑体', instead: 'SimHei' },
  number: { name: '宋体', instead: 'SimSun' },
} as const;

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function wordPart(element: 'document' | 'styles' | 'settings' | 'fonts' | 'hdr' | 'ftr', body: string): string {
  return `${HEAD}<w:${element} xmlns:w="${W}" xmlns:r="${R}">${body}</w:${element}>`;
}

export const CONTENT_TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPES}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${TYPES}.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="${TYPES}.fontTable+xml"/><Override PartName="/word/header1.xml" ContentType="${TYPES}.header+xml"/><Override PartName="/word/header2.xml" ContentType="${TYPES}.header+xml"/><Override PartName="/word/footer1.xml" ContentType="${TYPES}.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="${TYPES}.footer+xml"/><Override PartName="/word/footer3.xml" ContentType="${TYPES}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

export const PACKAGE_RELS = `${HEAD}<Relationships xmlns="${RELS}"><Relationship Id="r1" Type="${R}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const PARTS = ['styles', 'settings', 'fontTable', 'header1', 'header2', 'footer1', 'footer2', 'footer3'] as const;
export const DOCUMENT_RELS = `${HEAD}<Relationships xmlns="${RELS}">${PARTS.map(
  (part) => `<Relationship Id="${part}" Type="${R}/${part.replace(/\d$/u, '')}" Target="${part}.xml"/>`,
).join('')}</Relationships>`;

/** Nobody's name, and a date that is always the same: the date of a letter stands on the letter. */
export function coreProperties(title: string, organ: string): string {
  const date = '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>';
  return `${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(organ)}</dc:creator><dc:language>zh-CN</dc:language>${date}</cp:coreProperties>`;
}

export const SETTINGS = wordPart(
  'settings',
  '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
);

export const FONT_TABLE = wordPart(
  'fonts',
  Object.values(FONTS)
    .map(
      ({ name, instead }) => `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/></w:font>`,
    )
    .join(''),
);

/** 28 characters of 16 pt are a little wider than 156 mm: twentieths of a point between them. */
const CLOSER = `<w:spacing w:val="${String(Math.round((points(AREA.width) / CHARACTERS_PER_LINE - SIZE_PT.text) * 20))}"/>`;

export type RunLook = { readonly font?: keyof typeof FONTS; readonly sizePt?: number; readonly colour?: string };

function runProperties({ font = 'text', sizePt = SIZE_PT.text, colour }: RunLook): string {
  const { name } = FONTS[font];
  return `<w:rPr><w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>${
    colour === undefined ? '' : `<w:color w:val="${colour.replace('#', '')}"/>`
  }${sizePt === SIZE_PT.text ? CLOSER : ''}<w:sz w:val="${String(sizePt * 2)}"/><w:szCs w:val="${String(sizePt * 2)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>`;
}

export function run(text: string, look: RunLook = {}): string {
  return `<w:r>${runProperties(look)}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

export function paragraph(properties: string, ...runs: readonly string[]): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${runs.join('')}</w:p>`;
}

export const STYLES = wordPart(
  'styles',
  `<w:docDefaults><w:rPrDefault>${runProperties({})}</w:rPrDefault><w:pPrDefault><w:pPr><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0"/><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`,
);

/** A red double line as the border of a paragraph, 170 mm long: 7 mm more than the type area on either side. */
function redBorder(side: 'top' | 'bottom', style: 'thickThinSmallGap' | 'thinThickSmallGap'): string {
  return `<w:pBdr><w:${side} w:val="${style}" w:sz="24" w:space="6" w:color="${RED.replace('#', '')}"/></w:pBdr>`;
}

const WIDER = `<w:ind w:left="-${String(twips(7))}" w:right="-${String(twips(7))}"/>`;

/** Header of the first page of a letter: the organ over a red double line. */
export function letterheadPart(organ: string): string {
  const properties = `${redBorder('bottom', 'thickThinSmallGap')}${WIDER}<w:jc w:val="center"/>`;
  return wordPart('hdr', paragraph(properties, run(organ, { font: 'title', sizePt: SIZE_PT.organ, colour: RED })));
}

export const EMPTY_HEADER = wordPart('hdr', paragraph(''));
export const LETTER_FOOTER = wordPart('ftr', paragraph(`${redBorder('top', 'thinThickSmallGap')}${WIDER}`));

/** — 1 —, on the outer side with one character left free. */
export function pageNumberPart(side: 'left' | 'right'): string {
  const look: RunLook = { font: 'number', sizePt: SIZE_PT.small };
  const field = (kind: 'begin' | 'end'): string =>
    `<w:r>${runProperties(look)}<w:fldChar w:fldCharType="${kind}"/></w:r>`;
  const number = `${field('begin')}<w:r>${runProperties(look)}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('end')}`;
  const indent =
    side === 'left' ? '<w:ind w:leftChars="100" w:left="280"/>' : '<w:ind w:rightChars="100" w:right="280"/>';
  return wordPart('ftr', paragraph(`${indent}<w:jc w:val="${side}"/>`, run('— ', look), number, run(' —', look)));
}

/** A4, the margins and the grid of 22 lines. */
export function sectionProperties(isLetter: boolean): string {
  const reference = (part: 'header' | 'footer', type: string, id: string): string =>
    `<w:${part}Reference w:type="${type}" r:id="${id}"/>`;
  const first = isLetter ? reference('header', 'first', 'header1') + reference('footer', 'first', 'footer1') : '';
  const pitch = twips(AREA.height / LINES_PER_PAGE);
  return `<w:sectPr>${first}${reference('header', 'default', 'header2')}${reference('header', 'even', 'header2')}${reference('footer', 'default', 'footer2')}${reference('footer', 'even', 'footer3')}<w:pgSz w:w="${String(twips(PAGE.width))}" w:h="${String(twips(PAGE.height))}"/><w:pgMar w:top="${String(twips(MARGIN.top))}" w:right="${String(twips(MARGIN.right))}" w:bottom="${String(twips(MARGIN.bottom))}" w:left="${String(twips(MARGIN.left))}" w:header="${String(twips(30))}" w:footer="${String(twips(isLetter ? 20 : 25))}" w:gutter="0"/>${isLetter ? '<w:titlePg/>' : ''}<w:docGrid w:type="lines" w:linePitch="${String(pitch)}"/></w:sectPr>`;
}
