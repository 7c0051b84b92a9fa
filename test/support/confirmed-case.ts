import { expect } from 'vitest';
import type { DeskHouse } from './desk-house.ts';

/** A confirmed case that nobody has decided on. */
export async function confirmedCase(house: DeskHouse, token: string, subject: string): Promise<number> {
  await house.sendMail({
    from: `citizen-${String(Math.trunc(performance.now()))}@example.org`,
    subject,
    text: '某县教育局受理我的教师资格补办申请后一直不予办理，窗口多次推诿，请省厅督促。',
  });
  const { id } = await house.caseOf(subject);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await expect
    .poll(
      async () => {
        const { version } = await house.db
          .selectFrom('cases')
          .select('version')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const body = JSON.stringify({ version, accusedUnits: [], unit: 'TQUAL', reason: '人工核对', lane: 'request' });
        return (await fetch(`${house.url}/api/cases/${String(id)}/correct`, { method: 'POST', headers, body })).status;
      },
      { timeout: 90_000 },
    )
    .toBe(200);
  return id;
}
