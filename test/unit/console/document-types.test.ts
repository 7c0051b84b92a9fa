import { describe, expect, it } from 'vitest';
import { shownProblems, typedFields } from '../../../src/console/pages/case/documents/document-types.ts';
import { beijingInput } from '../../../src/console/dates/official-date.ts';

describe('what is typed into a document', () => {
  it('is sent without blanks and without what the case itself knows', () => {
    expect(typedFields({ subject: '摘要', reason: ' ', dueOn: '2026-12-01' }, { dueOn: '2026-12-02' })).toEqual({
      subject: '摘要',
    });
  });

  it('is told at once when it must not be said, and that it is missing only when it is to be stored', () => {
    const missing = { field: 'subject', reason: 'missing', advice: '请填写' };
    const forbidden = { field: 'reason', reason: 'names-handler', advice: '不得写明' };
    expect(shownProblems([missing, forbidden], false)).toEqual([forbidden]);
    expect(shownProblems([missing, forbidden], true)).toEqual([missing, forbidden]);
  });
});

describe('a field of date and time', () => {
  it('opens with the time in Beijing', () => {
    expect(beijingInput(new Date('2026-07-25T18:30:15Z'))).toBe('2026-07-26T02:30');
  });
});
