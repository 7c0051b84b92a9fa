/** A case that changed, or null: anything may have. */
type Change = { readonly caseId: number | null };
type Listener = (change: Change) => void;

/** Only lists are asked again: there is no such case. */
const NO_CASE = 0;
const AGAIN_MS = 3_000;
/** Of the lock and of the channel by which the tabs of one browser agree. */
const NAME = 'changes';

const listeners = new Set<Listener>();
let stop = new AbortController();

/**
 * What changes in the office, as long as something listens. A browser keeps at most six connections to a server (HTTP/1.1), and a
 * stream holds one for good: of all tabs one listens, and tells the others. When it is closed, the next one goes on.
 */
export function listenToChanges(listener: Listener): () => void {
  if (listeners.size === 0) joinTabs();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop.abort();
  };
}

function joinTabs(): void {
  stop = new AbortController();
  const { signal } = stop;
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', ({ data }: MessageEvent<Change>) => tellHere(data));
  signal.addEventListener('abort', () => channel.close());
  const tell: Listener = (change) => {
    tellHere(change);
    channel.postMessage(change); // oxlint-disable-line unicorn/require-post-message-target-origin -- that is windows; a channel has none
  };
  takeTurn(signal, tell).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function tellHere(change: Change): void {
  for (const listener of listeners) listener(change);
}

/** Listens for all tabs as soon as no other does. */
async function takeTurn(signal: AbortSignal, tell: Listener): Promise<void> {
  const isFirst = await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    // Before a stream is open for the first time only a moment was missed: enough for a list to lack a row for good, not enough
    // to read a case twice, since each reading is journalled.
    if (lock !== null) await holdStream(signal, tell, NO_CASE);
    return lock !== null;
  });
  if (!isFirst) await navigator.locks.request(NAME, { signal }, () => holdStream(signal, tell, null));
}

/** Keeps a stream open until `signal`. The browser itself opens it again after a break (HTML 9.2.3). */
function holdStream(signal: AbortSignal, tell: Listener, missedBefore: number | null): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  let missed = missedBefore;
  let stream = open();
  function open(): EventSource {
    const opening = new EventSource('/api/events');
    opening.addEventListener('change', ({ data }) => tell(JSON.parse(String(data)) as Change));
    opening.addEventListener('open', () => {
      tell({ caseId: missed });
      missed = null; // after a break nobody knows what was missed
    });
    opening.addEventListener('error', () => {
      if (opening.readyState !== EventSource.CLOSED) return;
      // The server refused: signed out, or away behind something that answers for it. Whoever asks now learns which.
      tell({ caseId: null });
      setTimeout(() => {
        if (!signal.aborted) stream = open();
      }, AGAIN_MS);
    });
    return opening;
  }
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      stream.close();
      resolve();
    });
  });
}
