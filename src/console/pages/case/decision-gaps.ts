import {
  accusedOf,
  correctionOf,
  deniedUnits,
  isUnit,
  sameUnits,
  type CaseBody,
  type DecisionDraft,
} from './decision-draft.ts';

/** Why a decision cannot be sent yet. */
export type DecisionGap = 'accused' | 'category-missing' | 'unit-denied' | 'reason' | 'nothing-corrected' | 'no-unit';

type Lacks = (draft: DecisionDraft, seen: CaseBody) => boolean;

const GAPS: readonly (readonly [DecisionGap, Lacks])[] = [
  ['accused', ({ accused, nobodyAccused }) => accused.length === 0 && !nobodyAccused],
  ['category-missing', lacksCategory],
  ['unit-denied', goesToDenied],
  ['reason', ({ correcting, reason }) => correcting && reason.trim() === ''],
  ['nothing-corrected', (draft, seen) => draft.correcting && !corrects(draft, seen)],
  ['no-unit', ({ assigning, assignTo }) => assigning && assignTo === null],
];

export function gapsOf(draft: DecisionDraft, seen: CaseBody): readonly DecisionGap[] {
  return GAPS.filter(([, lacks]) => lacks(draft, seen)).map(([gap]) => gap);
}

/** Complaints and accusations that the department itself handles need one of the eight. */
function lacksCategory({ fields }: DecisionDraft): boolean {
  const grievance = fields.kind === 'complaint' || fields.kind === 'accusation';
  return grievance && fields.category === null && isUnit(fields.unit) && fields.lane !== 'sealed';
}

function goesToDenied({ fields, accused, assigning, assignTo }: DecisionDraft, seen: CaseBody): boolean {
  if (accused.includes(fields.unit)) return true;
  return assigning && assignTo !== null && (accused.includes(assignTo) || deniedUnits(seen).has(assignTo));
}

function corrects({ fields, accused }: DecisionDraft, seen: CaseBody): boolean {
  if (seen.verdict === null) return false;
  return Object.keys(correctionOf(fields, seen.verdict)).length > 0 || !sameUnits(accused, accusedOf(seen));
}
