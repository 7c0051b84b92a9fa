import type { AutomaticReason, DeliveryReport } from './item.ts';
import type { Field } from './mail-fields.ts';

/** What is known of a mail when it is asked whether a person wrote it. */
export type AutomaticEvidence = {
  readonly fields: readonly Field[];
  /** Sender by strict grammar, lower case; "" when there is none. */
  readonly sender: string;
  /** `From: <>`. */
  readonly fromNobody: boolean;
  /** "" for the null path, null without the field. */
  readonly returnPath: string | null;
  readonly messageId: string | null;
  readonly subject: string;
  readonly text: string;
  /** Types of the root and of every leaf. */
  readonly types: readonly string[];
  readonly calendarMethod: string | null;
  readonly recipientCount: number;
  readonly delivery: DeliveryReport | null;
};

export type OwnNames = { readonly ownAddresses: readonly string[]; readonly ownDomains: readonly string[] };

/**
 * One sign that no person is waiting for an answer.
 * `strong` makes the mail automatic. `weak` only withholds the acknowledgement, and two weak ones of different reasons
 * make it automatic. `words` were chosen by whoever wrote them: they join a weak sign, never another one, so that a
 * complaint titled 《自动回复系统乱收费》 stays a complaint. `alone` joins nothing.
 */
export type Sign = {
  readonly weight: 'strong' | 'weak' | 'words' | 'alone';
  readonly reason: AutomaticReason;
  readonly evidence: string;
};
