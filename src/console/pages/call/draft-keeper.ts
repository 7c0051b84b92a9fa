import { entryOfDraft, isBlank, toDraftForm, type CallDraft, type CallEntry } from './call-entry.ts';

/** A change waits this long for the next one before it is first saved, ms. */
const FIRST_MS = 800;
/** While somebody types: time from one save to the next, ms. With the way there it stays below the 5 s that may be lost. */
const EVERY_MS = 4_000;
/** After no answer, ms. */
const RETRY_MS = 3_000;

export type StoredDraft = { readonly version: number; readonly form: CallDraft['form']; readonly updatedAt: string };
export type PutAnswer =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'stale' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused' };

/** Where drafts are kept. None of these throws. */
export type DraftPorts = {
  put(draft: {
    readonly id: string;
    readonly version: number;
    readonly form: CallDraft['form'];
    /** The page may be gone before the answer is there. */
    readonly leaving: boolean;
  }): Promise<PutAnswer>;
  /** Null: there is none. */
  read(id: string): Promise<StoredDraft | null | 'no-answer'>;
  remove(id: string): Promise<void>;
  now(): Date;
};

export type DraftStatus =
  | 'blank'
  | 'unsaved'
  | 'saved'
  | 'away' // no answer: it is tried again
  | 'signed-out'
  | 'refused' // the service will not take it as it is
  | 'conflict' // somebody else saved this draft: nothing is overwritten before a person has said so
  | 'taken' // another tab goes on with it
  | 'closed';
export type DraftState = { readonly entry: CallEntry; readonly status: DraftStatus; readonly savedAt: Date | null };

/**
 * Keeps one draft safe while it is typed: the words are in memory, then at the service, and nowhere else, because a citizen's
 * words have no place in the storage of a machine that several people use.
 */
