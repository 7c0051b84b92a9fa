import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocumentFiles } from '../../support/document-files.ts';
import type { FilledDocument } from '../../../src/casework/document-press.ts';
import { parseCalendarDate } from '../../../src/domain/calendar-date.ts';
import { DOCUMENT_KINDS, documentNumber, type DocumentKind } from '../../../src/domain/official-document.ts';
import { requireCatalogue } from '../../../src/letters/document-catalogue.ts';
import { documentText } from '../../../src/letters/document-text.ts';
import { fillDocument } from '../../../src/letters/fill-document.ts';
import { layOutDocument } from '../../../src/letters/lay-out-document.ts';
import { openLetterFonts } from '../../../src/letters/letter-fonts.ts';
import { renderDocx } from '../../../src/letters/render-docx.ts';
import { renderPdf } from '../../../src/letters/render-pdf.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { ensureDebianPackage } from '../../support/debian-package.ts';
import { aContext, SAMPLE_FIELDS } from '../../support/sample-documents.ts';

const run = promisify(execFile);
const catalogue = requireCatalogue(readDocumentFiles());
const fonts = openLetterFonts();
const folder = mkdtempSync(join(tmpdir(), 'shouli-letters-'));
const PICTURES = join(projectRoot(), 'build', 'screenshots');

beforeAll(() => ensureDebianPackage('poppler-utils'));

function sample(kind: DocumentKind, signed = true): FilledDocument {
  const on = parseCalendarDate('2026-11-24');
  const number = documentNumber(catalogue.documents.get(kind)?.series ?? '', 2026, 12);
  const context = aContext({ signed: signed ? { number, on } : null });
  const filling = fillDocument(catalogue, fonts.hasGlyphs, kind, SAMPLE_FIELDS[kind], context);
  if (filling.kind === 'refused') throw new Error(JSON.stringify(filling.problems));
  return filling.document;
}

async function pdfFile(kind: DocumentKind, signed = true): Promise<string> {
  const path = join(folder, `${kind}${signed ? '' : '-draft'}.pdf`);
  writeFileSync(path, await renderPdf(sample(kind, signed), fonts));
  return path;
}

async function textOfPdf(path: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  return stdout
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s{2,}/gu, '　'))
    .filter((line) => line !== '')
    .join('\n');
}

function partOfDocx(bytes: Buffer, part: string): string {
  const file = unzipSync(bytes)[part];
  if (file === undefined) throw new Error(`no ${part}`);
  return strFromU8(file);
}

