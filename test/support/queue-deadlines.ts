import { Pool } from 'pg';
import type { DueStep } from '../../src/queue/contracts.ts';

/** Rows that decide what an alarm may do, as the real deadlines do: the effect is there once or not at all. */
export type TestDeadlines = {
  /** Deadlines due at these moments. */
  add(dueAt: readonly Date[]): Promise<DueStep[]>;
  /** The effect of one alarm: nothing unless the row is armed and due by the database's clock. */
  fire(id: number): Promise<void>;
  /** What the sweeper does, without any queue. */
  sweep(): Promise<void>;
  dueSoon(horizonMs: number, limit: number): Promise<DueStep[]>;
  /** How often each deadline took effect, and how many are still armed. */
  outcome(): Promise<{ effects: number; deadlines: number; armed: number }>;
  close(): Promise<void>;
};

const FIRE = `with fired as (update due set state = 'fired' where state = 'armed' and due_at <= now() and ($1::int is null or id = $1)
  returning id) insert into effect select id from fired`;

export async function createTestDeadlines(url: string): Promise<TestDeadlines> {
  const pool = new Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined); // connections die in these tests
  await pool.query(`drop table if exists due, effect;
    create table due (id int generated always as identity primary key, due_at timestamptz not null, state text not null default 'armed');
    create table effect (due_id int not null)`);
  return {
    async add(dueAt) {
      const { rows } = await pool.query<{ id: number; due_at: Date }>(
        'insert into due (due_at) select unnest($1::timestamptz[]) returning id, due_at',
        [dueAt],
      );
      return rows.map((row) => ({ id: row.id, stepAt: row.due_at }));
    },
    async fire(id) {
      await pool.query(FIRE, [id]);
    },
    async sweep() {
      await pool.query(FIRE, [null]);
    },
    async dueSoon(horizonMs, limit) {
      const { rows } = await pool.query<{ id: number; due_at: Date }>(
        `select id, due_at from due where state = 'armed' and due_at > now() and due_at < now() + $1 * interval '1 ms' order by due_at limit $2`,
        [horizonMs, limit],
      );
      return rows.map((row) => ({ id: row.id, stepAt: row.due_at }));
    },
    async outcome() {
      const { rows } = await pool.query<{ effects: number; deadlines: number; armed: number }>(
        `select (select count(*)::int from effect) effects, (select count(distinct due_id)::int from effect) deadlines,
          (select count(*)::int from due where state = 'armed') armed`,
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a query without a row');
      return row;
    },
    close: () => pool.end(),
  };
}