export class DraftKeeper {
  readonly id: string;
  readonly #ports: DraftPorts;
  #state: DraftState;
  #version: number;
  #isDirty = false;
  #isRunning = false;
  #lastStart = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #inFlight: Promise<void> | null = null;
  /** Bodies that left and were not answered: the service may have them all the same. */
  readonly #unanswered = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(
    ports: DraftPorts,
    opened: { readonly id: string; readonly entry: CallEntry; readonly stored: StoredDraft | null },
  ) {
    const { id, entry, stored } = opened;
    this.id = id;
    this.#ports = ports;
    this.#version = stored?.version ?? 0;
    this.#isDirty = stored === null && !isBlank(entry);
    this.#state = {
      entry,
      status: stored === null ? typedStatus(this.#isDirty) : 'saved',
      savedAt: stored === null ? null : new Date(stored.updatedAt),
    };
  }

  // The two that React holds on to by themselves.
  readonly state = (): DraftState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Saves by itself until the returned function is called; what is on its way then still arrives. */
  run(): () => void {
    this.#isRunning = true;
    this.#schedule();
    return () => {
      this.#isRunning = false;
      this.#stopTimer();
    };
  }

  change(change: Partial<CallEntry>): void {
    if (this.#isHeld()) return;
    const changed = { ...this.#state.entry, ...change };
    const isFirstWord = changed.startedAt === null && !isBlank(changed);
    const entry = isFirstWord ? { ...changed, startedAt: this.#ports.now().toISOString() } : changed;
    this.#isDirty = this.#version > 0 || !isBlank(entry);
    this.#show({ entry, status: this.#state.status === 'away' ? 'away' : typedStatus(this.#isDirty) });
    this.#schedule();
  }

  /** Saves what is not yet saved; true when nothing would be lost now. */
  async flush(): Promise<boolean> {
    await this.#save();
    return !this.#isDirty;
  }

  /** The page is being hidden or closed: send now, and do not wait. */
  leave(): void {
    if (this.#isDirty && !this.#isHeld()) void this.#send(true);
  }

  isDirty(): boolean {
    return this.#isDirty && this.#state.status !== 'closed';
  }

  /** Something is not saved, and it is not just a matter of seconds. */
  isAtRisk(): boolean {
    return this.#isDirty && !['unsaved', 'saved', 'closed'].includes(this.#state.status);
  }

  /** Puts what stands here over whatever is stored. */
  async keepMine(): Promise<void> {
    const stored = await this.#ports.read(this.id);
    if (stored === 'no-answer') return;
    this.#version = stored?.version ?? 0;
    this.#isDirty = true;
    this.#show({ status: 'unsaved' });
    await this.#save();
  }

  /** Goes on with what is stored instead of what stands here; false when nobody answered. */
  async takeStored(): Promise<boolean> {
    const stored = await this.#ports.read(this.id);
    if (stored === 'no-answer') return false;
    this.#version = stored?.version ?? 0;
    this.#isDirty = false;
    if (stored === null) this.#show({ status: 'blank' });
    else this.#show({ entry: entryOfDraft(stored.form), status: 'saved', savedAt: new Date(stored.updatedAt) });
    return true;
  }

  /** Another tab has this draft in its hands. */
  hold(): void {
    this.#stopTimer();
    if (!this.#isDirty && !this.#isHeld()) this.#show({ status: 'taken' });
  }

  /** Another tab wants to go on: it gets the draft once everything typed here is safe, and not before. */
  async giveAway(): Promise<boolean> {
    await this.#save();
    if (this.#isDirty || this.#state.status === 'closed') return false;
    this.#stopTimer();
    this.#show({ status: 'taken' });
    return true;
  }

  /** The call is saved: the draft has served. */
  async close(): Promise<void> {
    this.closeElsewhere();
    await this.#inFlight;
    await this.#ports.remove(this.id);
  }

  /** Another tab saved the call, and throws the draft away. */
  closeElsewhere(): void {
    this.#stopTimer();
    this.#show({ status: 'closed' });
  }

  #show(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #isHeld(): boolean {
    return ['conflict', 'taken', 'closed'].includes(this.#state.status);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    if (!this.#isRunning || this.#timer !== null || this.#inFlight !== null || !this.#isDirty || this.#isHeld()) return;
    if (this.#state.status === 'refused') return; // until it is changed
    const sinceLast = this.#ports.now().getTime() - this.#lastStart;
    const wait = this.#state.status === 'away' ? RETRY_MS : Math.max(FIRST_MS, EVERY_MS - sinceLast);
    this.#timer = setTimeout(() => void this.#save(), wait);
  }

  /** One at a time: a second save waits for the first and then takes what was typed meanwhile. */
  async #save(): Promise<void> {
    this.#stopTimer();
    while (this.#inFlight !== null) await this.#inFlight;
    if (this.#isDirty && !this.#isHeld()) await this.#send(false);
  }

  async #send(leaving: boolean): Promise<void> {
    const sent = this.#put(leaving);
    const all = Promise.all([this.#inFlight, sent]).then(() => {
      if (this.#inFlight === all) this.#inFlight = null;
    });
    this.#inFlight = all;
    await all;
    this.#schedule();
  }

  async #put(leaving: boolean): Promise<void> {
    this.#isDirty = false;
    this.#lastStart = this.#ports.now().getTime();
    const form = toDraftForm(this.#state.entry);
    // A page that is going away cannot wait for the save on its way, so it counts on it.
    const version = leaving && this.#inFlight !== null ? this.#version + 1 : this.#version;
    const answer = await this.#ports.put({ id: this.id, version, form, leaving });
    if (answer.kind === 'saved') return this.#saved(answer.version);
    this.#unanswered.add(JSON.stringify(form));
    this.#isDirty = true;
    if (this.#isHeld()) return;
    if (answer.kind !== 'stale') return this.#show({ status: answer.kind === 'no-answer' ? 'away' : answer.kind });
    if (!leaving) await this.#settleStale();
  }

  #saved(version: number): void {
    this.#version = Math.max(version, this.#version);
    this.#unanswered.clear();
    if (!this.#isHeld()) this.#show({ status: this.#isDirty ? 'unsaved' : 'saved', savedAt: this.#ports.now() });
  }

  /** Either our own save whose answer was lost, or another hand. */
  async #settleStale(): Promise<void> {
    const stored = await this.#ports.read(this.id);
    if (stored === 'no-answer') return this.#show({ status: 'away' });
    if (stored === null) return this.#show({ status: 'unsaved' }); // deleted meanwhile: the next save makes it anew
    const isOurs = this.#unanswered.has(JSON.stringify(toDraftForm(entryOfDraft(stored.form))));
    if (!isOurs) return this.#show({ status: 'conflict' });
    this.#version = stored.version;
    this.#show({ status: 'unsaved' });
  }
}

function typedStatus(isDirty: boolean): 'unsaved' | 'blank' {
  return isDirty ? 'unsaved' : 'blank';
}
