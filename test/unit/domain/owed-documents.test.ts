import { describe, expect, it } from 'vitest';
import { owedDocuments, undraftedOf } from '../../../src/domain/owed-documents.ts';
import { accepted, after, answered, confirmed, dispatched, inProgress } from '../../support/case-courses.ts';
import type { Teller } from '../../support/case-teller.ts';

const owedIn = (teller: Teller) => owedDocuments(teller.told.flatMap(({ events }) => events));
const kindsIn = (teller: Teller) => owedIn(teller).map(({ kind }) => kind);

describe('the documents that a case owes', () => {
  it('are none before anything was decided', () => {
    expect(kindsIn(confirmed())).toEqual([]);
  });

  it('follow from what was decided', () => {
    expect(kindsIn(accepted())).toEqual(['acceptance']);
    expect(kindsIn(after(confirmed(), { type: 'refuse', because: 'judicial', body: null }))).toEqual(['rejection']);
    const to = { level: 'county', name: '某县教育局' } as const;
    expect(kindsIn(after(confirmed(), { type: 'transfer', to, basis: 'lower-level' }))).toEqual(['transfer']);
    expect(kindsIn(dispatched())).toHaveLength(2);
    expect(kindsIn(after(inProgress(), { type: 'request-extension', days: 10 }))).toContain('extension-request');
    expect(kindsIn(answered())).toContain('answer');
  });

  it('of the discipline line are a short feedback and no answer', () => {
    const teller = accepted({ kind: 'accusation', lane: 'accusation', unit: 'DISC' });
    teller.give('discipline', { type: 'take' });
    teller.give('discipline', { type: 'submit-result', finding: 'true', contacted: false, refundFen: null });
    teller.give('triage', { type: 'approve-result' });
    expect(kindsIn(teller)).toContain('feedback');
    expect(kindsIn(teller)).not.toContain('answer');
  });

  it('are owed no more when the citizen has taken the matter back', () => {
    const teller = accepted();
    after(teller, { type: 'retract' });
    expect(kindsIn(teller)).toEqual([]);
  });

  it('are proposed until they are drafted, and again when they are called for again', () => {
    const [owed] = owedIn(accepted());
    if (owed === undefined) throw new Error('unreachable: acceptance is told in writing');
    const at = (ms: number) => new Date(Date.parse(owed.since) + ms);
    expect(undraftedOf([owed], [])).toEqual([owed]);
    expect(undraftedOf([owed], [{ kind: 'answer', draftedAt: at(1) }])).toEqual([owed]);
    expect(undraftedOf([owed], [{ kind: 'acceptance', draftedAt: at(-1) }])).toEqual([owed]);
    expect(undraftedOf([owed], [{ kind: 'acceptance', draftedAt: at(0) }])).toEqual([]);
  });
});
