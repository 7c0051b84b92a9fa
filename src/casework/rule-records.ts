import type { RuleFile, RuleProblem } from '../rules/rule-problem.ts';
import type { ShadowReport } from '../rules/shadow-report.ts';
import type { Verdict } from '../rules/verdict.ts';

/** What people said about a version of the rules. */
export const RULE_STATES = ['proposed', 'approved', 'rejected'] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** How a version came into force. `installed`: its files lay beside the program, and nobody had chosen another. */
export const ACTIVATION_KINDS = ['installed', 'activated', 'rolled-back'] as const;
export type ActivationKind = (typeof ACTIVATION_KINDS)[number];

export type RuleVersion = {
  readonly version: string;
  readonly state: RuleState;
  readonly proposedBy: number;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly why: string;
  readonly judgedBy: number | null;
  readonly judgedByName: string | null;
  readonly judgedAt: Date | null;
  readonly judgement: string | null;
};

export type RuleActivation = {
  readonly version: string;
  readonly how: ActivationKind;
  readonly insteadOf: string | null;
  readonly by: number;
  readonly byName: string;
  readonly reason: string;
  readonly at: Date;
};

/** Why an order about rules is not carried out. */
export const RULE_REFUSALS = [
  'role', // not for this role
  'unknown', // no such version
  'same-person', // who proposed it may not approve it
  'judged-already', // approved or rejected before
  'not-approved', // nobody approved it
  'in-force', // it is in force
  'nothing-before', // there is nothing to go back to
  'check-failed', // this program does not accept its files
  'units-in-use', // it lacks a unit that has open cases
] as const;
export type RuleRefusal = (typeof RULE_REFUSALS)[number];

export type RuleOutcome =
  | { readonly kind: 'done'; readonly version: string }
  | { readonly kind: 'refused'; readonly reason: RuleRefusal; readonly units?: readonly string[] };

/** What a trial of files says: everything wrong with them at once, or what they are. Made in a process of its own. */
export type RuleTrial =
  | { readonly kind: 'ok'; readonly version: string; readonly units: readonly string[]; readonly examples: number }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] };

export type ProposeOutcome =
  | { readonly kind: 'proposed'; readonly version: string; readonly examples: number }
  | { readonly kind: 'known'; readonly version: string; readonly state: RuleState }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] }
  | { readonly kind: 'refused'; readonly reason: RuleRefusal; readonly units?: readonly string[] };

export type NewRuleVersion = {
  readonly version: string;
  readonly files: readonly RuleFile[];
  readonly proposedBy: number;
  readonly why: string;
};

/** A text on which the rules in force and the shadow were both asked. */
export type ShadowPair = { readonly itemId: number; readonly inForce: Verdict; readonly shadow: Verdict };

/** The version that is tried beside the rules in force, and what it would have done otherwise so far. */
export type RunningShadow = { readonly version: string; readonly since: Date; readonly report: ShadowReport };

/** Which rules are in force, how that came about, and whether everybody follows. */
export type RulesView = {
  /** What the answering process works by. `refused`: the version in force, should it not check there. */
  readonly here: { readonly version: string; readonly refused: string | null };
  /** The newest first: its first entry is in force. */
  readonly history: readonly RuleActivation[];
  readonly shadow: { readonly version: string; readonly since: Date } | null;
  /** Processes that judge: all, and those in which the version in force does not check. */
  readonly followers: { readonly all: number; readonly refusing: number };
};
