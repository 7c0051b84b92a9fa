import { describe, expect, test } from 'vitest';
import type { CaseVerdict } from '../../../src/domain/case-file.ts';
import { aVerdict, caseAfter, CONFIRM, order, outcomeOf, PROPOSE, REGISTER } from './case-builders.ts';

const REQUEST = { kind: 'complaint', lane: 'request', unit: 'FIN', deny: [] } as const;

function splitting(changes: Partial<CaseVerdict> = {}) {
  return order({ type: 'split', into: 8, leaves: { ...REQUEST, ...changes } }, 'triage');
}

describe('taking a matter out of a letter', () => {
  const judged = caseAfter(REGISTER, PROPOSE);

  test('leaves one event and changes nothing else of the case', () => {
    const after = caseAfter(REGISTER, PROPOSE, CONFIRM, splitting());
    const before = caseAfter(REGISTER, PROPOSE, CONFIRM);
    expect(after).toEqual({ ...before, version: before.version + 1 });
  });

  test.each([
    ['an accusation by its sort', { kind: 'accusation' }, 'accusation-stays'],
    ['an accusation by its lane', { lane: 'accusation' }, 'accusation-stays'],
    ['sealed matter', { lane: 'sealed' }, 'accusation-stays'],
    ['what no unit of ours can act on', { unit: 'NONEDU' }, 'not-a-unit'],
    ['what goes to a unit that its own part accuses', { deny: ['FIN'] }, 'unit-denied'],
  ] as const)('is refused for %s', (_what, changes, reason) => {
    expect(outcomeOf(judged, splitting(changes))).toEqual(reason);
  });

  test('is refused before anybody said what the letter is about', () => {
    expect(outcomeOf(caseAfter(REGISTER), splitting())).toEqual('no-verdict');
  });

  test('is refused for a letter that goes up sealed, whole', () => {
    const sealed = order({ type: 'propose-verdict', verdict: aVerdict({ lane: 'sealed' }) }, 'system');
    expect(outcomeOf(caseAfter(REGISTER, sealed), splitting())).toEqual('sealed-not-split');
  });

  test('is refused once the letter has been answered or filed', () => {
    expect(outcomeOf({ ...judged, state: 'ARCHIVED' }, splitting())).toEqual('wrong-state');
  });
});
