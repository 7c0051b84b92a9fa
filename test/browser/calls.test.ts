import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, launchMortalChromium } from '../support/chromium.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import { openVisitor, type Visitor } from '../support/desk-visitor.ts';

const SAMPLES = 20;
const FEES = '某县第三小学每月收两次课后服务费，不开票据。';
const FOOD = '某县第二中学食堂饭菜有异味，多名学生吃坏肚子。';

let house: DeskHouse;
let browser: Browser;
let token: string;
beforeAll(async () => {
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
  token = await house.issueToken('话务员甲', 'operator');
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

/** A visitor of one test. */
async function withVisitor(work: (visitor: Visitor) => Promise<void>, of: Browser = browser): Promise<void> {
  const visitor = await openVisitor(of, { url: house.url, token });
  await work(visitor);
  expect(visitor.trouble).toEqual([]);
  await visitor.context.close();
}

const record = (page: Page) => page.getByLabel('反映内容');
const saved = (page: Page) => page.getByRole('dialog', { name: '已保存，请向来电人报号' });

/** The number as it stands there to be read aloud. */
async function numberShown(page: Page): Promise<string> {
  return (await saved(page).locator('output').first().innerText()).replaceAll(/\D/gu, '');
}

async function casesWith(text: string): Promise<readonly string[]> {
  const rows = await house.db
    .selectFrom('intake_items as i')
    .innerJoin('item_texts as t', 't.item_id', 'i.id')
    .innerJoin('cases as c', 'c.id', 'i.case_id')
    .select('c.number')
    .where('t.body', 'like', `%${text}%`)
    .execute();
  return rows.map(({ number }) => number);
}

describe('a call', () => {
  it('is written down by keyboard alone, and the number that is read aloud is the one that is stored', () =>
    withVisitor(async ({ page }) => {
      await page.goto('/');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('c');
      await record(page).waitFor();
      await page.keyboard.type(`来电甲：${FEES}`);
      await page.keyboard.press('Tab');
      await page.keyboard.type('某县第三小学');
      await page.keyboard.press('Tab');
      await page.keyboard.type('兰州市');
      await page.keyboard.press('Tab');
      await page.keyboard.type('甲某');
      await page.keyboard.press('Control+Enter');
      await saved(page).waitFor();
      expect([await numberShown(page)]).toEqual(await casesWith('来电甲'));
      await page.keyboard.press('Enter');
      await saved(page).waitFor({ state: 'detached' });
      await page.keyboard.type('下一个');
      expect(await record(page).inputValue()).toBe('下一个');
    }));

  it('is one case, however often and however fast it is saved', () =>
    withVisitor(async ({ page }) => {
      await page.goto('/call?draft=00000000-0000-4000-8000-000000000001');
      await record(page).fill(`来电乙：${FEES}`);
      await Promise.all([page.keyboard.press('Control+Enter'), page.keyboard.press('Control+Enter')]);
      await saved(page).waitFor();
      await page.keyboard.press('Control+Enter');
      expect(await saved(page).isVisible()).toBe(true);
      expect([await numberShown(page)]).toEqual(await casesWith('来电乙'));
    }));

  it('is still there after the browser was killed in the middle of a sentence', async () => {
    const mortal = await launchMortalChromium();
    const { page } = await openVisitor(mortal.browser, { url: house.url, token });
    await page.goto('/call?draft=00000000-0000-4000-8000-000000000002');
    await record(page).pressSequentially('来电丙：我要反映的是');
    await page.getByText('已保存草稿').waitFor();
    await record(page).pressSequentially('孩子所在的学');
    await mortal.server.kill();

    await withVisitor(async ({ page: another }) => {
      await another.goto('/call');
      await another
        .getByRole('listitem')
        .filter({ hasText: '来电丙' })
        .getByRole('button', { name: '继续填写' })
        .click();
      expect(await record(another).inputValue()).toContain('来电丙：我要反映的是');
    });
  });

  it('in two tabs is one draft and one case: the later tab is told, and may take it over', () =>
    withVisitor(async ({ page, openTab }) => {
      const address = '/call?draft=00000000-0000-4000-8000-000000000003';
      const elsewhere = (tab: Page) => tab.getByText('这份草稿正在另一个页面填写');
      await page.goto(address);
      await record(page).fill(`来电丁：${FEES}`);
      await page.getByText('已保存草稿').waitFor();
      const second = await openTab(address);
      await elsewhere(second).waitFor();
      await second.getByRole('button', { name: '在本页继续' }).click();
      await elsewhere(page).waitFor();
      expect(await record(second).inputValue()).toBe(`来电丁：${FEES}`);
      await Promise.all([second.keyboard.press('Control+Enter'), page.keyboard.press('Control+Enter')]);
      await saved(second).waitFor();
      await saved(page).waitFor();
      expect([await numberShown(second)]).toEqual(await casesWith('来电丁'));
      expect(await numberShown(page)).toBe(await numberShown(second));
    }));
});

describe('what the rules make of a call', () => {
  it('stands beside the text soon after a pause in typing', () =>
    withVisitor(async ({ page }) => {
      await page.goto('/call?draft=00000000-0000-4000-8000-000000000004');
      await record(page).fill(FEES);
      const category = page
        .getByRole('term')
        .filter({ hasText: /^类别$/u })
        .locator('+ dd')
        .first();
      await category.waitFor();
      const times: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const verdict = page.evaluate<number>(TIME_TO_VERDICT);
        await record(page).fill(sample % 2 === 0 ? FOOD : FEES);
        times.push(await verdict);
      }
      const median = times.toSorted((a, b) => a - b)[SAMPLES / 2] ?? Infinity;
      process.stdout.write(
        `desk: verdict ${median.toFixed(0)} ms after the last key (median of ${String(SAMPLES)}, ` +
          `slowest ${Math.max(...times).toFixed(0)} ms)\n`,
      );
      expect(times).toHaveLength(SAMPLES); // how fast is for people to read above: this machine may be busy
    }));
});

/** Milliseconds from the next change of the text to another category beside it. */
const TIME_TO_VERDICT = `new Promise((resolve) => {
  const category = [...document.querySelectorAll('dt')].find((term) => term.textContent === '类别').nextElementSibling;
  const before = category.textContent;
  let began = performance.now();
  addEventListener('input', () => (began = performance.now()), { capture: true, once: true });
  const watch = new MutationObserver(() => {
    if (category.textContent === before) return;
    watch.disconnect();
    resolve(performance.now() - began);
  });
  watch.observe(category, { subtree: true, childList: true, characterData: true });
})`;
