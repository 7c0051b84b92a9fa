import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';
import { beijingInput } from '../../src/console/dates/official-date.ts';
import { launchChromium } from '../support/chromium.ts';
import { acceptedCase } from '../support/confirmed-case.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import {
  accessibilityFaults,
  openVisitor,
  overflowOf,
  pageAtRest,
  showsFocus,
  wordsOn,
  type Visitor,
} from '../support/desk-visitor.ts';

const PAGES = [
  'today',
  'queue',
  'bulk',
  'case',
  'orders',
  'call',
  'drafts',
  'reports',
  'report',
  'behind',
  'sandbox',
  'sign-in',
  'not-found',
] as const;
const WINDOWS = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
] as const;
const LOOKS = (['zh-CN', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((tone) => ({ language, tone })),
);
const PICTURES = join(projectRoot(), 'build/screenshots');
/** What a page says where a text or a value is missing. */
const HOLES = /\bundefined\b|\bNaN\b|\[object |\{\w+\}|\bInvalid Date\b/u;
const STEPS = 25;

let house: DeskHouse;
let browser: Browser;
let token: string;
let caseId: number;
let acceptedId: number;
let reportId: number;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
  token = await house.issueToken('受理甲', 'triage');
  for (const [subject, text] of LETTERS) await house.sendMail({ subject, text });
  await leaveDraft();
  for (const [subject] of LETTERS) caseId = (await house.caseOf(subject)).id;
  [acceptedId, reportId] = await Promise.all([acceptedCase(house, token, '已受理的一件'), madeReport()]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const LETTERS = [
  ['宿舍楼漏电', '某县第一中学宿舍楼漏电，昨晚有学生触电，学校仍让学生住在里面。请尽快派人。'],
  ['补办教师资格证拖延', '我去年九月申请补办教师资格证，窗口多次推诿，至今没有办理，也没有说明原因。'],
  ['课后服务重复收费', '某县第三小学课后服务费每月收两次，不开票据。'],
  ['经费申请不予办理', '省教育厅财务处收到我校经费申请三个月不予办理，请督促。'],
] as const;

const PATHS: Readonly<Record<(typeof PAGES)[number], () => string>> = {
  today: () => '/',
  queue: () => '/queue',
  bulk: () => '/queue',
  case: () => `/cases/${String(caseId)}`,
  orders: () => `/cases/${String(acceptedId)}`,
  call: () => `/call?draft=${randomUUID()}`,
  drafts: () => '/call',
  reports: () => '/reports',
  report: () => `/reports/${String(reportId)}`,
  behind: () => `/reports/${String(reportId)}/cases?measure=intake`,
  sandbox: () => '/sandbox',
  'sign-in': () => '/sign-in',
  'not-found': () => '/cases/999999',
};

async function openPage(page: Page, name: (typeof PAGES)[number]): Promise<void> {
  await page.goto(PATHS[name]());
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (name === 'call') await writeDown(page, LETTERS[0][1]);
  if (name === 'bulk') await chooseRows(page);
  if (name === 'orders') await beginOrder(page);
  await pageAtRest(page);
}

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${house.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A call that somebody began and never saved. */
async function leaveDraft(): Promise<void> {
  await ask('PUT', `/api/call-drafts/${randomUUID()}`, { version: 0, form: { text: '宿舍楼的电线……' } });
}

/** Of the month that runs: the letters have come in by now. */
async function madeReport(): Promise<number> {
  const month = beijingInput(new Date()).slice(0, 7);
  return (await ask<{ id: number }>('POST', '/api/reports', { from: month, to: month })).id;
}

async function chooseRows(page: Page): Promise<void> {
  await page.getByText(LETTERS[2][0]).waitFor();
  for (const n of [0, 1]) await page.getByRole('grid').getByRole('checkbox').nth(n).check();
  await page.locator('.queue-bulk').waitFor();
}

async function beginOrder(page: Page): Promise<void> {
  await page.locator('#case-orders .orders-open button').first().click();
  await page.locator('.orders-form').waitFor();
}

/** The page for calls is only whole while one is written down. */
async function writeDown(page: Page, text: string): Promise<void> {
  await page.locator('#call-text').fill(text);
  await page.locator('dt + dd').first().waitFor();
}

async function withVisitor(look: (typeof LOOKS)[number], work: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await openVisitor(browser, { url: house.url, token, ...look });
  await work(visitor);
  expect(visitor.trouble).toEqual([]);
  await visitor.context.close();
}

describe.each(LOOKS)('in $language, $tone', (look) => {
  it.each(PAGES)('the page %s lacks no text, fits a desk and a tablet, and shuts nobody out', (name) =>
    withVisitor(look, async ({ page }) => {
      await openPage(page, name);
      const faults: string[] = [];
      for (const size of WINDOWS) {
        await page.setViewportSize(size);
        await page.screenshot({ path: join(PICTURES, `${name}-${look.language}-${look.tone}-${size.width}.png`) });
        if ((await overflowOf(page)) > 0) faults.push(`wider than ${size.width} px`);
        faults.push(...(await accessibilityFaults(page)).map((fault) => `at ${size.width} px: ${fault}`));
      }
      expect(faults).toEqual([]);
      expect(await wordsOn(page)).not.toMatch(HOLES);
    }),
  );
});

const TRY_MS = 3_000;

/** A key that is pressed before a busy page listens is pressed again, as a person would. */
async function pressUntil(page: Page, key: string, done: () => Promise<void>): Promise<void> {
  for (let left = 5; ; left -= 1) {
    await page.keyboard.press(key);
    try {
      return await done();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

describe('by keyboard', () => {
  it.each(PAGES)('on the page %s the eye can follow the focus', { timeout: 60_000 }, (name) =>
    withVisitor({ language: 'zh-CN', tone: 'light' }, async ({ page }) => {
      await openPage(page, name);
      const unseen = [];
      for (let step = 0; step < STEPS; step += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate<string>('document.activeElement.tagName')) === 'BODY') break;
        if (!(await showsFocus(page)))
          unseen.push(await page.evaluate<string>('document.activeElement.outerHTML.slice(0, 200)'));
      }
      expect(unseen).toEqual([]);
    }),
  );

  it('one reaches every page, and the list of keys', () =>
    withVisitor({ language: 'zh-CN', tone: 'light' }, async ({ page }) => {
      await openPage(page, 'today');
      const listed = page.getByRole('dialog').getByText('登记来电').first();
      await pressUntil(page, '?', () => listed.waitFor({ timeout: TRY_MS }));
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' }); // its role is gone sooner than the dialog itself
      for (const [key, path] of [
        ['q', '**/queue*'],
        ['t', '**/'],
        ['s', '**/reports'],
        ['c', '**/call*'],
      ] as const) {
        await pressUntil(page, key, () => page.waitForURL(path, { timeout: TRY_MS }));
      }
      await page.getByText('宿舍楼的电线……').waitFor();
      expect(new URL(page.url()).pathname).toBe('/call');
    }));

  it('one goes through the queue, into a case, on to the next, and back to the same place', () =>
    withVisitor({ language: 'zh-CN', tone: 'light' }, async ({ page }) => {
      await openPage(page, 'queue');
      await page.getByText(LETTERS[2][0]).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/cases/*');
      const first = page.url();
      await page.getByRole('heading', { name: '办理', exact: true }).waitFor();
      const isAnother = (url: URL): boolean => url.href !== first && url.pathname.startsWith('/cases/');
      await pressUntil(page, 'j', () => page.waitForURL(isAnother, { timeout: TRY_MS }));
      await page.getByRole('heading', { name: '办理', exact: true }).waitFor();
      await pressUntil(page, 'u', () => page.waitForURL('**/queue*', { timeout: TRY_MS }));
      await page.getByText(LETTERS[2][0]).waitFor();
      expect(await showsFocus(page)).toBe(true);
    }));

  it('a search of two characters finds the letter', () =>
    withVisitor({ language: 'zh-CN', tone: 'light' }, async ({ page }) => {
      await openPage(page, 'queue');
      await page.getByText(LETTERS[2][0]).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('漏电');
      await page.getByText(LETTERS[2][0]).waitFor({ state: 'detached' });
      await page.getByText(LETTERS[0][0]).first().waitFor();
      expect(await page.getByRole('main').innerText()).not.toContain(LETTERS[1][0]);
    }));
});
