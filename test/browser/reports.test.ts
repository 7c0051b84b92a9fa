import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastOver, monthsOf } from '../../src/console/pages/reports/period-choice.ts';
import { beijingInput } from '../../src/console/dates/official-date.ts';
import { confirmedCase, orderCase } from '../support/confirmed-case.ts';
import { accessibilityFaults, openVisitor } from '../support/desk-visitor.ts';
import { openTwoOfficers, pictureOf, type TwoOfficers } from '../support/two-officers.ts';

let officers: TwoOfficers;
beforeAll(async () => {
  officers = await openTwoOfficers();
});
afterAll(() => officers.close());

/** Of the month that runs and the one before it, lest the month ends during the test. */
async function makeReport(): Promise<number> {
  const now = new Date();
  const to = beijingInput(now).slice(0, 7);
  const { from } = monthsOf(lastOver('month', `${to}-01`));
  const answer = await fetch(`${officers.house.url}/api/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${officers.tokens[0] ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ from, to }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: number }).id;
}

describe('the page of reports', () => {
  it('says what to do while there is no report', async () => {
    const visitor = await officers.openOfficer(0);
    await visitor.page.goto('/reports');
    await visitor.page.getByText('尚无通报。请在上方选择期间，开始统计。').waitFor();
    expect(await accessibilityFaults(visitor.page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });

  it('counts a month, opens what stands behind a figure, and says whether it still holds', async () => {
    const token = officers.tokens[0] ?? '';
    const id = await confirmedCase(officers.house, token, `要统计的一件 ${randomUUID()}`);
    const report = await makeReport();
    const visitor = await officers.openOfficer(0);
    const { page } = visitor;
    await page.goto('/reports');
    await page.getByRole('button', { name: '开始统计' }).click();
    await page.getByRole('heading', { level: 1, name: '受理办理情况通报' }).waitFor();
    const again = page.locator('#report-recompute');
    await again.getByRole('button').click();
    await again.getByText('留存清单完整').waitFor();
    await again.getByText('结果与通报相同').waitFor();

    await orderCase(officers.house, token, id, 'correct', ({ category }) => ({
      accusedUnits: [],
      category: category === 8 ? 7 : 8,
      reason: '类别更正',
    }));
    await page.goto(`/reports/${String(report)}`);
    await again.getByRole('button').click();
    await again.getByText('问题类别已更正').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await pictureOf(page, 'main', 'report-differs-zh-CN-light');

    const link = page.getByRole('link', { name: '下载CSV表格' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('受理办理情况通报');

    await page
      .locator('#report-whole')
      .getByRole('link', { name: /^收件，件数 \d+，查看清单$/u })
      .click();
    await page.getByRole('heading', { level: 1, name: '清单：收件' }).waitFor();
    await page.locator(`#report-behind a[href="/cases/${String(id)}"]`).waitFor();
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });

  it('shows an operator the figures, and offers neither lists nor another count', async () => {
    const { house, browser, tokens } = officers;
    const { ok } = await fetch(`${house.url}/api/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[0] ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from: '2014-07', to: '2014-09' }),
    });
    expect(ok).toBe(true);
    const token = await house.issueToken('话务丙', 'operator');
    const visitor = await openVisitor(browser, { url: house.url, token, language: 'en' });
    const { page } = visitor;
    await page.goto('/reports');
    await page.getByRole('link', { name: 'Jul 2014 to Sep 2014' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Report: Jul 2014 to Sep 2014' }).waitFor();
    expect(await page.locator('table a').count()).toBe(0);
    expect(await page.locator('#report-recompute, #report-make').count()).toBe(0);
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });
});
