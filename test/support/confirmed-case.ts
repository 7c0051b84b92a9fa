import { expect, vi } from 'vitest';
import type { DeskHouse } from './desk-house.ts';

/** A confirmed case that nobody has decided on. */
export async function confirmedCase(house: DeskHouse, token: string, subject: string): Promise<number> {
  await house.sendMail({
    from: `citizen-${String(Math.trunc(performance.now()))}@example.org`,
    subject,
    text: '某县教育局受理我的教师资格补办申请后一直不予办理，窗口多次推诿，请省厅督促。',
  });
  const { id } = await house.caseOf(subject);
  const body = { accusedUnits: [], unit: 'TQUAL', reason: '人工核对', lane: 'request' };
  await orderCase(house, token, id, 'correct', () => body);
  return id;
}

/** A confirmed case that was then accepted. */
export async function acceptedCase(house: DeskHouse, token: string, subject: string): Promise<number> {
  const id = await confirmedCase(house, token, subject);
  await orderCase(house, token, id, 'accept', () => ({}));
  return id;
}

type Now = { readonly version: number; readonly category: number | null };

/** An order on the case as it is. What the machine does to it meanwhile makes the order stale, and it is given again. */
export async function orderCase(
  house: DeskHouse,
  token: string,
  id: number,
  order: 'correct' | 'accept',
  bodyFor: (now: Now) => object,
): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const give = async (): Promise<number> => {
    const now = await house.db
      .selectFrom('cases')
      .select(['version', 'category'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const body = JSON.stringify({ version: now.version, ...bodyFor(now) });
    return (await fetch(`${house.url}/api/cases/${String(id)}/${order}`, { method: 'POST', headers, body })).status;
  };
  await vi.waitFor(async () => expect(await give()).toBe(200), { timeout: 90_000, interval: 100 }); // also before the tests
}
