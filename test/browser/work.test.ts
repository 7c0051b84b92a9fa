import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskHouse } from '../support/desk-house.ts';
import type { Visitor } from '../support/desk-visitor.ts';
import { openTwoOfficers, type TwoOfficers } from '../support/two-officers.ts';

let house: DeskHouse;
let officers: TwoOfficers;
beforeAll(async () => {
  officers = await openTwoOfficers();
  ({ house } = officers);
});
afterAll(() => officers.close());

const openOfficer = (n: number): Promise<Visitor> => officers.openOfficer(n);

async function caseFrom(subject: string, n: number): Promise<{ id: number; number: string }> {
  const text = '学校食堂伙食费涨价不公示，请予查处。';
  await house.sendMail({ from: `citizen${String(n)}@example.org`, subject, text });
  return house.caseOf(subject);
}

const rowOf = (page: Page, subject: string) => page.getByRole('row').filter({ hasText: subject });

describe('two officers before one queue', () => {
  it('one takes two cases in hand and notes both, the other sees it, is refused, and takes one over', async () => {
    const [one, other] = await Promise.all([openOfficer(0), openOfficer(1)]);
    const first = await caseFrom('第一件涨价', 1);
    await caseFrom('第二件涨价', 2);
    const { page } = one;
    await Promise.all([page.goto('/queue'), other.page.goto('/queue')]);
    for (const subject of ['第一件涨价', '第二件涨价']) await rowOf(page, subject).getByRole('checkbox').check();
    const bar = page.getByRole('region', { name: '批量办理' });
    await bar.getByText('已选2件').waitFor();
    await bar.getByRole('button', { name: '领办' }).click();
    await bar.getByText('2件已办').waitFor();
    for (const subject of ['第一件涨价', '第二件涨价'])
      await rowOf(other.page, subject).getByText('受理甲领办').waitFor();
    await bar.getByRole('textbox').fill('同一学校，一并了解');
    await bar.getByRole('button', { name: '添加记录' }).click();
    await bar.getByText('2件已办').waitFor();

    await other.page.goto(`/cases/${String(first.id)}`);
    await other.page.getByText('同一学校，一并了解').first().waitFor();
    await other.page.getByText(/^受理甲正在办理，至/u).waitFor();
    await other.page.getByRole('button', { name: '接办' }).click();
    await other.page.getByLabel('接办理由（必填）').fill('经办人请假');
    await other.page.getByRole('button', { name: '接办' }).click();
    await other.page.getByText(/^您已领办，至/u).waitFor();

    await page.goto(`/cases/${String(first.id)}`);
    await page.getByText(/^督办乙正在办理，至/u).waitFor();
    const version = await versionOf(first.id);
    const button = page.getByRole('button', { name: /^确认/u }).first();
    await button.click();
    await page.getByText(/本件正由督办乙领办/u).waitFor();
    expect(await versionOf(first.id)).toBe(version);

    await other.page.getByRole('button', { name: '放回队列' }).click();
    await page.getByRole('button', { name: '领办', exact: true }).waitFor();
    expect([...one.trouble, ...other.trouble]).toEqual([]);
    await Promise.all([one.context.close(), other.context.close()]);
  });
});

async function versionOf(id: number): Promise<number> {
  return (await house.db.selectFrom('cases').select('version').where('id', '=', id).executeTakeFirstOrThrow()).version;
}
