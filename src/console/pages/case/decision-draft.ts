import type { components } from '../../api/schema.ts';

export type CaseBody = components['schemas']['Case'];
export type VerdictBody = NonNullable<CaseBody['verdict']>;
export type Category = NonNullable<VerdictBody['category']>['code'];

/** The fields of a verdict that a person may correct, as codes. */
export type VerdictFields = {
  readonly kind: string;
  readonly category: Category | null;
  readonly secondary: Category | null;
  readonly lane: string;
  readonly unit: string;
  readonly level: string;
  readonly place: string | null;
  readonly urgent: boolean;
};

/** What an officer has filled in about a case and not yet sent. */
export type DecisionDraft = {
  readonly correcting: boolean;
  readonly fields: VerdictFields;
  readonly accused: readonly string[];
  /** He says that nobody is accused. An empty list alone does not say so: he may not have got to it yet. */
  readonly nobodyAccused: boolean;
  readonly reason: string;
  readonly assigning: boolean;
  readonly assignTo: string | null;
};

/** States in which a verdict can still be corrected, and those in which a case can be handed on. The service has the last word. */
const CORRECTABLE: readonly string[] = ['TRIAGE', 'ACCEPTED', 'DISPATCHED', 'SEALED'];
const ASSIGNABLE: readonly string[] = ['TRIAGE', 'ACCEPTED', 'DISPATCHED'];

export function canConfirm({ verdict, confirmed, state }: CaseBody): boolean {
  return verdict !== null && !confirmed && (state.code === 'TRIAGE' || state.code === 'REGISTERED');
}

export function canCorrect({ verdict, state }: CaseBody): boolean {
  return verdict !== null && CORRECTABLE.includes(state.code);
}

/** Whether a case with these fields can be handed to a unit at all. */
export function canAssign({ state }: CaseBody, fields: VerdictFields): boolean {
  return ASSIGNABLE.includes(state.code) && fields.lane !== 'sealed' && isUnit(fields.unit);
}

/** NONEDU is another body's business, UNRESOLVED nobody's yet. */
export function isUnit(unit: string): boolean {
  return unit !== '' && unit !== 'NONEDU' && unit !== 'UNRESOLVED';
}

export function fieldsOf(verdict: VerdictBody): VerdictFields {
  return {
    kind: verdict.kind.code,
    category: verdict.category?.code ?? null,
    secondary: verdict.secondary?.code ?? null,
    lane: verdict.lane.code,
    unit: verdict.unit.code,
    level: verdict.target.level.code,
    place: verdict.target.name,
    urgent: verdict.urgent,
  };
}

/** Units under one suspicion, and the words of the text that gave rise to it. */
export type Suspect = NonNullable<VerdictBody['proposal']>['suspects'][number];

export function suspectsOf({ verdict }: CaseBody): readonly Suspect[] {
  return verdict?.proposal?.suspects ?? [];
}

/** The accused in question: as a person confirmed them, before that whom the rules suspect. */
export function accusedOf(body: CaseBody): readonly string[] {
  const units = body.confirmed ? (body.verdict?.accused ?? []) : suspectsOf(body).flatMap((suspect) => suspect.units);
  return [...new Set(units.map(({ code }) => code))];
}

/** The form as it opens: what the rules propose, all of their suspects chosen, to be handed to the unit in the verdict. */
export function draftOf(body: CaseBody): DecisionDraft | null {
  const { verdict, assignedUnit } = body;
  if (verdict === null) return null;
  const fields = fieldsOf(verdict);
  const accused = accusedOf(body);
  const unit = assignedUnit?.code ?? fields.unit;
  const free = isUnit(unit) && !deniedUnits(body).has(unit) && !accused.includes(unit);
  return {
    correcting: false,
    fields,
    accused,
    nobodyAccused: accused.length === 0,
    reason: '',
    assigning: free && assignedUnit === null && canAssign(body, fields),
    assignTo: free ? unit : null,
  };
}

/** Units that must not receive the case, each with who said so. What the officer has just chosen is not in it. */
export function deniedUnits({ verdict, confirmed, denials }: CaseBody): ReadonlyMap<string, 'rules' | 'person'> {
  const proposed = confirmed ? [] : (verdict?.proposal?.deny ?? []);
  return new Map([
    ...proposed.map(({ code }) => [code, 'rules'] as const),
    ...denials.map(({ unit, source }) => [unit.code, source] as const),
  ]);
}

/** Whether anything was typed or chosen that a newer case would wipe out. */
export function isTouched(draft: DecisionDraft, base: CaseBody): boolean {
  return JSON.stringify(draft) !== JSON.stringify(draftOf(base));
}

export type Correction = Partial<Omit<VerdictFields, 'level' | 'place'>> & {
  readonly target?: { readonly level: string; readonly name: string | null };
};

/** Only what differs from the verdict that the officer was looking at. */
export function correctionOf(fields: VerdictFields, base: VerdictBody): Correction {
  const was = fieldsOf(base);
  const plain = (['kind', 'category', 'secondary', 'lane', 'unit', 'urgent'] as const).filter(
    (name) => fields[name] !== was[name],
  );
  const target = fields.level !== was.level || fields.place !== was.place;
  return {
    ...Object.fromEntries(plain.map((name) => [name, fields[name]])),
    ...(target ? { target: { level: fields.level, name: fields.place } } : {}),
  };
}

export function sameUnits(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((unit) => b.includes(unit));
}
