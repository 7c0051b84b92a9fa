import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmedCase } from '../support/confirmed-case.ts';
import type { DeskHouse } from '../support/desk-house.ts';
import { accessibilityFaults, type Visitor } from '../support/desk-visitor.ts';
import { openOrder, openTwoOfficers, pictureOf, type TwoOfficers } from '../support/two-officers.ts';

const WINDOW = { width: 1440, height: 1000 };

let house: DeskHouse;
let officers: TwoOfficers;
beforeAll(async () => {
  officers = await openTwoOfficers();
  ({ house } = officers);
});
afterAll(() => officers.close());

const openOfficer = (n: number, look: { readonly tone?: 'dark' } = {}): Promise<Visitor> =>
  officers.openOfficer(n, { viewport: WINDOW, ...look });

async function stateOf(id: number): Promise<string> {
  const { state } = await house.db.selectFrom('cases').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  return state;
}

describe('a refusal', () => {
  it('is given with its ground in words, by keyboard, and says what is missing before anything is sent', async () => {
    const id = await confirmedCase(house, officers.tokens[0] ?? '', '不归本机关管的一件');
    const { page, context, trouble } = await openOfficer(0);
    await page.goto(`/cases/${String(id)}`);
    await openOrder(page, '不予受理').waitFor();
    await page.keyboard.press('o');
    await expect.poll(() => page.evaluate('document.activeElement.closest(".orders-open") !== null')).toBe(true);
    await openOrder(page, '不予受理').focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('region', { name: '不予受理' });
    await form.getByText('《信访工作条例》第三十一条第(一)项', { exact: false }).waitFor();
    await page.keyboard.press('Control+Enter');
    await form.getByText('请填写：不予受理的理由').waitFor();
    await form.getByText('请填写：理由', { exact: true }).waitFor();

    await form.getByRole('radio', { name: /不属于本机关职权范围/u }).check();
    await form.getByRole('textbox', { name: '有权处理的机关' }).fill('某县人力资源和社会保障局');
    await form.getByRole('textbox', { name: '理由', exact: true }).fill('该事项由人力资源和社会保障部门办理。');
    expect(await accessibilityFaults(page)).toEqual([]);
    await pictureOf(page, '#case-orders', 'orders-refuse-zh-CN-light');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').getByText('已执行：不予受理').waitFor();
    expect(await stateOf(id)).toBe('REJECTED');
    await page.locator('#case-history').getByText('不予受理', { exact: false }).first().waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('of an order that closed meanwhile keeps what was typed and says why', async () => {
    const id = await confirmedCase(house, officers.tokens[0] ?? '', '两人同时办理的一件');
    const slow = await openOfficer(0);
    const quick = await openOfficer(1, { tone: 'dark' });
    await Promise.all([slow.page.goto(`/cases/${String(id)}`), quick.page.goto(`/cases/${String(id)}`)]);
    await openOrder(slow.page, '不予受理').click();
    const form = slow.page.getByRole('region', { name: '不予受理' });
    await form.getByRole('textbox', { name: '理由', exact: true }).fill('写了一半的理由');
    await openOrder(quick.page, '受理').click();
    await pictureOf(quick.page, '#case-orders', 'orders-accept-zh-CN-dark');
    await quick.page.getByRole('region', { name: '受理', exact: true }).getByRole('button', { name: '受理' }).click();
    await quick.page.getByRole('status').getByText('开始计时', { exact: false }).first().waitFor();
    await pictureOf(quick.page, '#case-orders', 'orders-done-zh-CN-dark');
    expect(await accessibilityFaults(quick.page)).toEqual([]);

    await form.getByRole('alert').filter({ hasText: '当前状态下不能执行此操作' }).waitFor();
    expect(await form.getByRole('textbox', { name: '理由', exact: true }).inputValue()).toBe('写了一半的理由');
    expect([...slow.trouble, ...quick.trouble]).toEqual([]);
    await Promise.all([slow.context.close(), quick.context.close()]);
  });
});
