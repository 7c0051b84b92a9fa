/** Why an operator closes a call without a case: counted, never thrown away. */
export const INVALID_CALL_REASONS = ['silence', 'hang-up', 'wrong-number', 'abusive', 'test'] as const;
export type InvalidCallReason = (typeof INVALID_CALL_REASONS)[number];

/** The hotline form as the operator saves it. Names, numbers and places are identity: the caller of this code seals them. */
export type CallForm = {
  /** Id of the call in the telephone system: by it the recording and its transcript find the form. */
  readonly callRef?: string;
  /** When the call came in, ISO 8601 with offset. */
  readonly startedAt?: string;
  readonly callerName?: string;
  /** As shown by the telephone or as dictated; `normalisePhone` reads it. Never proof of who rings. */
  readonly callerPhone?: string;
  readonly anonymous: boolean;
  /** The caller asks that nobody outside the office learns who he is. */
  readonly keepSecret: boolean;
  readonly place?: string;
  readonly accusedUnit?: string;
  /** What the operator typed while listening. */
  readonly text: string;
  readonly wants?: string;
  readonly transcript?: string;
  /** What the operator promised, in his own words. */
  readonly promises?: readonly string[];
  readonly outcome: 'case' | 'invalid';
  readonly invalidReason?: InvalidCallReason;
};
