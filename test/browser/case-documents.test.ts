import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedCase, confirmedCase } from '../support/confirmed-case.ts';
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
    const id = await confirmedCase(house, officers.tokens[0] ?? '', `要出具受理告知书的一件 ${randomUUID()}`);
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

  it('that is signed and wrong is put right by another, which says why, and stands there as superseded', async () => {
    const id = await acceptedCase(house, officers.tokens[0] ?? '', `告知书写错的一件 ${randomUUID()}`);
    const wrong = await signedNotice(id);
    const author = await openOfficer(0);
    const { page } = author;
    await page.goto(`/cases/${String(id)}`);
    await page.getByRole('button', { name: '更正受理告知书' }).click();
    const draft = page.getByRole('dialog', { name: '更正甘教效受告' });
    const paper = draft.getByRole('region', { name: '文书正文' });
    await paper.getByText(`本文书更正${wrong}文书`, { exact: false }).waitFor();
    await draft.getByRole('textbox', { name: '事项摘要(中性)' }).fill('补办教师资格证书');
    await draft.getByRole('button', { name: '存为拟稿' }).click();
    await draft.getByText('请写明原文书错在何处').waitFor();
    await draft.getByRole('textbox', { name: '更正理由' }).fill('事项摘要写错');
    await paper.getByText('补办教师资格证书', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await pictureOf(page, '.document-dialog', 'document-correct-zh-CN-light');
    await draft.getByRole('button', { name: '存为拟稿' }).click();
    await draft.waitFor({ state: 'detached' });
    await page.locator('#case-documents').getByText('更正文书正在拟制。').waitFor();
    await page.getByText(`更正${wrong}：事项摘要写错`).waitFor();

    await signLast(id);
    const superseded = page.locator('.documents-superseded');
    await superseded.getByText('已由甘教效受告', { exact: false }).waitFor();
    expect(await superseded.innerText()).toContain(wrong);
    expect(await superseded.getByRole('button', { name: '更正受理告知书' }).count()).toBe(0);
    await pictureOf(page, '#case-documents', 'documents-corrected-zh-CN-light');
    expect(author.trouble).toEqual([]);
    await author.context.close();
  });
});

/** By the API: what the officers do on the way is looked at above. Throws what was refused. */
async function ask(officer: number, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${house.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${officers.tokens[officer] ?? ''}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

/** A notice of acceptance that is signed. Answers its number. */
async function signedNotice(caseId: number): Promise<string> {
  await ask(0, 'POST', `/api/cases/${String(caseId)}/documents`, {
    kind: 'acceptance',
    fields: { subject: '教师资格事项办理' },
  });
  return signLast(caseId);
}

/** Approves and signs the newest document of a case. Answers its number. */
async function signLast(caseId: number): Promise<string> {
  const list = async () =>
    (await ask(1, 'GET', `/api/cases/${String(caseId)}/documents`)) as {
      readonly documents: readonly { readonly id: number; readonly number: string | null }[];
    };
  const id = (await list()).documents.at(-1)?.id ?? 0;
  await ask(1, 'POST', `/api/documents/${String(id)}/approve`, { version: 1 });
  await ask(1, 'POST', `/api/documents/${String(id)}/sign`, { version: 2 });
  return (await list()).documents.at(-1)?.number ?? '';
}
