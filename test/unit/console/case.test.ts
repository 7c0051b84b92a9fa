import { describe, expect, test } from 'vitest';
import { compareVersions, rebase } from '../../../src/console/pages/case/compare-versions.ts';
import {
  accusedOf,
  canAssign,
  canConfirm,
  correctionOf,
  draftOf,
  fieldsOf,
  isTouched,
  type CaseBody,
  type DecisionDraft,
  type VerdictBody,
} from '../../../src/console/pages/case/decision-draft.ts';
import { gapsOf } from '../../../src/console/pages/case/decision-gaps.ts';
import { fileSize } from '../../../src/console/pages/case/file-size.ts';
import { changesByOthers } from '../../../src/console/pages/case/people-changes.ts';

const coded = (code: string) => ({ code, name: `name of ${code}` });
const category = (code: 1 | 5 | 7) => ({ code, name: `category ${code}` });
const rules = { id: 1, name: 'system', role: 'system' } as const;
const officer = { id: 7, name: '甲', role: 'triage' } as const;

function aVerdict(changes: Partial<VerdictBody> = {}): VerdictBody {
  return {
    source: 'rules',
    at: '2026-07-25T02:00:00Z',
    by: rules,
    reason: null,
    kind: coded('complaint'),
    category: category(7),
    secondary: null,
    lane: coded('request'),
    unit: coded('BASIC'),
    target: { level: coded('county'), name: '某县' },
    urgent: false,
    review: false,
    confidence: 0.8,
    accused: [],
    proposal: {
      itemId: 11,
      at: '2026-07-25T02:00:00Z',
      rulesVersion: 'v',
      kind: coded('complaint'),
      category: category(7),
      unit: coded('BASIC'),
      lane: coded('request'),
      accused: [coded('财务处')],
      suspects: [{ units: [coded('FIN')], words: ['财务处'], reason: '提到财务处' }],
      deny: [coded('FIN'), coded('AUDIT')],
      evidence: [],
      ignored: [],
      scores: [],
      split: [],
    },
    ...changes,
  };
}

function aCase(changes: Partial<CaseBody> = {}): CaseBody {
  return {
    id: 3,
    number: '123456789',
    numberShown: '123 456 789',
    state: coded('TRIAGE'),
    foldedAs: null,
    profile: '2022',
    channel: coded('email'),
    receivedAt: '2026-07-25T02:00:00Z',
    openedAt: '2026-07-25T02:00:00Z',
    changedAt: '2026-07-25T02:00:00Z',
    version: 4,
    urgent: false,
    confirmed: false,
    assignedUnit: null,
    claim: null,
    owner: coded('office'),
    flags: [],
    told: false,
    helperUnits: [],
    extendedDays: 0,
    finding: null,
    satisfaction: null,
    closedAs: null,
    reviewStage: null,
    clue: null,
    verdict: aVerdict(),
    clocks: [],
    letters: [],
    items: [],
    notes: [],
    assignments: [],
    denials: [],
    tasks: [],
    history: [],
    omitted: { items: 0, history: 0 },
    ...changes,
  };
}

function aDraft(changes: Partial<DecisionDraft> = {}, body: CaseBody = aCase()): DecisionDraft {
  const draft = draftOf(body);
  if (draft === null) throw new Error('this case has a verdict');
  return { ...draft, ...changes };
}

describe('the decision as it opens', () => {
  test('everybody the rules suspect is chosen, and the case goes to the unit they propose', () => {
    expect(aDraft()).toMatchObject({ accused: ['FIN'], nobodyAccused: false, assigning: true, assignTo: 'BASIC' });
  });

  test('when the rules suspect nobody, that nobody is accused is said', () => {
    const body = aCase({ verdict: aVerdict({ proposal: null }) });
    expect(aDraft({}, body)).toMatchObject({ accused: [], nobodyAccused: true });
  });

  test('leaders stand for every unit that they head', () => {
    const verdict = aVerdict();
    const leaders = { units: [coded('BASIC'), coded('FIN')], words: ['副厅长'], reason: '提到厅领导' };
    const mentioned = { units: [coded('FIN')], words: ['财务处'], reason: '提到财务处' };
    const proposal = verdict.proposal && { ...verdict.proposal, suspects: [leaders, mentioned] };
    expect(accusedOf(aCase({ verdict: { ...verdict, proposal } }))).toEqual(['BASIC', 'FIN']);
  });

  test('after a person has confirmed, his list of the accused counts and not that of the rules', () => {
    expect(accusedOf(aCase({ confirmed: true, verdict: aVerdict({ accused: [coded('BASIC')] }) }))).toEqual(['BASIC']);
    expect(accusedOf(aCase({ confirmed: true }))).toEqual([]);
  });

  test('a unit that must not receive the case is never preset', () => {
    const body = aCase({ verdict: aVerdict({ unit: coded('AUDIT') }) });
    expect(aDraft({}, body)).toMatchObject({ assigning: false, assignTo: null });
  });

  test('what is sealed or nobody’s business is not assigned', () => {
    const fields = fieldsOf(aVerdict());
    expect(canAssign(aCase(), fields)).toBe(true);
    expect(canAssign(aCase(), { ...fields, lane: 'sealed' })).toBe(false);
    expect(canAssign(aCase(), { ...fields, unit: 'NONEDU' })).toBe(false);
    expect(canAssign(aCase({ state: coded('CLOSED') }), fields)).toBe(false);
  });

  test('what is confirmed already is not confirmed again', () => {
    expect(canConfirm(aCase())).toBe(true);
    expect(canConfirm(aCase({ confirmed: true }))).toBe(false);
    expect(canConfirm(aCase({ verdict: null }))).toBe(false);
  });

  test('a form as it opened is untouched, and any change touches it', () => {
    expect(isTouched(aDraft(), aCase())).toBe(false);
    expect(isTouched(aDraft({ reason: '理' }), aCase())).toBe(true);
  });
});

