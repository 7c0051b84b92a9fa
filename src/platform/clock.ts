/** The wall clock. Satisfies the `Clock` port; decisions about deadlines use the database's clock instead (one clock for all workers). */
export const systemClock = { now: (): Date => new Date() } as const;
