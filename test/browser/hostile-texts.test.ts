import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import { openVisitor, overflowOf, type Visitor } from '../support/desk-visitor.ts';
import { HOSTILE_TEXTS, MADE } from '../support/hostile-texts.ts';

/** Texts of one call: each field of the form takes one. */
const FIELDS = ['text', 'callerName', 'place', 'accusedUnit'] as const;

let house: DeskHouse;
let browser: Browser;
let officer: Visitor;
let token: string;
beforeAll(async () => {
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
  token = await house.issueToken(HOSTILE_TEXTS[0] ?? '', 'triage');
  officer = await openVisitor(browser, { url: house.url, token });
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const NOTHING = { made: 0, wider: 0, trouble: [] };

/** What a text has made of a page: elements that carry the mark, addresses that run, a width that no window has. */
async function lookAt(page: Page): Promise<{ made: number; wider: number; trouble: readonly string[] }> {
  const made = await page.locator(`.${MADE}, a[href^="javascript:" i], a[href^="data:" i]`).count();
  return { made, wider: Math.max(0, await overflowOf(page)), trouble: officer.trouble };
}

/** A letter can be found by its own word whatever else it says. */
const wordOf = (n: number): string => `敌意${String(n).padStart(2, '0')}号`;

describe('hostile texts', () => {
  it(`are at least 50, and all different`, () => {
    expect(new Set(HOSTILE_TEXTS).size).toBe(HOSTILE_TEXTS.length);
    expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(50);
  });

  it('that come by mail stay texts, in the queue and on their case', { timeout: 240_000 }, async () => {
    const { page } = officer;
    for (const [n, text] of HOSTILE_TEXTS.entries()) {
      await house.sendMail({
        from: { name: text, address: `citizen${String(n)}@example.org` },
        subject: `${wordOf(n)} ${text}`,
        text: `${wordOf(n)}：${text}\n某县第三小学乱收费。`,
        attachments: [{ filename: `${text}.txt`, content: `附件${String(n)}` }],
      });
    }
    await house.caseOf(wordOf(HOSTILE_TEXTS.length - 1));
    await page.goto('/queue');
    await page
      .getByText(/敌意\d\d号/u)
      .first()
      .waitFor();
    expect(await lookAt(page)).toEqual(NOTHING);
    for (const [n, text] of HOSTILE_TEXTS.entries()) {
      const { id } = await house.caseOf(wordOf(n));
      await page.goto(`/cases/${String(id)}`);
      await page.getByRole('heading', { name: new RegExp(wordOf(n), 'u') }).waitFor();
      expect(await visibleAscii(page), text).toContain(asciiOf(text));
      expect(await lookAt(page)).toEqual(NOTHING);
    }
    await page.getByRole('button', { name: '查看身份信息' }).click();
    await page
      .getByText(`citizen${String(HOSTILE_TEXTS.length - 1)}@example.org`)
      .first()
      .waitFor();
    expect(await lookAt(page)).toEqual(NOTHING);
  });

  it('that are told on the telephone stay texts, on the form and on their case', { timeout: 240_000 }, async () => {
    const { page } = officer;
    for (let n = 0; n < HOSTILE_TEXTS.length; n += FIELDS.length) {
      const draft = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      const texts = FIELDS.map((_field, m) => HOSTILE_TEXTS[(n + m) % HOSTILE_TEXTS.length] ?? '');
      await page.goto(`/call?draft=${draft}`);
      await page.getByLabel('反映内容').fill(`电话${wordOf(n)}：${texts[0] ?? ''}，某县第三小学乱收费。`);
      await page.getByLabel('来电人姓名').fill((texts[1] ?? '').slice(0, 50));
      await page.getByLabel('发生地').fill((texts[2] ?? '').slice(0, 100));
      await page.getByLabel('被反映单位', { exact: true }).fill((texts[3] ?? '').slice(0, 100));
      expect(await lookAt(page)).toEqual(NOTHING);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog', { name: '已保存，请向来电人报号' }).waitFor();
      const { id } = await house.caseOf(`电话${wordOf(n)}`);
      await page.goto(`/cases/${String(id)}`);
      await page
        .getByText(`电话${wordOf(n)}`)
        .first()
        .waitFor();
      expect(await lookAt(page)).toEqual(NOTHING);
    }
  });

  it('that were answered stay texts in the sandbox mailbox', async () => {
    const { page } = officer;
    await page.goto('/sandbox');
    await page
      .getByText(/citizen\d+@example\.org/u)
      .first()
      .waitFor();
    expect(await lookAt(page)).toEqual(NOTHING);
    await page
      .getByText(/citizen\d+@example\.org/u)
      .first()
      .click();
    await page.getByText('查询码').first().waitFor();
    expect(await lookAt(page)).toEqual(NOTHING);
  });
});

/** Marks that nobody sees may be taken out of a subject on its way; letters may not. */
function asciiOf(text: string): string {
  return text.replaceAll(/[^\u0021-\u007e]/gu, '');
}

async function visibleAscii(page: Page): Promise<string> {
  return asciiOf(await page.locator('main, body').first().innerText());
}
