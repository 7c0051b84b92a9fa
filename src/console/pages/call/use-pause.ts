import { useEffect, useState } from 'react';

/** The value once it has not changed for `ms`, and never while `held`: a word that is still being composed is no word yet. */
export function usePause<T>(value: T, ms: number, held = false): T {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => setPaused(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms, held]);
  return paused;
}
