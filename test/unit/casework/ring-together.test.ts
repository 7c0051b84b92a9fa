import { describe, expect, it } from 'vitest';
import { createBell } from '../../../src/casework/ring-together.ts';

type Taken = ReadonlyMap<number, unknown>;

/** Takes that end when the test says so. */
function slowTakes() {
  const begun: { readonly ids: readonly number[]; end(failed?: Taken): void; fail(error: unknown): void }[] = [];
  const take = (ids: readonly number[]): Promise<Taken> =>
    new Promise((resolve, reject) => begun.push({ ids, end: (failed = new Map()) => resolve(failed), fail: reject }));
  return { begun, take };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('alarms that ring together', () => {
  it('are taken by one transaction while another is under way, the first at once', async () => {
    const { begun, take } = slowTakes();
    const ring = createBell(take);
    const first = ring(1);
    await turn();
    const later = [ring(2), ring(3), ring(2)];
    await turn();
    expect(begun.map(({ ids }) => ids)).toEqual([[1]]);
    begun[0]?.end();
    await first;
    await turn();
    expect(begun.map(({ ids }) => ids)).toEqual([[1], [2, 3]]);
    begun[1]?.end();
    await Promise.all(later);
  });

  it('settle only after a transaction that began later than the ring', async () => {
    const { begun, take } = slowTakes();
    const ring = createBell(take);
    void ring(1);
    await turn();
    let settled = false;
    const again = ring(1).then(() => (settled = true));
    begun[0]?.end();
    await turn();
    expect(settled).toBe(false);
    begun[1]?.end();
    await again;
  });

  it('fail for their own deadline only', async () => {
    const { begun, take } = slowTakes();
    const ring = createBell(take);
    const both = Promise.allSettled([ring(1), ring(2)]);
    await turn();
    begun[0]?.end(new Map([[1, new Error('one')]]));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('go on after one that failed altogether', async () => {
    const { begun, take } = slowTakes();
    const ring = createBell(take);
    const first = Promise.allSettled([ring(1)]);
    await turn();
    const second = ring(2);
    begun[0]?.fail(new Error('away'));
    expect((await first)[0]?.status).toBe('rejected');
    await turn();
    begun[1]?.end();
    await second;
    expect(begun.map(({ ids }) => ids)).toEqual([[1], [2]]);
  });
});
