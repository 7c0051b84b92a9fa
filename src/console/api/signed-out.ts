type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back whenever the service says that nobody is signed in here any more. Answers how to stop. */
export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellSignedOut(): void {
  for (const listener of listeners) listener();
}
