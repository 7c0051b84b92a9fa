import { forecastDeadlines, type ForecastPage } from '../casework/forecast-deadlines.ts';
import type { House } from '../compose.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { clocksWithSteps } from '../store/forecast-clocks.ts';

/** More than an office takes in half a year. */
const MOST_CLOCKS = 2_000;
const DAY_MS = 86_400_000;

/** What the clocks of this viewer's cases will do within so many times 24 hours. Reads only. */
export async function forecastFor(
  { database, timing }: Pick<House, 'database' | 'timing'>,
  viewer: Viewer,
  days: number,
  now: Date,
): Promise<ForecastPage> {
  const until = new Date(now.getTime() + days * DAY_MS);
  const clocks = await clocksWithSteps(database.db, viewer, until, MOST_CLOCKS + 1);
  const lines = forecastDeadlines(timing, clocks.slice(0, MOST_CLOCKS), { now, until });
  return { from: now, until, lines, more: clocks.length > MOST_CLOCKS };
}
