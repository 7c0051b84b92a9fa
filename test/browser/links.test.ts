import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import { accessibilityFaults, openVisitor } from '../support/desk-visitor.ts';

const MIXED =
  '我县特岗教师的工资从三月起没有发，请督促尽快发放。另外举报省教育厅人事处的李某某收受考生家长礼金五万元，请严肃查处。';

let house: DeskHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

it('a mixed letter is taken apart, and a second letter of its writer is linked, by keyboard alone', async () => {
  const from = 'twice@example.org';
  await house.sendMail({ from, subject: '工资和举报', text: MIXED });
  const letter = await house.caseOf('工资和举报');
  await house.sendMail({ from, subject: '再问一次', text: '上次说的教师工资还是没有消息，老师们都在等。' });
  await house.caseOf('再问一次');
  const suggested = () => house.db.selectFrom('case_suggestions').select('kind').execute();
  await expect.poll(suggested, { timeout: 30_000 }).toEqual([{ kind: 'same-person' }]);

  const visitor = await openVisitor(browser, { url: house.url, token: await house.issueToken('受理甲', 'triage') });
  const { page } = visitor;
  await page.goto(`/cases/${String(letter.id)}`);
  await page.getByRole('textbox', { name: /的判断理由/u }).fill('同一人催问同一件事');
  const summary = page.getByRole('textbox', { name: /中性摘要/u });
  expect(await summary.inputValue()).not.toContain('李某某');
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.locator('#case-same').getByRole('button', { name: '关联', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('已关联：').waitFor();
  await page.getByRole('button', { name: /^另立一件/u }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('由同一来件拆分').waitFor();
  const links = await house.db.selectFrom('case_links').select('kind').orderBy('kind').execute();
  expect(links.map(({ kind }) => kind)).toEqual(['same-person', 'split']);
  expect(visitor.trouble).toEqual([]);
  await visitor.context.close();
});
