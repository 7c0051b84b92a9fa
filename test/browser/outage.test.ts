import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import { openVisitor, type Visitor } from '../support/desk-visitor.ts';

const DRAFT = '/call?draft=00000000-0000-4000-8000-000000000011';
const ANOTHER_DRAFT = '/call?draft=00000000-0000-4000-8000-000000000012';

let house: DeskHouse;
let browser: Browser;
let token: string;
beforeAll(async () => {
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
  token = await house.issueToken('受理甲', 'triage');
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

async function withVisitor(work: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await openVisitor(browser, { url: house.url, token });
  await work(visitor);
  expect(visitor.trouble).toEqual([]);
  await visitor.context.close();
}

const record = (page: Page) => page.getByLabel('反映内容');
const saved = (page: Page) => page.getByRole('dialog', { name: '已保存，请向来电人报号' });

describe('a service that is killed under the desk', () => {
  it('takes no word of a call that is being typed, and the call is saved when it is back', () =>
    withVisitor(async ({ page }) => {
      await page.goto(DRAFT);
      await record(page).fill('断线前：某县第三小学补课收费。');
      await page.getByText('已保存草稿').waitFor();
      await house.kill9();
      await record(page).pressSequentially('断线后：不开票据。');
      await page.getByText('连接不上服务，可以继续填写').waitFor();
      expect(await record(page).inputValue()).toBe('断线前：某县第三小学补课收费。断线后：不开票据。');
      await house.start();
      await page.getByText('连接不上服务，可以继续填写').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+Enter');
      await saved(page).waitFor();
      await house.caseOf('断线前：某县第三小学补课收费。断线后：不开票据。');
    }));

  it('makes one case of a call that was saved while it was away', () =>
    withVisitor(async ({ page }) => {
      await page.goto(ANOTHER_DRAFT);
      await record(page).fill('断线时保存：某县第五小学补课收费。');
      await house.kill9();
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^正在保存，第 \d+ 次没有收到应答$/u).waitFor();
      await house.start();
      await saved(page).waitFor();
      const { number } = await house.caseOf('断线时保存');
      expect((await saved(page).locator('output').first().innerText()).replaceAll(/\D/gu, '')).toBe(number);
    }));

  it('leaves what an officer fills in about a case where it is', () =>
    withVisitor(async ({ page }) => {
      await house.sendMail({ subject: '断线时更正', text: '某县第三小学课后服务费每月收两次，不开票据。' });
      const { id } = await house.caseOf('断线时更正');
      await page.goto(`/cases/${String(id)}`);
      await page.getByRole('button', { name: '更正', exact: true }).click();
      await page.getByLabel('更正理由（必填）').fill('信中说的是另一所学校。');
      await page.getByLabel('地区或学校').fill('某县第六小学');
      await page.getByRole('checkbox', { name: '没有被反映单位' }).check();
      await house.kill9();
      await page.getByRole('button', { name: '保存更正' }).click();
      await page.getByText('操作没有完成').waitFor();
      expect(await page.getByLabel('更正理由（必填）').inputValue()).toBe('信中说的是另一所学校。');
      await house.start();
      await page.getByRole('button', { name: '保存更正' }).click();
      await page.getByText('断线时更正').waitFor();
      await expect
        .poll(async () =>
          (await house.db.selectFrom('verdicts').select('reason').where('case_id', '=', id).execute()).at(-1),
        )
        .toEqual({ reason: '信中说的是另一所学校。' });
    }));
});
