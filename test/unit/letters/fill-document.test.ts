import { describe, expect, it } from 'vitest';
import { readDocumentFiles } from '../../support/document-files.ts';
import { DOCUMENT_TRAPS, FILL_REASONS, type FillContext } from '../../../src/casework/document-press.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../../src/domain/official-document.ts';
import { requireCatalogue } from '../../../src/letters/document-catalogue.ts';
import { fillDocument } from '../../../src/letters/fill-document.ts';
import { openLetterFonts } from '../../../src/letters/letter-fonts.ts';
import { aContext, SAMPLE_FIELDS } from '../../support/sample-documents.ts';

const catalogue = requireCatalogue(readDocumentFiles());
const { hasGlyphs } = openLetterFonts();

function fill(kind: DocumentKind, changes: Readonly<Record<string, string>> = {}, context: Partial<FillContext> = {}) {
  return fillDocument(catalogue, hasGlyphs, kind, { ...SAMPLE_FIELDS[kind], ...changes }, aContext(context));
}

function problems(...given: Parameters<typeof fill>): string[] {
  const filling = fill(...given);
  return filling.kind === 'filled' ? [] : filling.problems.map(({ field, reason }) => `${field} ${reason}`);
}

function filled(...given: Parameters<typeof fill>) {
  const filling = fill(...given);
  if (filling.kind === 'refused') throw new Error(JSON.stringify(filling.problems));
  return filling.document;
}

describe('a document', () => {
  it.each(DOCUMENT_KINDS)('of the kind %s is filled from the case and from what the officer types', (kind) => {
    expect(problems(kind)).toEqual([]);
    expect(JSON.stringify(filled(kind))).not.toMatch(/[{]\w+[}]/u);
  });

  it.each(DOCUMENT_KINDS)('of the kind %s misses every field that is required and not there', (kind) => {
    const required = catalogue.documents
      .get(kind)
      ?.fields.filter((field) => !field.optional && field.usual === undefined);
    const filling = fillDocument(catalogue, hasGlyphs, kind, {}, aContext({ facts: {} }));
    const missing = filling.kind === 'refused' ? filling.problems.filter(({ reason }) => reason === 'missing') : [];
    expect(missing.map(({ field }) => field)).toEqual(required?.map(({ id }) => id));
    for (const { advice } of missing) expect(advice).toBe('请填写');
  });

  it('of 2014 cites the regulation of 2005, of today the one of 2022', () => {
    expect(JSON.stringify(filled('acceptance', {}, { profile: '2014' }))).toContain('《信访条例》第二十二条');
    expect(JSON.stringify(filled('acceptance'))).toContain('《信访工作条例》第二十三条');
    expect(JSON.stringify(filled('answer', {}, { profile: '2014' }))).toContain('《信访条例》第三十四条');
    expect(JSON.stringify(filled('answer'))).not.toContain('《信访条例》');
  });

  it('leaves out the sentence of a field that was left empty', () => {
    expect(filled('transfer', { receiverPhone: '' }).paragraphs.join('')).not.toContain('公开电话');
    expect(filled('assignment', { instruction: ' ' }).rows.map(({ label }) => label)).not.toContain('领导批示');
  });

  it('has neither number nor date before it is signed', () => {
    expect(filled('acceptance', {}, { signed: null })).toMatchObject({ number: null, signedOn: null });
    expect(filled('acceptance')).toMatchObject({ number: '甘教效受告〔2026〕12号', signedOn: '2026年11月24日' });
  });

  it('that corrects another names it first', () => {
    const [first] = filled('answer', {}, { corrects: '甘教效答复〔2026〕3号' }).paragraphs;
    expect(first).toBe('本文书更正甘教效答复〔2026〕3号文书，原文书以本文书为准。');
  });

  it('never reads a typed text as a placeholder', () => {
    expect(JSON.stringify(filled('acceptance', { subject: '所谓{phone}事项' }))).toContain('所谓{phone}事项');
  });
});

