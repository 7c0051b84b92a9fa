import type { Category, Channel, Kind, Lane, Level } from '../domain/vocabulary.ts';

/** What the classifier reads. `text` may hold speaker turns ("话务员:", "spk0:") when the channel is phone. */
export type ClassifyInput = {
  readonly channel: Channel;
  readonly subject?: string | undefined;
  readonly text: string;
};

/** Why: a rule and the exact words. Offsets are UTF-16 units into `subject + "\n" + text`, or into `text` when there is no subject. */
export type Evidence = { readonly rule: string; readonly start: number; readonly end: number; readonly text: string };

/** Unit ids come from rules/units.yaml; two more words may stand where a unit stands. */
export type UnitAnswer = string | 'NONEDU' | 'UNRESOLVED';

/** What the rules concluded about one text. `unit` is the handler that may receive it and is never one of `deny`. */
export type Verdict = {
  readonly kind: Kind;
  readonly category: Category | null;
  readonly secondary: Category | null;
  readonly unit: UnitAnswer;
  readonly target: { readonly level: Level; readonly name: string | null };
  readonly accused: readonly string[];
  readonly deny: readonly string[];
  readonly lane: Lane;
  readonly urgent: boolean;
  /** How often an answer like this one is right, of 1; measured on held-out texts (docs/classification.md). */
  readonly confidence: number;
  readonly review: boolean;
  readonly evidence: readonly Evidence[];
  /** Words that looked like evidence and did not count (negated, quoted, contrasted ...), and why. */
  readonly ignored: readonly (Evidence & { readonly why: string })[];
  /** Every category with a score above 0, best first: what lost, and by how much. */
  readonly scores: readonly { readonly category: Category; readonly score: number }[];
  /** What the second reader thinks: it decides nothing, but whether it agrees tells how certain the rules may be. */
  readonly vote: { readonly category: Category | null; readonly share: number };
  /** The letter holds more than one matter: how it could be taken apart. Absent: one matter. A person decides. */
  readonly split?: readonly SplitPart[];
};

/**
 * One matter of a mixed letter. A request can leave for its unit as `summary`, which holds none of the citizen's words; an
 * accusation stays where the letter is and has none.
 */
export type SplitPart = {
  readonly role: 'request' | 'accusation';
  /** Where it stands, in the offsets of `Evidence`. */
  readonly sentences: readonly { readonly start: number; readonly end: number }[];
  readonly category: Category | null;
  readonly unit: UnitAnswer;
  readonly target: Verdict['target'];
  readonly urgent: boolean;
  /** Units that these sentences by themselves accuse. */
  readonly deny: readonly string[];
  readonly summary: string | null;
};