function textOfDocx(bytes: Buffer): string {
  return partOfDocx(bytes, 'word/document.xml')
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function expectGolden(name: string, text: string): void {
  const path = join(projectRoot(), 'test/unit/letters/golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${text}\n`);
  expect(`${text}\n`).toBe(readFileSync(path, 'utf8'));
}

describe.each(DOCUMENT_KINDS)('%s', (kind) => {
  it('reads the same as DOCX as it always did', () => {
    expectGolden(`${kind}.docx.txt`, textOfDocx(renderDocx(sample(kind))));
  });

  it('reads the same as PDF as it always did, and can be searched', async () => {
    expectGolden(`${kind}.pdf.txt`, await textOfPdf(await pdfFile(kind)));
  });

  it('says the same in every form', async () => {
    const squeeze = (text: string): string => text.replaceAll(/[\s：]/gu, '');
    const document = sample(kind);
    const pdf = squeeze(await textOfPdf(await pdfFile(kind)));
    const docx = squeeze(textOfDocx(renderDocx(document)));
    const aloud = squeeze(documentText(document));
    const said = [document.title, document.number ?? '', ...document.rows.map(({ label }) => label)].map(squeeze);
    for (const text of said) for (const form of [docx, aloud]) expect(form).toContain(text);
    expect(pdf).toContain(squeeze(document.number ?? ''));
  });

  it('has the same bytes whenever it is made', async () => {
    const [first, second] = [await renderPdf(sample(kind), fonts), await renderPdf(sample(kind), openLetterFonts())];
    expect(first.equals(second)).toBe(true);
    expect(renderDocx(sample(kind)).equals(renderDocx(sample(kind)))).toBe(true);
  });
});

describe('a PDF', () => {
  it('embeds subsets of its fonts, names its language, and tells nothing of anybody in its metadata', async () => {
    const path = await pdfFile('answer');
    const { stdout: listed } = await run('pdffonts', [path]);
    const rows = listed.trim().split('\n').slice(2);
    const weights = new Set(rows.map((row) => /NotoSerifSC-(\w+)/u.exec(row)?.[1]));
    expect(weights).toEqual(new Set(['Regular', 'Bold']));
    for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+.*\byes yes yes\b/u);
    const { stdout: info } = await run('pdfinfo', [path]);
    expect(info).toMatch(/^Title: +答复意见书 甘教效答复〔2026〕12号$/mu);
    expect(info).toMatch(/^Author: +甘肃省教育厅$/mu);
    expect(info).toMatch(/^Page size: +595\.28 x 841\.89 pts \(A4\)$/mu);
    const bytes = readFileSync(path, 'latin1');
    expect(bytes).toContain('/Lang (zh-CN)');
    expect(`${info}${bytes}`).not.toMatch(/梁小满|资料费/u);
  });

  it('that is no more than a draft says so, and has no number', async () => {
    const text = await textOfPdf(await pdfFile('acceptance', false));
    expect(text).toContain('草稿，未签发');
    expect(text).toContain('（未编号）');
    expect(await textOfPdf(await pdfFile('acceptance'))).not.toContain('草稿');
  });

  it('can be looked at: pictures of the pages are in build/screenshots', async () => {
    mkdirSync(PICTURES, { recursive: true });
    for (const kind of ['acceptance', 'answer', 'supervision'] as const)
      await run('pdftoppm', ['-r', '80', '-png', await pdfFile(kind), join(PICTURES, kind)]);
    expect(readFileSync(join(PICTURES, 'acceptance-1.png')).length).toBeGreaterThan(10_000);
  });
});

describe('the pages', () => {
  const AREA_TOP = 37;
  const AREA_BOTTOM = 297 - 35;
  const long = (): FilledDocument => ({
    ...sample('answer'),
    paragraphs: Array.from({ length: 60 }, () => '一二三四五'.repeat(9)),
  });

  it('of a letter hold 22 lines of at most 28 characters inside the type area', () => {
    const [, second] = layOutDocument(long(), fonts);
    const lines = (second?.marks ?? []).flatMap((mark) =>
      mark.kind === 'text' && mark.top >= AREA_TOP - 0.01 && mark.top < AREA_BOTTOM - 1 ? [mark] : [],
    );
    expect(lines.length).toBe(22);
    for (const { text, top, height } of lines) {
      expect([...text].length).toBeLessThanOrEqual(28);
      expect(top + height).toBeLessThanOrEqual(AREA_BOTTOM + 0.01);
    }
  });

  it('are numbered outside, odd ones on the right, and the first page of a letter is not', () => {
    const numbers = layOutDocument(long(), fonts).map(({ marks }) => {
      const mark = marks.find((one) => one.kind === 'text' && /^— \d+ —$/u.test(one.text));
      return mark?.kind === 'text' ? `${mark.text} ${mark.x > 105 ? 'right' : 'left'}` : null;
    });
    expect(numbers.slice(0, 3)).toEqual([null, '— 2 — left', '— 3 — right']);
  });

  it('never carry name and date without two lines of the text', () => {
    for (let count = 1; count <= 40; count += 1) {
      const document = { ...sample('answer'), paragraphs: Array.from({ length: count }, () => '甲乙丙丁。') };
      const last = layOutDocument(document, fonts).at(-1);
      const words = (last?.marks ?? []).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
      expect(words).toContain('2026年11月24日');
      expect(words.filter((text) => text === '甲乙丙丁。').length).toBeGreaterThanOrEqual(Math.min(2, count));
    }
  });

  it('put the seal over name and date, its upper edge within a line of the text', () => {
    const marks = layOutDocument(sample('acceptance'), fonts).flatMap((page) => page.marks);
    const seal = marks.find((mark) => mark.kind === 'seal');
    const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
    const date = texts.find(({ text }) => text === '2026年11月24日');
    const lastLine = texts.filter(({ text }) => text.endsWith('。')).at(-1);
    if (seal?.kind !== 'seal' || date === undefined || lastLine === undefined) throw new Error('no seal, date or text');
    expect(Math.abs(date.top - seal.y)).toBeLessThan(21);
    const gap = seal.y - 21 - (lastLine.top + lastLine.height);
    expect(gap).toBeGreaterThanOrEqual(0);
    expect(gap).toBeLessThanOrEqual(10.3);
  });
});

describe('a DOCX', () => {
  it('has the page, the margins and the grid of the standard', () => {
    const xml = partOfDocx(renderDocx(sample('answer')), 'word/document.xml');
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"/>');
    expect(xml).toMatch(/w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/u);
    expect(xml).toContain('w:linePitch="580"');
    expect(xml).toContain('w:eastAsia="仿宋_GB2312"');
    expect(xml).toContain('w:eastAsia="方正小标宋简体"');
  });

  it('holds marks of XML as text, and no name in its properties', () => {
    const bytes = renderDocx({ ...sample('answer'), title: '甲<乙>&"丙"' });
    expect(textOfDocx(bytes)).toContain('甲<乙>&"丙"');
    expect(partOfDocx(bytes, 'docProps/core.xml')).not.toContain('梁小满');
  });
});
