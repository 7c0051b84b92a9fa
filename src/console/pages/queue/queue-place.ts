import { createQueueMemory } from './queue-memory.ts';

/** The desk's own memory of the queue, in this tab and in this browser. */
export const {
  nextInQueue,
  previousInQueue,
  rememberShown,
  rememberPlace,
  recallPlace,
  rememberVisited,
  rememberFilter,
  recallFilter,
} = createQueueMemory(sessionStorage, localStorage);
