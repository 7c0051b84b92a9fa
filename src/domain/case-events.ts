import type { AckRefusal } from './acknowledgement.ts';
import type { CaseNumber } from './case-number.ts';
import type { CaseState, Folding } from './case-states.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { AckOutcome, CancelReason, CaseClock, CaseVerdict } from './case-file.ts';
import type { Finding } from './case-reasons.ts';
import type { DeadlineKind } from './deadlines.ts';
import type { LifeHappening } from './case-life-events.ts';
import type { LadderStep, SkipReason } from './ladder.ts';
import type { NoteRef } from './note-ref.ts';
import type { Channel, Profile } from './vocabulary.ts';

/** Why a task waits for a person. */
export const PERSON_REASONS = {
  'acknowledgement-withheld': '收件回复未自动发出，需人工告知',
  'acknowledgement-failed': '收件回复发送失败，需人工告知',
  'acknowledgement-bounced': '收件回复被退回，需人工告知',
  'unreadable-item': '来件无法自动读取，需人工阅读',
  'callback-promised': '已与来电人约定回电',
  'extension-granted': '延期已批准，须将理由告知来信来电人',
  other: '需人工处理',
} as const;
export type PersonReason = keyof typeof PERSON_REASONS;

/** Why an assignment ended without being done. */
export type RevokeReason = 'conflict' | 'sealed' | 'no-unit';

/** How an old case ended, as its register has it. `on` null: on a day that nobody wrote down. */
export type OldClosing = { readonly on: CalendarDate | null; readonly finding: Finding | null };

/** An event before it is known who caused it and when. */
export type Happening =
  | {
      readonly type: 'case-opened';
      readonly number: CaseNumber;
      readonly channel: Channel;
      readonly profile: Profile;
      readonly receivedAt: string;
    }
  | LifeHappening
  | { readonly type: 'case-registered' }
  | { readonly type: 'case-folded'; readonly as: Folding; readonly into: number | null }
  | { readonly type: 'case-unfolded'; readonly state: CaseState }
  | { readonly type: 'verdict-proposed'; readonly verdict: CaseVerdict }
  | { readonly type: 'verdict-confirmed'; readonly verdict: CaseVerdict; readonly state: CaseState }
  | {
      readonly type: 'verdict-corrected';
      readonly verdict: CaseVerdict;
      readonly state: CaseState;
      readonly note: NoteRef;
    }
  | { readonly type: 'assignment-revoked'; readonly unit: string; readonly reason: RevokeReason }
  | { readonly type: 'note-added'; readonly note: NoteRef }
  /** A request left for a case of its own, `into`. */
  | { readonly type: 'case-split'; readonly into: number }
  /** It stood in the office's old register; `note` holds what the register says of it. `closed` null: it still waits. */
  | { readonly type: 'case-imported'; readonly closed: OldClosing | null; readonly note: NoteRef }
  | { readonly type: 'acknowledgement-recorded'; readonly outcome: AckOutcome; readonly withheld: AckRefusal | null }
  | { readonly type: 'deadline-armed'; readonly clock: CaseClock; readonly reason: PersonReason | null }
  | { readonly type: 'deadline-replanned'; readonly clock: CaseClock }
  | { readonly type: 'deadline-met'; readonly kind: DeadlineKind; readonly cycle: number }
  | {
      readonly type: 'deadline-cancelled';
      readonly kind: DeadlineKind;
      readonly cycle: number;
      readonly reason: CancelReason;
    }
  | {
      readonly type: 'step-taken';
      readonly kind: DeadlineKind;
      readonly cycle: number;
      readonly step: LadderStep;
      readonly late: boolean;
    }
  | {
      readonly type: 'step-skipped';
      readonly kind: DeadlineKind;
      readonly cycle: number;
      readonly step: LadderStep;
      readonly reason: SkipReason;
    };

/** What happened to a case: JSON-safe, instants in ISO 8601 UTC, no personal data. `by` is the acting user's id. */
export type CaseEvent = Happening & { readonly at: string; readonly by: number };
export type CaseEventType = CaseEvent['type'];