describe('a field', () => {
  it.each([
    ['answer', { facts: '' }, 'facts missing'],
    ['answer', { ghost: '甲' }, 'ghost unknown-field'],
    ['answer', { caseNumber: '111 111 111' }, 'caseNumber case-knows'],
    ['answer', { subject: '关于\n两行' }, 'subject one-line-only'],
    ['answer', { facts: '含\u0007控制字符' }, 'facts one-line-only'],
    ['answer', { subject: '甲'.repeat(25) }, 'subject too-long'],
    ['supervision', { reason: 'because' }, 'reason not-an-option'],
    ['supervision', { overdueDays: '八' }, 'overdueDays not-a-number'],
    ['supervision', { overdueDays: '-1' }, 'overdueDays not-a-number'],
    ['reminder', { time: '0' }, 'time not-a-number'],
    ['supervision', { assignedOn: '2026年9月21日' }, 'assignedOn not-a-date'],
    ['supervision', { assignedOn: '2026-02-30' }, 'assignedOn not-a-date'],
    [
      'supervision',
      { assignedOn: '2026-12-24', unitDueOn: '2026-12-30', answerBy: '2026-12-31' },
      'assignedOn in-future',
    ],
    ['supervision', { unitDueOn: '2026-09-01' }, 'unitDueOn before-other-date'],
    ['transfer', { sentOn: '2026-10-11' }, 'sentOn before-other-date'],
    ['extension-notice', { extendedDueOn: '2027-01-21' }, 'extendedDueOn too-far'],
    ['extension-notice', { extendedDueOn: '2026-12-20' }, 'extendedDueOn before-other-date'],
    ['answer', { subject: '𠮷某反映事项' }, 'subject missing-glyph'],
  ] as const)('%s %j is refused as %s', (kind, changes, expected) => {
    expect(problems(kind, changes)).toEqual([expected]);
  });

  it('of an extension may use up the thirty days and no more', () => {
    expect(problems('extension-notice', { extendedDueOn: '2027-01-20' })).toEqual([]);
  });

  it('with a rare but standard character of names is printed', () => {
    expect(problems('acceptance', { addressee: '梁喆镕堃' })).toEqual([]);
  });

  it('that the case does not know yet can be typed', () => {
    const { dueOn: _dueOn, ...facts } = aContext().facts;
    expect(problems('extension-notice', { dueOn: '2026-12-21' }, { facts })).toEqual([]);
    expect(problems('extension-notice', {}, { facts })).toContain('dueOn missing');
  });
});

