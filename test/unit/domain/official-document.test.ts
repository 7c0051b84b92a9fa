import { describe, expect, it } from 'vitest';
import {
  decideDocument,
  DOCUMENT_ACTS,
  DOCUMENT_ROLES,
  documentNumber,
  type DocumentState,
} from '../../../src/domain/official-document.ts';
import { ROLES } from '../../../src/domain/vocabulary.ts';

const AUTHOR = 11;
const SECOND = { userId: 12, role: 'supervisor' } as const;
const file = (state: DocumentState) => ({ state, draftedBy: AUTHOR });

describe('a document', () => {
  it('is drafted by one, approved and signed by another, and then delivered', () => {
    expect(decideDocument(file('draft'), 'approve', SECOND)).toEqual({ kind: 'accepted', state: 'approved' });
    expect(decideDocument(file('approved'), 'sign', SECOND)).toEqual({ kind: 'accepted', state: 'signed' });
    expect(decideDocument(file('signed'), 'deliver', SECOND)).toEqual({ kind: 'accepted', state: 'delivered' });
    expect(decideDocument(file('delivered'), 'deliver', SECOND)).toEqual({ kind: 'accepted', state: 'delivered' });
  });

  it.each(['approve', 'sign'] as const)('needs a second person to %s it', (act) => {
    const state = act === 'approve' ? 'draft' : 'approved';
    const refused = { kind: 'refused', reason: 'same-person' };
    expect(decideDocument(file(state), act, { userId: AUTHOR, role: 'supervisor' })).toEqual(refused);
  });

  it('that is revised has to be approved again', () => {
    expect(decideDocument(file('approved'), 'revise', SECOND)).toEqual({ kind: 'accepted', state: 'draft' });
    expect(decideDocument(file('draft'), 'sign', SECOND)).toEqual({ kind: 'refused', reason: 'not-approved' });
    expect(decideDocument(file('approved'), 'approve', SECOND)).toEqual({ kind: 'refused', reason: 'not-a-draft' });
  });

  it('once signed is never altered, and only then delivered', () => {
    for (const state of ['signed', 'delivered'] as const)
      for (const act of ['revise', 'approve', 'sign'] as const)
        expect(decideDocument(file(state), act, SECOND)).toEqual({ kind: 'refused', reason: 'already-signed' });
    for (const state of ['draft', 'approved'] as const)
      expect(decideDocument(file(state), 'deliver', SECOND)).toEqual({ kind: 'refused', reason: 'not-signed' });
  });

  it('is never touched by the machine, nor by a role without the right', () => {
    for (const act of DOCUMENT_ACTS) {
      if (act === 'draft') continue;
      for (const role of ROLES.filter((one) => !DOCUMENT_ROLES[act].includes(one)))
        expect(decideDocument(file('draft'), act, { userId: 99, role })).toEqual({
          kind: 'refused',
          reason: 'role-not-allowed',
        });
    }
    for (const roles of Object.values(DOCUMENT_ROLES)) expect(roles).not.toContain('system');
  });

  it('has a number with the year in full and no leading zeros', () => {
    expect(documentNumber('受告', 2026, 1)).toBe('甘教效受告〔2026〕1号');
  });
});
