import type { Role } from '../domain/vocabulary.ts';
import type { TextField } from '../domain/note-ref.ts';
import type { CaseProjection } from './records.ts';

/** A member of staff. Never a citizen. */
export type PersonRef = { readonly id: number; readonly name: string; readonly role: Role };

/** `about`: an officer's own note, or what a decision needed. */
export type NoteView = {
  readonly id: number;
  readonly by: PersonRef;
  readonly about: 'note' | TextField;
  readonly text: string;
  readonly at: Date;
  /** Who was called to it. */
  readonly mentions: readonly PersonRef[];
};

export type AssignmentView = {
  readonly unit: string;
  readonly part: 'lead' | 'helper';
  readonly user: PersonRef | null;
  readonly by: PersonRef;
  readonly at: Date;
  readonly endedAt: Date | null;
};

/** What the later life of a case has left, as its row shows it. */
export type LifeView = Pick<
  CaseProjection,
  | 'owner'
  | 'flags'
  | 'told'
  | 'helperUnits'
  | 'extendedDays'
  | 'finding'
  | 'satisfaction'
  | 'closedAs'
  | 'reviewStage'
  | 'clue'
>;
