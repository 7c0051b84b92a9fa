import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { nextInQueue, previousInQueue, rememberVisited } from '../queue/queue-place.ts';

/** Where one can go from a case: along the queue as it was last shown, and back to where one was in it. */
export type CaseWays = {
  readonly next: number | null;
  readonly previous: number | null;
  open(caseId: number | null): void;
  back(): void;
};

export function useCaseWays(caseId: number): CaseWays {
  const navigate = useNavigate();
  useEffect(() => rememberVisited(caseId), [caseId]);
  return {
    next: nextInQueue(caseId),
    previous: previousInQueue(caseId),
    open: (to) => {
      if (to !== null) void navigate(`/cases/${to}`);
    },
    back: () => void navigate('/queue'),
  };
}
