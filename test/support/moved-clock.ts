import type { CaseworkHouse } from './casework-house.ts';

/**
 * Puts a `now()` before PostgreSQL's own for every connection that is opened from here on, so that a test can move the clock
 * that fires deadlines. Call it before anything has used the house's database. Answers what moves it.
 */
export async function movableClock(house: CaseworkHouse): Promise<(to: Date) => Promise<void>> {
  const [row] = await house.sql(`select current_database() as name`);
  const name = String(row?.['name']);
  await house.sql(`create schema clock`);
  await house.sql(`create table clock.hand (at timestamptz)`);
  await house.sql(`insert into clock.hand values (null)`);
  await house.sql(`create function clock.now() returns timestamptz language sql stable as
    $$ select coalesce((select at from clock.hand), pg_catalog.now()) $$`);
  await house.sql(`grant usage on schema clock to public`);
  await house.sql(`grant select on clock.hand to public`);
  // A default was bound to the system's function when the table was made.
  await house.sql(`alter table ladder_firings alter column fired_at set default clock.now()`);
  // Named last, the system's own functions give way to ours.
  await house.sql(`alter database ${name} set search_path = clock, public, pg_catalog`);
  return async (to) => {
    await house.sql(`update clock.hand set at = $1`, [to]);
  };
}
