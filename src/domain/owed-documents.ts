import type { CaseEvent, CaseEventType } from './case-events.ts';
import type { DocumentKind } from './official-document.ts';
import type { Lane } from './vocabulary.ts';

/** A document that follows from what happened to the case; `since`: when that was, ISO 8601. */
export type OwedDocument = { readonly kind: DocumentKind; readonly since: string };

/**
 * Which documents a case owes for what was done to it, oldest first; each kind once, for the last time that it was called for.
 * They are proposals: what is owed is drafted and signed by people.
 */
export function owedDocuments(events: readonly CaseEvent[]): readonly OwedDocument[] {
  const owed = new Map<DocumentKind, string>();
  let lane: Lane | null = null;
  for (const event of events) {
    if ('verdict' in event) ({ lane } = event.verdict);
    if (takesBack(event)) owed.clear();
    const kind = documentFor(event, lane);
    if (kind === null) continue;
    owed.delete(kind);
    owed.set(kind, event.at);
  }
  return [...owed].map(([kind, since]) => ({ kind, since }));
}

/** Those that nobody has drafted since they were called for. */
export function undraftedOf(
  owed: readonly OwedDocument[],
  drafted: readonly { readonly kind: DocumentKind; readonly draftedAt: Date }[],
): readonly OwedDocument[] {
  return owed.filter(
    ({ kind, since }) => !drafted.some((one) => one.kind === kind && one.draftedAt.getTime() >= Date.parse(since)),
  );
}

/** The decision itself is open again, or nobody is owed anything any more. */
function takesBack(event: CaseEvent): boolean {
  if (event.type === 'verdict-corrected') return event.state === 'TRIAGE';
  return event.type === 'case-archived' || (event.type === 'case-closed' && event.as === 'retracted');
}

function documentFor(event: CaseEvent, lane: Lane | null): DocumentKind | null {
  const follows = FOLLOWS[event.type] as ((event: CaseEvent, lane: Lane | null) => DocumentKind | null) | undefined; // by its own type
  return follows === undefined ? null : follows(event, lane);
}

type Follows<T extends CaseEventType> = (
  event: Extract<CaseEvent, { readonly type: T }>,
  lane: Lane | null,
) => DocumentKind | null;

/** What is not here calls for nothing on paper. */
const FOLLOWS: { readonly [T in CaseEventType]?: Follows<T> } = {
  // 信访条例 art. 22, 信访工作条例 art. 23: told in writing within 15 days, and where it went.
  'case-accepted': () => 'acceptance',
  'case-refused': () => 'rejection',
  'case-refused-for-good': () => 'final-rejection', // arts. 35 and 36
  'case-transferred': () => 'transfer',
  'case-dispatched': ({ form }) => (form === 'charge' ? 'assignment' : 'referral'), // art. 22: 转办, 交办
  // arts. 33 and 34: asked for in writing, and the citizen is told why.
  'extension-requested': () => 'extension-request',
  'extension-granted': () => 'extension-notice',
  'result-submitted': () => 'completion-report',
  // art. 32; whoever reports misconduct gets a short feedback instead.
  'result-approved': (_event, lane) => (lane === 'accusation' ? 'feedback' : 'answer'),
  'callback-made': () => 'callback-record',
  'flag-raised': ({ flag }) => (flag === 'supervised' ? 'supervision' : flag === 'urged' ? 'reminder' : null),
};
