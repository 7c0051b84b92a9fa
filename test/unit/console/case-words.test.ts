import { describe, expect, test } from 'vitest';
import { findTurns, marksOf, type ItemBody, type Judged } from '../../../src/console/pages/case/item-words.ts';

const coded = (code: string) => ({ code, name: code });

describe('the words of an item', () => {
  const item = (changes: Partial<ItemBody>): ItemBody => ({
    id: 11,
    channel: coded('email'),
    disposition: null,
    receivedAt: '2026-07-25T02:00:00Z',
    subject: '收费',
    text: '学校收费不退',
    textOmitted: 0,
    flags: [],
    parts: { found: 1, shown: 1, withheld: 0, list: [] },
    attachments: [],
    turns: null,
    automatic: null,
    acknowledgement: null,
    raw: true,
    ...changes,
  });
  const withEvidence = (...spans: readonly (readonly [number, number])[]): Judged => ({
    itemId: 11,
    evidence: spans.map(([start, end]) => ({ rule: 'r', start, end })),
    ignored: [],
  });
  const spans = (marks: { readonly evidence: readonly { start: number; end: number }[] }) =>
    marks.evidence.map(({ start, end }) => [start, end]);

  test('are marked in subject and text apart, though the rules read them as one', () => {
    const marks = marksOf(withEvidence([0, 2], [5, 7]), item({}));
    expect(spans(marks.subject)).toEqual([[0, 2]]);
    expect(spans(marks.text)).toEqual([[2, 4]]);
  });

  test('without a subject are counted from the start of the text', () => {
    expect(spans(marksOf(withEvidence([2, 4]), item({ subject: '' })).text)).toEqual([[2, 4]]);
  });

  test('of another item of the case are not marked', () => {
    expect(spans(marksOf(withEvidence([0, 2]), item({ id: 12 })).subject)).toEqual([]);
  });

  test('of a call are marked turn by turn', () => {
    const turn = (text: string) => ({ speaker: 'caller' as const, text, startMs: null, endMs: null });
    const call = item({ subject: '', text: '来电人：学校收费\n来电人：不退', turns: [turn('学校收费'), turn('不退')] });
    const found = findTurns(call, marksOf(withEvidence([6, 8], [13, 15]), call).text);
    expect(found?.map(({ marks }) => spans(marks))).toEqual([[[2, 4]], [[0, 2]]]);
  });

  test('of a call whose turns are not in its text as said are shown as the text', () => {
    const turns = [{ speaker: 'caller' as const, text: '另一句', startMs: null, endMs: null }];
    expect(findTurns(item({ turns }), { evidence: [], ignored: [] })).toBeNull();
  });
});
