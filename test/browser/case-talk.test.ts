import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmedCase } from '../support/confirmed-case.ts';
import { accessibilityFaults, type Visitor } from '../support/desk-visitor.ts';
import { openTwoOfficers, pictureOf, type TwoOfficers } from '../support/two-officers.ts';

let officers: TwoOfficers;
beforeAll(async () => {
  officers = await openTwoOfficers();
});
afterAll(() => officers.close());

const openOfficer = (n: number, look: Parameters<TwoOfficers['openOfficer']>[1] = {}): Promise<Visitor> =>
  officers.openOfficer(n, { viewport: { width: 1440, height: 1000 }, ...look });

describe('a note', () => {
  it('calls a colleague by his name, takes a file along, and is settled for him when he opens the case', async () => {
    const id = await confirmedCase(officers.house, officers.tokens[0] ?? '', '请同事一起看的一件');
    const { page, context, trouble } = await openOfficer(0);
    await page.goto(`/cases/${String(id)}`);
    const note = page.getByRole('textbox', { name: '新的办理记录' });
    await note.click();
    await note.pressSequentially('已核实，请看附件 @督');
    await page
      .getByRole('option', { name: '督办乙' })
      .or(page.locator('.ant-mentions-dropdown-menu-item', { hasText: '督办乙' }))
      .first()
      .click();
    expect(await note.inputValue()).toContain('@督办乙');
    await page
      .locator('.case-file-choice input')
      .setInputFiles({ name: '核实记录.txt', mimeType: 'text/plain', buffer: Buffer.from('核实') });
    await page.locator('.case-new-note').getByText('核实记录.txt').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await pictureOf(page, '#case-notes', 'notes-new-zh-CN-light');
    await page.getByRole('button', { name: /^添加记录/u }).click();
    const file = page.locator('#case-notes').getByRole('link', { name: '核实记录.txt' });
    await file.waitFor();
    expect(await note.inputValue()).toBe('');

    const called = await openOfficer(1, { tone: 'dark', language: 'en' });
    await called.page.goto('/');
    await called.page.getByRole('link', { name: 'You were called' }).click();
    await called.page.locator('#case-notes').getByText('Mentions you').waitFor();
    const [download] = await Promise.all([
      called.page.waitForEvent('download'),
      called.page.locator('#case-notes').getByRole('link', { name: '核实记录.txt' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('核实记录.txt');
    await pictureOf(called.page, '#case-notes', 'notes-called-en-dark');
    await called.page.goto('/');
    await called.page.locator('#tasks').waitFor();
    await expect.poll(() => called.page.getByRole('link', { name: 'You were called' }).count()).toBe(0);
    expect([...trouble, ...called.trouble]).toEqual([]);
    await Promise.all([context.close(), called.context.close()]);
  });
});
