import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import { openVisitor } from '../support/desk-visitor.ts';

let house: DeskHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

/** Somebody who comes to the desk for the first time. */
async function withStranger(work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: house.url, locale: 'zh-CN' });
  context.setDefaultTimeout(15_000);
  await work(await context.newPage());
  await context.close();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const tokenField = (page: Page) => page.getByLabel('访问令牌', { exact: true });
const pathOf = (page: Page): string => page.url().slice(house.url.length);

describe('the way in', () => {
  it('is the link of the first start, whose token stays nowhere in the browser', () =>
    withStranger(async (page) => {
      const token = await house.issueToken('受理甲', 'triage');
      await page.goto(`/sign-in#token=${token}`);
      await heading(page, '今日');
      expect(pathOf(page)).toBe('/');
      const kept = await page.evaluate<string>(
        `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])`,
      );
      expect(kept).not.toContain(token);
      await page.goBack().catch(() => null);
      expect(page.url()).not.toContain(token);
    }));

  it('leads to where one wanted to go, and a wrong token says what is wrong', () =>
    withStranger(async (page) => {
      const token = await house.issueToken('受理乙', 'triage');
      await page.goto('/queue?overdue=true');
      await tokenField(page).fill('shouli_wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').filter({ hasText: '令牌无效，请核对后重试。' }).waitFor();
      expect(await tokenField(page).inputValue()).toBe('shouli_wrong');
      await tokenField(page).fill(token);
      await page.keyboard.press('Enter');
      await heading(page, '待办队列');
      expect(pathOf(page)).toBe('/queue?overdue=true');
    }));

  it('is closed again by the one who leaves, in every tab', async () => {
    const token = await house.issueToken('受理丙', 'triage');
    const { page, openTab, context } = await openVisitor(browser, { url: house.url, token });
    await page.goto('/queue');
    await heading(page, '待办队列');
    const other = await openTab('/');
    await heading(other, '今日');
    await page.getByRole('button', { name: '退出' }).click();
    await tokenField(page).waitFor();
    await tokenField(other).waitFor();
    expect((await context.request.get('/api/cases')).status()).toBe(401);
    await context.close();
  });
});

describe('an operator', () => {
  it('reads a case, and is offered neither who wrote nor what only officers decide', async () => {
    const token = await house.issueToken('话务员甲', 'operator');
    await house.sendMail({
      subject: '话务员看到的一件',
      text: '某县第三小学课后服务费每月收两次，不开票据。',
      attachments: [{ filename: '收据.txt', content: '两次' }],
    });
    const { id } = await house.caseOf('话务员看到的一件');
    const { page, context, trouble } = await openVisitor(browser, { url: house.url, token });
    await page.goto(`/cases/${String(id)}`);
    await page.getByRole('heading', { name: '话务员看到的一件' }).waitFor();
    await page.getByText('收据.txt').waitFor();
    const offered = await page
      .getByRole('main')
      .getByRole('button')
      .or(page.getByRole('main').getByRole('link'))
      .allInnerTexts();
    expect(offered.filter((name) => /确认|更正|分办|身份|原始|收据/u.test(name))).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });
});
