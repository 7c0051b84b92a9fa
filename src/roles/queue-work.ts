import { claimCase, releaseCase, takeOverCase } from '../casework/claim-case.ts';
import { todayEnds } from '../casework/today-days.ts';
import { readSearch, type SearchKnowledge } from '../casework/queue-search.ts';
import type { QueueFilter } from '../casework/views.ts';
import type { House } from '../compose.ts';
import type { HttpDependencies } from '../http/dependencies.ts';
import { systemClock } from '../platform/clock.ts';
import { countQueue, listQueue } from '../store/queue-list.ts';
import { deleteFilter, listFilters, saveFilter } from '../store/saved-filters.ts';

type WorkFunctions = Pick<
  HttpDependencies,
  | 'listQueue'
  | 'countQueue'
  | 'listFilters'
  | 'saveFilter'
  | 'deleteFilter'
  | 'claimCase'
  | 'releaseCase'
  | 'takeOverCase'
>;

/**
 * The queue that people work, and who has what in hand. What is due soon is counted by the office's calendar; units are named by
 * the rules of that moment.
 */
export function workFunctions(
  house: Pick<House, 'database' | 'timing' | 'store'> & SearchKnowledge,
  claimMinutes: number,
): WorkFunctions {
  const { database, timing, store } = house;
  const searchOf = ({ search }: QueueFilter) => (search === undefined ? null : readSearch(house, search));
  const ends = () => ({ soon: todayEnds(timing.calendar, systemClock.now()).soon });
  const { db } = database;
  const claims = { transact: store.claim, claimMinutes };
  return {
    listQueue: (viewer, filter, page) => listQueue(db, viewer, filter, { ...page, ...ends() }, searchOf(filter)),
    countQueue: (viewer, filter) => countQueue(db, viewer, filter, ends(), searchOf(filter)),
    listFilters: (viewer) => listFilters(db, viewer),
    saveFilter: (viewer, named) => saveFilter(database, viewer, named),
    deleteFilter: (viewer, id) => deleteFilter(db, viewer, id),
    claimCase: (viewer, caseId) => claimCase(claims, viewer, caseId),
    releaseCase: (viewer, caseId) => releaseCase(claims, viewer, caseId),
    takeOverCase: (viewer, caseId, reason) => takeOverCase(claims, viewer, caseId, reason),
  };
}
