import { setTimeout as sleep } from 'node:timers/promises';
import type { Viewer } from '../domain/vocabulary.ts';

/** What an open desk is told: which case to read again, or (null) everything. Never content. */
export type ChangeNotice = { readonly caseId: number | null };

export type Subscriber = {
  readonly viewer: Viewer;
  /** Name of the session, or null for one who came with a token. */
  readonly session: string | null;
  tell(notice: ChangeNotice): void;
  end(): void;
};

export type ChangeHub = {
  subscribe(subscriber: Subscriber): () => void;
  /** To be called with everything that is heard. */
  hear(change: { readonly caseId?: number | null; readonly ended?: string }): void;
  /** Ends every subscription. */
  close(): void;
};

/** A transaction of 25 mails is 25 notices: they are gathered this long and asked about at once. */
const GATHER_MS = 100;
/** More changed cases than this are one notice: read everything again. */
const MOST_CASES = 50;

/** Passes on what changed to those who may know of it (P15): asked anew each time, so that a wall bites at once (W48). */
export function createChangeHub(
  whoSees: (viewerIds: readonly number[], caseIds: readonly number[]) => Promise<ReadonlySet<string>>,
  onError: (error: unknown) => void,
): ChangeHub {
  const subscribers = new Set<Subscriber>();
  const changed = new Set<number>();
  let everything = false;
  let gathering = false;

  async function flush(): Promise<void> {
    await sleep(GATHER_MS);
    gathering = false;
    const cases = everything || changed.size > MOST_CASES ? null : [...changed];
    everything = false;
    changed.clear();
    if (cases !== null) return tellOf(cases);
    for (const { tell } of subscribers) tell({ caseId: null });
  }

  async function tellOf(cases: readonly number[]): Promise<void> {
    const viewers = [...new Set([...subscribers].map(({ viewer }) => viewer.userId))];
    const pairs = await whoSees(viewers, cases);
    for (const { viewer, tell } of subscribers)
      for (const caseId of cases) if (pairs.has(`${viewer.userId} ${caseId}`)) tell({ caseId });
  }

  /** Which cases it was about is lost, so everything is read again; that tells of no case. */
  function tellAfterFailure(error: unknown): void {
    onError(error);
    for (const { tell } of subscribers) tell({ caseId: null });
  }

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    hear({ caseId, ended }) {
      if (ended !== undefined) {
        for (const subscriber of subscribers) if (subscriber.session === ended) subscriber.end();
        return;
      }
      if (subscribers.size === 0) return;
      if (caseId === null || caseId === undefined) everything = true;
      else changed.add(caseId);
      if (gathering) return;
      gathering = true;
      flush().catch(tellAfterFailure);
    },
    close() {
      for (const { end } of subscribers) end();
      subscribers.clear();
    },
  };
}
