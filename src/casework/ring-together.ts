/** Takes these deadlines in one go. Answers those that it could not take, each with what was thrown. */
type Take = (ids: readonly number[]) => Promise<ReadonlyMap<number, unknown>>;

/**
 * Alarms that ring while others are being taken are taken together afterwards: when a minute holds thousands, one transaction
 * serves many. What is answered settles when a transaction that began after the ring has ended, and fails for its own deadline only.
 */
export function createBell(take: Take): (id: number) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  let gathering: { readonly ids: Set<number>; readonly taken: ReturnType<Take> } | null = null;

  function gather() {
    const ids = new Set<number>();
    const taken = last.then(() => {
      gathering = null;
      return take([...ids]);
    });
    last = taken.catch(() => undefined);
    return { ids, taken };
  }

  return async (id) => {
    gathering ??= gather();
    const { ids, taken } = gathering;
    ids.add(id);
    const failed = await taken;
    if (failed.has(id)) throw failed.get(id);
  };
}
