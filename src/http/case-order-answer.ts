import { z } from 'zod';
import type { ChangeResult } from '../casework/change-case.ts';
import type { Claim } from '../casework/claim-case.ts';
import type { CaseProjection } from '../casework/records.ts';
import type { ClaimRefusal } from '../domain/case-claim.ts';
import { showDue } from './beijing-time.ts';
import type { Names } from './names.ts';
import { invalidField, Problem, problemResponses, type ProblemDetails } from './problems.ts';

const DONE = z.object({ version: z.int() }).describe('The version that the case has now.');

/** What every order to a case can be answered with. */
export const response = { 200: DONE, ...problemResponses('write', 'not-found', 'stale', 'refused') };

/** A unit that is in no registry would be denied nothing and could be handed anything. */
export function requireUnits(names: Names, field: string, units: readonly string[]): void {
  if (units.some((unit) => names.unit(unit) === null)) throw invalidField(field, '没有这个单位');
}

export function answer(result: ChangeResult, wanted: Partial<CaseProjection>): z.output<typeof DONE> {
  return result.kind === 'changed' ? { version: result.version } : refuse(result, wanted);
}

/** Ends the request: nothing was changed, and why. */
export function refuse(
  result: Exclude<ChangeResult, { readonly kind: 'changed' }>,
  wanted: Partial<CaseProjection>,
): never {
  switch (result.kind) {
    case 'not-found':
      throw new Problem('not-found');
    case 'refused':
      if (result.reason === 'role-not-allowed') throw new Problem('forbidden');
      throw new Problem('refused', { reason: result.reason, detail: result.message });
    case 'claimed':
      throw claimed(result.claim);
    case 'stale':
      throw new Problem('stale', { version: result.version, differences: differences(wanted, result.current) });
  }
}

/** Another has the case in hand: who, and until when. */
export function claimed(claim: Claim): Problem {
  const detail = `本件正由${claim.by.name}领办，${showDue(claim.until)}前他人不能办理；确有需要的，请督办岗位接办`;
  return new Problem('refused', { reason: 'claimed-by-other' satisfies ClaimRefusal, detail, claim });
}

const SHOWN: readonly (keyof CaseProjection)[] = [
  'state',
  'kind',
  'category',
  'secondary',
  'lane',
  'unit',
  'targetLevel',
  'targetName',
  'urgent',
  'confirmed',
  'assignedUnit',
  'assignedUser',
];

/** Field by field: what the case says now, beside what was wanted where that differs. */
function differences(wanted: Partial<CaseProjection>, current: CaseProjection): ProblemDetails['differences'] {
  return SHOWN.filter((field) => !(field in wanted) || wanted[field] !== current[field]).map((field) => ({
    field,
    ...(field in wanted ? { yours: wanted[field] } : {}),
    now: current[field],
  }));
}