describe('what a decision lacks', () => {
  test('as proposed it lacks nothing', () => {
    expect(gapsOf(aDraft(), aCase())).toEqual([]);
  });

  test('striking every suspect is not yet saying that nobody is accused', () => {
    expect(gapsOf(aDraft({ accused: [] }), aCase())).toEqual(['accused']);
    expect(gapsOf(aDraft({ accused: [], nobodyAccused: true }), aCase())).toEqual([]);
  });

  test('a correction needs a change and a reason', () => {
    expect(gapsOf(aDraft({ correcting: true }), aCase())).toEqual(['reason', 'nothing-corrected']);
    const fields = { ...fieldsOf(aVerdict()), category: 5 as const };
    expect(gapsOf(aDraft({ correcting: true, reason: '并非收费问题', fields }), aCase())).toEqual([]);
  });

  test('an accused unit can neither handle the case nor receive it', () => {
    expect(gapsOf(aDraft({ accused: ['BASIC'] }), aCase())).toEqual(['unit-denied']);
    expect(gapsOf(aDraft({ assignTo: 'AUDIT' }), aCase())).toEqual(['unit-denied']);
  });

  test('a grievance without a category has to be corrected first', () => {
    const body = aCase({ verdict: aVerdict({ category: null }) });
    expect(gapsOf(aDraft({}, body), body)).toEqual(['category-missing']);
  });

  test('assigning needs a unit', () => {
    expect(gapsOf(aDraft({ assignTo: null }), aCase())).toEqual(['no-unit']);
  });
});

describe('a correction', () => {
  test('sends only what differs', () => {
    expect(correctionOf(fieldsOf(aVerdict()), aVerdict())).toEqual({});
    expect(correctionOf({ ...fieldsOf(aVerdict()), urgent: true, category: null }, aVerdict())).toEqual({
      urgent: true,
      category: null,
    });
  });

  test('sends level and name of the target together', () => {
    expect(correctionOf({ ...fieldsOf(aVerdict()), place: '某市' }, aVerdict())).toEqual({
      target: { level: 'county', name: '某市' },
    });
  });
});

describe('a case that somebody else changed', () => {
  const theirs = aCase({
    version: 6,
    confirmed: true,
    state: coded('ACCEPTED'),
    verdict: aVerdict({ source: 'person', by: officer, category: category(5), accused: [coded('FIN')] }),
  });

  test('shows field by field what was filled in and what it says now', () => {
    const draft = aDraft({ correcting: true, fields: { ...fieldsOf(aVerdict()), category: 1 } });
    expect(compareVersions(aCase(), draft, theirs)).toEqual([
      { field: 'state', yours: 'TRIAGE', own: false, theirs: 'ACCEPTED' },
      { field: 'confirmed', yours: false, own: false, theirs: true },
      { field: 'category', yours: 1, own: true, theirs: 5 },
    ]);
  });

  test('has no difference to settle when only a note was added', () => {
    expect(compareVersions(aCase(), aDraft(), aCase({ version: 5 }))).toEqual([]);
  });

  test('keeps what the officer changed and takes over what he left alone', () => {
    const draft = aDraft({ correcting: true, reason: '理由', fields: { ...fieldsOf(aVerdict()), urgent: true } });
    const kept = rebase(aCase(), draft, theirs, aDraft({}, theirs));
    expect(kept).toMatchObject({ correcting: true, reason: '理由', fields: { urgent: true, category: 5 } });
  });

  test('turns a list of accused of one’s own into a correction when the other has confirmed', () => {
    const kept = rebase(aCase(), aDraft({ accused: ['FIN', 'HR'] }), theirs, aDraft({}, theirs));
    expect(kept).toMatchObject({ correcting: true, accused: ['FIN', 'HR'] });
  });

  test('is told by its history, without readings and without one’s own acts', () => {
    const line = (n: number, by: CaseBody['history'][number]['by'], kind: string) => ({
      n,
      at: '2026-07-25T03:00:00Z',
      by,
      kind,
      itemId: null,
      sentence: kind,
    });
    const me = { ...officer, id: 8 };
    const body = aCase({
      history: [
        line(1, officer, 'note-added'),
        line(2, officer, 'case.read'),
        line(3, me, 'note-added'),
        line(4, officer, 'verdict-confirmed'),
      ],
    });
    expect(changesByOthers(body, 1, me.id).map(({ n }) => n)).toEqual([4]);
  });
});

describe('the size of a file', () => {
  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KB'],
    [3 * 1024 * 1024, '3.0 MB'],
  ])('%i bytes read as %s', (bytes, shown) => {
    expect(fileSize(bytes)).toBe(shown);
  });
});
