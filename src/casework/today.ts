import type { DeadlineKind } from '../domain/deadlines.ts';
import type { Channel } from '../domain/vocabulary.ts';

/** What waits, as counts of cases that the viewer may see. `dueToday`, `dueSoon` and `overdue` go by the next running clock. */
export type Waiting = {
  readonly unconfirmed: number;
  readonly urgent: number;
  readonly dueToday: number;
  /** Within three working days, today included. */
  readonly dueSoon: number;
  readonly overdue: number;
  readonly openTasks: number;
  /** Calls that the viewer began to enter and has not saved. */
  readonly drafts: number;
};

/** A running clock, as the start page lists it. */
export type DueClock = {
  readonly caseId: number;
  readonly number: string;
  readonly subject: string;
  readonly kind: DeadlineKind;
  readonly dueAt: Date;
  readonly legal: boolean;
};

/** How much came in from `at` on. */
export type IntakeBar = { readonly at: Date } & Readonly<Record<Channel, number>>;

export type LetterCounts = {
  readonly sentToday: number;
  readonly waiting: number;
  /** What a person still has to look after: letters that came back, or of which nobody knows whether they arrived. */
  readonly problems: number;
};

export const HEALTH_PARTS = ['database', 'mailbox', 'reader', 'clocks', 'letters', 'queue'] as const;
export type HealthPart = (typeof HEALTH_PARTS)[number];

/** One part of the service. `code` tells causes apart; `todo` says what an official can do about it, and is null when all is well. */
export type HealthLine = {
  readonly part: HealthPart;
  readonly state: 'ok' | 'warning' | 'failing';
  readonly code: string;
  readonly sentence: string;
  readonly todo: string | null;
};

export type Today = {
  readonly waiting: Waiting;
  readonly due: readonly (DueClock & { readonly workingDaysLeft: number; readonly overdue: boolean })[];
  readonly intake: { readonly hours: readonly IntakeBar[]; readonly days: readonly IntakeBar[] };
  readonly letters: LetterCounts;
  readonly health: readonly HealthLine[];
};
