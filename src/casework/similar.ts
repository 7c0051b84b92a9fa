import type { CaseState } from '../domain/case-states.ts';

/** A case whose text is much like another text. A suggestion: a person decides whether it is the same matter. */
export type SimilarCase = {
  readonly id: number;
  readonly number: string;
  readonly receivedAt: Date;
  readonly subject: string;
  readonly snippet: string;
  readonly state: CaseState;
  /** 0 to 1: how much of the rarer words of the shorter text stand in the other. */
  readonly likeness: number;
};
