import { useState } from 'react';

const KEY = 'case-goes-on';

/** Whether the next case opens by itself after a decision: kept in this browser, on unless switched off. */
export function useGoesOn(): readonly [boolean, (goesOn: boolean) => void] {
  const [goesOn, setGoesOn] = useState(() => localStorage.getItem(KEY) !== 'no');
  return [
    goesOn,
    (next) => {
      localStorage.setItem(KEY, next ? 'yes' : 'no');
      setGoesOn(next);
    },
  ];
}