describe('a trap', () => {
  const TEXTS: readonly [DocumentKind, string, string, string][] = [
    ['acceptance', 'subject', '反映属实的收费', 'claims-truth'],
    ['transfer', 'subject', '确有其事的收费', 'claims-truth'],
    ['supervision', 'subject', '情况 属实，望处理', 'claims-truth'],
    ['acceptance', 'subject', '我们一定解决的收费', 'promises-result'],
    ['answer', 'opinion', '本机关保证解决。', 'promises-result'],
    ['answer', 'opinion', '本机关必将从严从重处理。', 'promises-result'],
    ['acceptance', 'subject', '三天内答复的收费', 'promises-days'],
    ['answer', 'opinion', '本机关10日内退还。', 'promises-days'],
    ['answer', 'opinion', '本机关５个工作日内答复。', 'promises-days'],
    ['extension-notice', 'reason', '还需二十五日以内核对', 'promises-days'],
    ['acceptance', 'subject', '承办人已在核实的收费', 'names-handler'],
    ['answer', 'facts', '由钱处理核实。', 'names-handler'],
    ['answer', 'facts', '学生身份证号为620000200001010000。', 'repeats-sensitive'],
    ['answer', 'facts', '其电话1 3 9 0 0 0 0 0 0 0 0。', 'repeats-sensitive'],
    ['answer', 'facts', '其邮箱为a@example.org。', 'repeats-sensitive'],
    ['referral', 'subject', '反映学生在校自残。', 'repeats-sensitive'],
    ['acceptance', 'subject', '柳河镇示例中学收费', 'names-accused'],
    ['acceptance', 'subject', '柳河\u200b镇示例中学收费', 'names-accused'],
    ['referral', 'subject', '梁小满反映收费问题。', 'names-complainant'],
    ['answer', 'facts', '经联系梁小满了解情况。', 'names-complainant'],
    ['acceptance', 'subject', '乱收费问题', 'names-category'],
    ['transfer', 'subject', '不作为问题', 'names-category'],
  ];

  it.each(TEXTS)('in %s, field %s: "%s" is refused as %s', (kind, field, text, reason) => {
    expect(problems(kind, { [field]: text })).toContain(`${field} ${reason}`);
  });

  it('of every sort is tried here, and tells what to do instead', () => {
    expect([...new Set(TEXTS.map(([, , , reason]) => reason))].toSorted()).toEqual([...DOCUMENT_TRAPS].toSorted());
    for (const trap of DOCUMENT_TRAPS) expect(FILL_REASONS[trap]).toMatch(/请/u);
  });

  it.each([
    ['answer', 'opinion', '学校应于2026年12月10日前退还。'],
    ['answer', 'opinion', '不服的，30日内可以申请复查。'],
    ['answer', 'facts', '经查属实的部分为每人120元，其余部分不属实。'],
    ['acceptance', 'subject', '第十日前后收费'],
    ['feedback', 'addressee', '来件人'],
  ] as const)('lets %s, field %s through: %s', (kind, field, text) => {
    expect(problems(kind, { [field]: text })).toEqual([]);
  });

  it('lets the citizen be named in the salutation, unless he stays unknown', () => {
    expect(problems('answer', { addressee: '梁小满' })).toEqual([]);
    expect(problems('answer', { addressee: '梁小满' }, { anonymous: true })).toEqual(['addressee names-complainant']);
    expect(filled('feedback', {}, { anonymous: true }).addressee).toBe('来件人');
  });
});

describe('a unit', () => {
  it('that is accused, or must not receive the case, gets no document', () => {
    for (const kind of ['referral', 'assignment', 'supervision', 'reminder', 'enrolment-check'] as const)
      expect(problems(kind, { unit: '基础 教育处' })).toEqual(['unit recipient-denied']);
    expect(problems('assignment', { helper: '财务处、基础教育处' })).toEqual(['helper recipient-denied']);
    expect(problems('transfer', { receiver: '基础教育处' })).toEqual(['receiver recipient-denied']);
  });

  it('gets none before a person has confirmed who is accused', () => {
    expect(problems('referral', {}, { confirmed: false })).toEqual([' not-confirmed']);
    expect(problems('acceptance', {}, { confirmed: false })).toEqual([]);
  });

  it('gets nothing of an accusation, and nobody anything of what goes straight up', () => {
    for (const kind of ['referral', 'assignment', 'supervision', 'answer', 'transfer'] as const)
      expect(problems(kind, {}, { lane: 'accusation' })).toContain(' not-in-this-lane');
    for (const kind of DOCUMENT_KINDS) expect(problems(kind, {}, { lane: 'sealed' })).toContain(' not-in-this-lane');
    expect(problems('feedback', {}, { lane: 'accusation' })).toEqual([]);
  });
});

describe('the clocks of the case', () => {
  it('are right by themselves, even where a day of rest makes them longer than the law says', () => {
    const facts = { ...aContext().facts, extendedDueOn: '2027-01-22' };
    const { extendedDueOn: _typed, ...typed } = SAMPLE_FIELDS['extension-notice'];
    const filling = fillDocument(catalogue, hasGlyphs, 'extension-notice', typed, aContext({ facts }));
    expect(filling.kind).toBe('filled');
  });
});
