import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, plusDays } from '../../../src/domain/calendar-date.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
let caseId: number;
beforeAll(async () => {
  desk = await openDesk();
  ({ caseId } = await desk.receiveMail({}));
});
afterAll(() => desk.close());

const TODAY = dayOf(new Date());
const FIELDS = { subject: '资料费收取', acceptedOn: TODAY, dueOn: plusDays(TODAY, 60) };

type Persona = 'triage' | 'supervisor';
const post = (persona: Persona, url: string, payload: object) => desk.as(persona, { method: 'POST', url, payload });

async function draft(fields: Readonly<Record<string, string>> = FIELDS): Promise<number> {
  const answer = await post('triage', `/api/cases/${String(caseId)}/documents`, { kind: 'acceptance', fields });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: number }>().id;
}

describe('the kinds of documents', () => {
  it('tell each field, who knows it, and which article asks for it', async () => {
    const answer = await desk.as('triage', { url: '/api/document-kinds' });
    const { kinds } = answer.json<{ kinds: { kind: string; name: string; fields: object[] }[] }>();
    expect(kinds.length).toBe(17);
    const extension = kinds.find(({ kind }) => kind === 'extension-notice');
    expect(extension?.name).toBe('延期告知书');
    expect(extension?.fields).toContainEqual(
      expect.objectContaining({ id: 'reason', optional: false, requiredBy: '《信访工作条例》第三十四条' }),
    );
  });
});

describe('a document at the desk', () => {
  it('goes its whole way, and everybody can read in the history who did what', async () => {
    const id = await draft();
    const url = `/api/documents/${String(id)}`;
    const preview = await desk.as('triage', { url: `${url}/pdf` });
    expect(preview.headers['content-type']).toBe('application/pdf');
    expect((await post('triage', `${url}/approve`, { version: 1 })).json()).toMatchObject({
      code: 'refused',
      reason: 'same-person',
    });
    expect((await post('supervisor', `${url}/approve`, { version: 1 })).json()).toEqual({ id, version: 2 });
    expect((await post('supervisor', `${url}/sign`, { version: 1 })).json()).toMatchObject({
      code: 'stale',
      version: 2,
    });
    expect((await post('supervisor', `${url}/sign`, { version: 2 })).statusCode).toBe(200);
    const read = (await desk.as('triage', { url })).json<Record<string, unknown>>();
    expect(read).toMatchObject({
      number: expect.stringMatching(/^甘教效受告〔\d{4}〕1号$/u),
      state: { code: 'signed', name: '已签发' },
      kind: { code: 'acceptance', name: '受理告知书' },
      fields: FIELDS,
      text: expect.stringContaining('资料费收取'),
    });
    for (const [form, sum] of [
      ['pdf', 'pdfSha256'],
      ['docx', 'docxSha256'],
    ] as const) {
      const { rawPayload, headers } = await desk.as('supervisor', { url: `${url}/${form}` });
      expect(createHash('sha256').update(rawPayload).digest('hex')).toBe(read[sum]);
      expect(headers['content-disposition']).toContain(`document-${String(id)}.${form}`);
    }
    const at = '2026-11-24T10:00:00+08:00';
    expect((await post('triage', `${url}/deliver`, { version: 3, way: 'read-aloud', at })).statusCode).toBe(200);
    const listed = (await desk.as('triage', { url: `/api/cases/${String(caseId)}/documents` })).json();
    expect(listed).toMatchObject({
      documents: [
        {
          id,
          state: { code: 'delivered' },
          deliveries: [{ way: { code: 'read-aloud', name: '电话宣读' }, at: '2026-11-24T02:00:00.000Z', letter: null }],
        },
      ],
    });
    const { body } = await desk.as('triage', { url: `/api/cases/${String(caseId)}` });
    for (const sentence of ['拟制文书', '审核文书稿', '签发文书 甘教效受告', '送达文书：电话宣读', '查阅文书'])
      expect(body).toContain(sentence);
  });

  it('with missing and forbidden words comes back with every field and what to do', async () => {
    const fields = { ...FIELDS, subject: '乱收费', dueOn: '明年' };
    const answer = await post('triage', `/api/cases/${String(caseId)}/documents`, { kind: 'acceptance', fields });
    expect(answer.statusCode).toBe(422);
    const problem = answer.json<{ reason: string; fields: { field: string; problem: string }[] }>();
    expect(problem.reason).toBe('unfit');
    expect(problem.fields).toEqual([
      { field: 'subject', problem: '不得写明问题类别，请改为中性表述（names-category）' },
      { field: 'dueOn', problem: '应为日期，写作 2026-01-31（not-a-date）' },
    ]);
    expect(answer.body).not.toContain('乱收费');
  });

  it('is written anew, and has to be approved again', async () => {
    const id = await draft();
    const url = `/api/documents/${String(id)}`;
    await post('supervisor', `${url}/approve`, { version: 1 });
    const payload = { version: 2, fields: { ...FIELDS, subject: '校服收费' } };
    expect((await desk.as('triage', { method: 'PUT', url, payload })).json()).toEqual({ id, version: 3 });
    expect((await desk.as('triage', { url })).json()).toMatchObject({ state: { code: 'draft' }, approvedBy: null });
  });

  it('is delivered with the proof that its way needs, and no other', async () => {
    const url = `/api/documents/${String(await draft())}/deliver`;
    for (const payload of [
      { version: 1, way: 'post' },
      { version: 1, way: 'read-aloud' },
      { version: 1, way: 'mail', to: 'somebody@example.org' },
      { version: 1, way: 'pigeon' },
    ])
      expect((await post('triage', url, payload)).statusCode).toBe(400);
  });
});
