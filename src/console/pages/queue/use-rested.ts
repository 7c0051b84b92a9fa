import { useEffect, useState } from 'react';

const REST_MS = 80;

/**
 * The pages last rested upon. Thrown through a hundred thousand rows, a list passes hundreds of pages: they are not asked for.
 * Going on to a neighbouring page does not wait.
 */
export function useRested(pages: readonly number[]): readonly number[] {
  const [rested, setRested] = useState(pages);
  const key = pages.join(' ');
  const isNear = pages.filter((page) => rested.includes(page)).length > 1;
  useEffect(() => {
    const next = key.split(' ').map(Number);
    const timer = setTimeout(
      () => setRested((before) => (before.join(' ') === key ? before : next)),
      isNear ? 0 : REST_MS,
    );
    return () => clearTimeout(timer);
  }, [key, isNear]);
  return rested;
}
