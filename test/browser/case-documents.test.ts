import { sql } from 'kysely';
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

describe('an official document', () => {
  it('is proposed after acceptance, drafted, approved and signed by another, and delivered with a proof', async () => {
    const id = await confirmedCase(house, officers.tokens[0] ?? '', '要出具受理告知书的一件');
    const author = await openOfficer(0);
    const signer = await openOfficer(1, { tone: 'dark' });
    const { page } = author;
    await page.goto(`/cases/${String(id)}`);
    await openOrder(page, '受理').click();
    await page.getByRole('region', { name: '受理', exact: true }).getByRole('button', { name: '受理' }).click();
    await page.locator('#case-documents').getByRole('button', { name: '拟制受理告知书' }).click();

    const draft = page.getByRole('dialog', { name: '受理告知书' });
    await draft.getByText('以案件登记为准', { exact: false }).first().waitFor();
    await draft.getByRole('textbox', { name: '事项摘要(中性)' }).fill('教育乱收费');
    await draft.getByText('不得写明问题类别，请改为中性表述').waitFor();
    await pictureOf(page, '.document-dialog', 'document-draft-zh-CN-light');
    await draft.getByRole('textbox', { name: '事项摘要(中性)' }).fill('补办教师资格证书办理时间');
    await draft.getByRole('region', { name: '文书正文' }).getByText('补办教师资格证书办理时间').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await draft.getByRole('button', { name: '存为拟稿' }).click();
    await draft.waitFor({ state: 'detached' });
    await page.locator('#case-documents').getByText('拟稿人不能审核或者签发', { exact: false }).waitFor();

    const { page: desk } = signer;
    await desk.goto('/');
    await desk.locator('#signatures').getByRole('link', { name: '审核受理告知书' }).click();
    await desk.getByRole('button', { name: '打开受理告知书' }).click();
    const read = desk.getByRole('dialog', { name: '受理告知书' });
    await read.getByText('补办教师资格证书办理时间', { exact: false }).waitFor();
    await read.getByRole('button', { name: '审核通过' }).click();
    await read.getByRole('button', { name: '签发' }).click();
    await read.getByRole('group', { name: '送达' }).waitFor();
    await read.getByText('甘教效受告', { exact: false }).first().waitFor();
    expect(await accessibilityFaults(desk)).toEqual([]);
    await pictureOf(desk, '.document-dialog', 'document-read-zh-CN-dark');
    await read.getByRole('button', { name: '关闭' }).click();
    await pictureOf(desk, '#case-documents', 'documents-zh-CN-dark');

    await page.locator('#case-documents').getByText('已签发').waitFor();
    await page.getByRole('button', { name: '打开受理告知书' }).click();
    const deliver = page.getByRole('dialog', { name: '受理告知书' });
    await deliver.getByRole('radio', { name: '挂号邮寄' }).check();
    await deliver.getByRole('textbox', { name: '挂号信编号' }).fill('XA00000000001');
    await deliver.getByRole('button', { name: '登记送达' }).click();
    await deliver.getByText('已记录送达。').waitFor();
    await deliver.getByRole('button', { name: '关闭' }).click();
    await page.locator('#case-documents').getByText('挂号邮寄 · XA00000000001', { exact: false }).waitFor();
    await pictureOf(page, '#case-documents', 'documents-zh-CN-light');
    const stored = sql<{ state: string; number: string }>`select state, number from documents where case_id = ${id}`;
    const [row] = (await stored.execute(house.db)).rows;
    expect(row?.state).toBe('delivered');
    expect(row?.number).toMatch(/^甘教效受告〔\d{4}〕1号$/u);
    expect([...author.trouble, ...signer.trouble]).toEqual([]);
    await Promise.all([author.context.close(), signer.context.close()]);
  });
});
