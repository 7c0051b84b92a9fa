import { healthLines } from '../casework/health-lines.ts';
import { intakeBars, todayEnds } from '../casework/today-days.ts';
import type { Today } from '../casework/today.ts';
import type { House } from '../compose.ts';
import { workingDaysUntil } from '../domain/calendar.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { QueueBackend } from '../queue/backend.ts';
import { countIntake, countLettersFor, countWaitingFor, listDueClocks, readTroubles } from '../store/today.ts';
import { folderViews } from './health.ts';

const MOST_CLOCKS = 10;

/** The start page for one viewer, as of `now`. */
export async function readToday(
  house: Pick<House, 'database' | 'timing'>,
  queue: Pick<QueueBackend, 'reachable'>,
  viewer: Viewer,
  now: Date,
): Promise<Today> {
  const { db } = house.database;
  const { calendar } = house.timing;
  const ends = todayEnds(calendar, now);
  const [waiting, clocks, arrivals, letters, troubles, folders, queueReachable] = await Promise.all([
    countWaitingFor(db, viewer, ends),
    listDueClocks(db, viewer, MOST_CLOCKS),
    countIntake(db, viewer, ends.firstDay),
    countLettersFor(db, viewer, ends.begin),
    readTroubles(db),
    folderViews(house),
    queue.reachable(),
  ]);
  return {
    waiting,
    due: clocks.map((clock) => ({
      ...clock,
      overdue: clock.dueAt.getTime() <= now.getTime(),
      workingDaysLeft: workingDaysUntil(calendar, now, clock.dueAt),
    })),
    intake: intakeBars(arrivals, now),
    letters,
    health: healthLines({ ...troubles, folders, queueReachable, letterProblems: letters.problems }),
  };
}
