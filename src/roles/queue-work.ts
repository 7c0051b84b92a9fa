import { todayEnds } from '../casework/today-days.ts';
import type { House } from '../compose.ts';
import type { HttpDependencies } from '../http/dependencies.ts';
import { systemClock } from '../platform/clock.ts';
import { countQueue, listQueue } from '../store/queue-list.ts';

type QueueFunctions = Pick<HttpDependencies, 'listQueue' | 'countQueue'>;

/** The queue as the API asks for it: what is due soon is counted by the office's calendar. */
export function queueFunctions({ database: { db }, timing }: Pick<House, 'database' | 'timing'>): QueueFunctions {
  const ends = () => ({ soon: todayEnds(timing.calendar, systemClock.now()).soon });
  return {
    listQueue: (viewer, filter, page) => listQueue(db, viewer, filter, { ...page, ...ends() }),
    countQueue: (viewer, filter) => countQueue(db, viewer, filter, ends()),
  };
}
