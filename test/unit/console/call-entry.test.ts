import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_DRAFT_FORM, CALL_FORM } from '../../../src/http/call-form-schema.ts';
import {
  blankEntry,
  entryOfDraft,
  INVALID_REASONS,
  isBlank,
  problemsOf,
  spokenText,
  toCallForm,
  toDraftForm,
  type CallEntry,
} from '../../../src/console/pages/call/call-entry.ts';

const typed = (most: number) =>
  fc.string({ unit: fc.constantFrom(...'教育局收费 　\t张三139"<>&{}'), maxLength: most });
const entries: fc.Arbitrary<CallEntry> = fc.record({
  callRef: fc.constantFrom('', 'call-7'),
  startedAt: fc.constantFrom(null, '2014-08-01T02:00:00.000Z'),
  text: fc.string({ maxLength: 60 }),
  accusedUnit: typed(20),
  place: typed(20),
  callerName: typed(20),
  callerPhone: typed(20),
  anonymous: fc.boolean(),
  keepSecret: fc.boolean(),
  transcript: fc.string({ maxLength: 40 }),
  promises: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 3 }),
  outcome: fc.constantFrom('case' as const, 'invalid' as const),
  invalidReason: fc.constantFrom(null, ...INVALID_REASONS),
});

describe('the record of a call', () => {
  it('comes back from its draft as it was, so that a call sent again is the same form under the same key', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const stored = CALL_DRAFT_FORM.parse(JSON.parse(JSON.stringify(toDraftForm(entry))));
        const back = entryOfDraft(stored as ReturnType<typeof toDraftForm>);
        expect(back).toEqual(entry);
        expect(JSON.stringify(toCallForm(back))).toBe(JSON.stringify(toCallForm(entry)));
      }),
    );
  });

  it('is taken by the service whenever the page finds nothing wrong with it', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const withoutControls = {
          ...entry,
          accusedUnit: entry.accusedUnit.replaceAll('\t', ''),
          place: '',
          callerName: '',
        };
        const form = toCallForm({ ...withoutControls, callerPhone: '' });
        if (problemsOf(entry).length === 0) expect(CALL_FORM.safeParse(form).success).toBe(true);
      }),
    );
  });

  it('sends neither name nor telephone of a caller who stays anonymous, and keeps both in the draft', () => {
    const entry = { ...blankEntry(), callerName: '王某', callerPhone: '13900000000', anonymous: true };
    expect(toCallForm(entry)).not.toHaveProperty('callerName');
    expect(toCallForm(entry)).not.toHaveProperty('callerPhone');
    expect(toDraftForm(entry)).toMatchObject({ callerName: '王某', callerPhone: '13900000000' });
  });

  it('leaves out the reason of an invalid call once it has become a case', () => {
    const entry: CallEntry = { ...blankEntry(), text: '学校收费', invalidReason: 'silence' };
    expect(toCallForm(entry)).not.toHaveProperty('invalidReason');
  });

  it('names what is missing by its field', () => {
    expect(problemsOf(blankEntry())).toEqual([{ field: 'text', problem: 'text-missing' }]);
    expect(problemsOf({ ...blankEntry(), outcome: 'invalid' })).toEqual([
      { field: 'invalidReason', problem: 'reason-missing' },
    ]);
    expect(problemsOf({ ...blankEntry(), text: '字'.repeat(50_001) })).toEqual([
      { field: 'text', problem: 'too-long' },
    ]);
    expect(problemsOf({ ...blankEntry(), transcript: '来电人:学校收费' })).toEqual([]);
  });

  it('is blank only while nothing was typed: a choice alone is not worth a draft', () => {
    expect(isBlank(blankEntry('call-7'))).toBe(true);
    expect(isBlank({ ...blankEntry(), anonymous: true })).toBe(true);
    expect(isBlank({ ...blankEntry(), place: '兰州' })).toBe(false);
  });

  it('is read as the service will read it when it is saved', () => {
    expect(spokenText({ ...blankEntry(), text: '记录', transcript: '来电人:话' })).toBe('记录\n来电人:话');
    expect(spokenText({ ...blankEntry(), text: ' ', transcript: '来电人:话' })).toBe('来电人:话');
  });
});
