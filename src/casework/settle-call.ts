import type { ParsedTranscript } from '../intake/item.ts';
import type { Verdict } from '../rules/verdict.ts';
import { NOT_A_MAIL } from './not-a-mail.ts';
import { SYSTEM } from './open-case.ts';
import type { ClaimedItem, SettledItem } from './records.ts';
import { searchTerms } from './search-terms.ts';
import { mergeFlags, type SettleContext, type Settling } from './settle-port.ts';
import { identityContext } from './settle-mail.ts';
import { askPerson, registerCase } from './settle-verdict.ts';

export type ReadTranscript = {
  readonly claimed: ClaimedItem;
  readonly transcript: ParsedTranscript;
  readonly verdict: Verdict;
  readonly rulesVersion: string;
};

/** What nobody could read: the parser gave up, or died over it twice. The raw bytes stay; a person reads them. */
export type Unreadable = {
  readonly claimed: ClaimedItem;
  readonly code: string;
  readonly subject: string;
  readonly from: string;
};

/** A transcript belongs to the call with its id, in whichever order the two arrive; without one it is a case for a person to look at. */
export function settleTranscript(settling: Settling, read: ReadTranscript): void {
  const { claimed, transcript } = read;
  const known = transcript.callId === null ? undefined : settling.callCases.get(transcript.callId);
  if (known === undefined) {
    registerCase(settling, claimed, read);
    if (transcript.callId !== null) settling.callCases.set(transcript.callId, claimed.caseId);
  } else {
    settling.desk.give(claimed.caseId, { type: 'fold', as: 'follow-up', into: known, by: SYSTEM, at: settling.now });
  }
  settling.settled.push({
    ...bare(claimed),
    disposition: known === undefined ? 'case' : 'follow-up',
    caseId: known ?? claimed.caseId,
    flags: mergeFlags(claimed.flags, transcript.flags),
    callRef: transcript.callId,
    text: {
      subject: '',
      body: transcript.text,
      bigrams: searchTerms(transcript.text),
      parts: [],
      attachments: [],
      turns: transcript.turns,
    },
  });
}

export function settleUnreadable(context: SettleContext, settling: Settling, read: Unreadable): void {
  const { claimed } = read;
  registerCase(settling, claimed, null);
  askPerson(context, settling, claimed.caseId, 'unreadable-item');
  settling.tasks.push({ kind: 'read-by-hand', reason: read.code, caseId: claimed.caseId, itemId: claimed.itemId });
  const identity = { from: read.from, address: null, replyTo: [], headers: '' };
  settling.settled.push({
    ...bare(claimed),
    disposition: 'quarantined',
    caseId: claimed.caseId,
    flags: mergeFlags(claimed.flags, ['incomplete']),
    ackSend: claimed.source === 'mail' ? false : null,
    ackReason: claimed.source === 'mail' ? 'unreadable' : null,
    text: {
      subject: read.subject,
      body: '',
      bigrams: searchTerms(read.subject),
      parts: [],
      attachments: [],
      turns: null,
    },
    identity: {
      sealed: context.sealer.seal(Buffer.from(JSON.stringify(identity)), identityContext(claimed.itemId)),
      senderKey: null,
      domainKey: null,
    },
  });
}

function bare(claimed: ClaimedItem): Omit<SettledItem, 'disposition' | 'caseId'> {
  return {
    itemId: claimed.itemId,
    sameAs: null,
    flags: claimed.flags,
    ...NOT_A_MAIL,
    callRef: null,
    text: null,
    identity: null,
  };
}
