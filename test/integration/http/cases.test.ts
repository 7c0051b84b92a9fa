import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseBody } from '../../../src/http/case-schema.ts';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** Dates are text in here, whatever the type says. */
async function readCase(id: number): Promise<CaseBody> {
  const response = await desk.as('triage', { url: `/api/cases/${String(id)}` });
  expect(response.statusCode).toBe(200);
  return response.json<CaseBody>();
}

function order(id: number, what: string, payload: object, persona: 'triage' | 'operator' = 'triage') {
  return desk.as(persona, { method: 'POST', url: `/api/cases/${String(id)}/${what}`, payload });
}

describe('a case', () => {
  let mail: ReceivedMail;
  let body: CaseBody;
  beforeAll(async () => {
    mail = await desk.receiveMail({
      subject: '反映<收费>问题',
      text: '财务处违规收费，请查处。',
      attachments: [{ name: '票据.pdf', bytes: 12, type: 'application/pdf', sha256: 'ab' }],
      parts: [
        { type: 'text/plain', bytes: 30, shown: true },
        { type: 'text/html', bytes: 90, shown: false, why: 'same-as-plain' },
      ],
      flags: ['hidden-text'],
    });
    body = await readCase(mail.caseId);
  });

  it('says its number as it is read aloud, and its state in words', () => {
    expect(body.number).toMatch(/^\d{9}$/u);
    expect(body.numberShown).toMatch(/^\d{3} \d{3} \d{3}$/u);
    expect(body.state).toEqual({ code: 'TRIAGE', name: '待受理' });
  });

  it('shows the verdict with the words that count, those that do not, and what lost', () => {
    expect(body.verdict).toMatchObject({
      source: 'rules',
      category: { code: 7, name: '第7类' },
      unit: { code: 'BASIC', name: '基础教育处' },
      accused: [],
      proposal: {
        itemId: mail.itemId,
        rulesVersion: 'test-1',
        accused: [{ code: 'FIN', name: '财务处' }],
        evidence: [{ rule: 'fees.test', start: 0, end: 2, text: '财务' }],
        ignored: [{ why: 'quoted' }],
        scores: [{ category: { code: 7 }, score: 1.5 }],
      },
    });
    expect(body.denials).toMatchObject([{ unit: { code: 'FIN', name: '财务处' }, source: 'rules' }]);
  });

  it('explains each clock day by day, by the calendar of today', () => {
    const notice = body.clocks.find(({ kind }) => kind.code === 'NOTICE15');
    expect(notice).toMatchObject({ kind: { name: '受理告知' }, legal: true, state: { code: 'armed' }, overdue: false });
    expect(notice?.nextStep?.step).toEqual({ code: 'warn', name: '预警' });
    expect(notice?.why).toMatchObject({ amount: 15, unit: 'calendar-days', dueAt: notice?.dueAt });
    expect(notice?.why.days[0]).toMatchObject({ part: { code: 'start', name: '起始日，不计入' }, count: null });
    expect(notice?.why.days.filter(({ part }) => part.code === 'counted').map(({ count }) => count)).toEqual(
      Array.from({ length: 15 }, (_, n) => n + 1),
    );
    expect(notice?.workingDaysLeft).toBeGreaterThan(5);
  });

  it('shows what was found in an item, what is shown of it and what is withheld', () => {
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      subject: '反映<收费>问题',
      text: '财务处违规收费，请查处。',
      flags: [{ code: 'hidden-text', name: '隐藏文字' }],
      parts: { found: 2, shown: 1, withheld: 1, list: [{ shown: true }, { shown: false, why: 'same-as-plain' }] },
      attachments: [{ name: '票据.pdf' }],
      acknowledgement: { send: true },
      raw: true,
    });
  });

  it('shows the state of its letter, never the address and never the code', () => {
    expect(body.letters).toMatchObject([{ kind: 'acknowledgement', state: { code: 'pending', name: '待发送' } }]);
    expect(Object.keys(body.letters[0] ?? {}).toSorted()).toEqual(
      ['attempts', 'createdAt', 'delivery', 'id', 'kind', 'notBefore', 'sentAt', 'smtpCode', 'state'].toSorted(),
    );
  });

  it('tells its history in sentences', () => {
    const sentences = body.history.map(({ sentence }) => sentence);
    expect(sentences[0]).toBe('收到来信，开始计时');
    expect(sentences).toContainEqual(
      expect.stringMatching(/^“受理告知”时限开始计时，截止 \d{4}-\d\d-\d\d 24:00(\(暂定\))?$/u),
    );
    expect(sentences).toContain('来件处理结果：单独立件');
    expect(sentences).toContain('规则建议：申诉求决、第7类、诉求线、基础教育处');
    expect(body.history[0]?.by).toMatchObject({ name: 'system', role: 'system' });
  });

  it('does not say who wrote', async () => {
    const response = await desk.as('triage', { url: `/api/cases/${String(mail.caseId)}` });
    expect(response.body).not.toContain('citizen.example');
    expect(response.body).not.toContain('来信人');
  });
});

describe('who wrote', () => {
  it('is told apart from the case, to those who must reach the citizen, and every reading is in the journal', async () => {
    const { caseId, itemId } = await desk.receiveMail({});
    const response = await desk.as('triage', { url: `/api/cases/${String(caseId)}/identity` });
    expect(response.json()).toMatchObject({
      items: [{ itemId, channel: 'email', address: expect.stringMatching(/@citizen\.example$/u), phone: null }],
    });
    const { history } = await readCase(caseId);
    expect(history.at(-1)).toMatchObject({ sentence: '查阅来信来电人身份信息', by: { role: 'triage' } });
  });

  it('is refused to an operator once the call is saved', async () => {
    const { caseId } = await desk.receiveMail({});
    const response = await desk.as('operator', { url: `/api/cases/${String(caseId)}/identity` });
    expect(response.statusCode).toBe(403);
  });
});

describe('an order', () => {
  it('confirms the verdict with the accused that a person names, and says the new version', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处违规收费' });
    const { version } = await readCase(caseId);
    const response = await order(caseId, 'confirm', { version, accusedUnits: ['FIN', 'EXAM'] });
    expect(response.statusCode).toBe(200);
    const after = await readCase(caseId);
    expect(response.json()).toEqual({ version: after.version });
    expect(after).toMatchObject({
      confirmed: true,
      state: { code: 'TRIAGE' },
      verdict: { source: 'person', by: { role: 'triage' }, accused: [{ code: 'FIN' }, { code: 'EXAM' }] },
    });
    expect(after.denials.map(({ unit }) => unit.code)).toEqual(['EXAM', 'FIN']);
    expect(after.verdict?.proposal?.evidence).toHaveLength(1);
  });

  it('on a version that is no longer the newest changes nothing and shows the difference field by field', async () => {
    const { caseId } = await desk.receiveMail({});
    const { version } = await readCase(caseId);
    const first = { version, accusedUnits: [], category: 6, reason: '属审批事项' };
    expect((await order(caseId, 'correct', first)).statusCode).toBe(200);
    const second = await order(caseId, 'correct', { ...first, category: 5, unit: 'BASIC' });
    expect(second.statusCode).toBe(409);
    const now = await readCase(caseId);
    expect(second.json()).toMatchObject({ code: 'stale', version: now.version });
    const { differences } = second.json<{ differences: { field: string }[] }>();
    expect(differences).toContainEqual({ field: 'category', yours: 5, now: 6 });
    expect(differences).toContainEqual({ field: 'confirmed', now: true });
    expect(differences.map(({ field }) => field)).not.toContain('unit'); // both want the same
    expect(now.verdict?.category?.code).toBe(6);
  });

  it('of two officers at the same moment reaches the case once', async () => {
    const { caseId } = await desk.receiveMail({});
    const { version } = await readCase(caseId);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => order(caseId, 'confirm', { version, accusedUnits: [] })),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
  });

  it('to hand a case to a unit that it accuses is refused with the rule in words', async () => {
    const { caseId } = await desk.receiveMail({});
    const { version } = await readCase(caseId);
    const confirmed = await order(caseId, 'confirm', { version, accusedUnits: ['FIN'] });
    const response = await order(caseId, 'assign', { ...confirmed.json<{ version: number }>(), unit: 'FIN' });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: 'refused',
      reason: 'unit-denied',
      detail: '该单位是被反映单位或与其有利害关系，不得接收此件',
    });
    expect((await readCase(caseId)).assignments).toEqual([]);
  });

  it('to hand a confirmed case to another unit is carried out', async () => {
    const { caseId } = await desk.receiveMail({});
    const { version } = await readCase(caseId);
    const confirmed = await order(caseId, 'confirm', { version, accusedUnits: ['FIN'] });
    await order(caseId, 'assign', { ...confirmed.json<{ version: number }>(), unit: 'BASIC' });
    expect(await readCase(caseId)).toMatchObject({
      state: { code: 'DISPATCHED', name: '待签收' },
      assignedUnit: { code: 'BASIC' },
      assignments: [{ unit: { code: 'BASIC' }, user: null, by: { role: 'triage' }, endedAt: null }],
    });
  });

  it('that names a unit of no registry is refused by the field, not carried out', async () => {
    const { caseId } = await desk.receiveMail({});
    const { version } = await readCase(caseId);
    const response = await order(caseId, 'confirm', { version, accusedUnits: ['FIN', 'FINANCE'] });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ fields: [{ field: 'accusedUnits', problem: '没有这个单位' }] });
    expect((await readCase(caseId)).confirmed).toBe(false);
  });

  it('to correct without naming the accused is incomplete: silence must not clear the list', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处违规收费' });
    const { version } = await readCase(caseId);
    const response = await order(caseId, 'correct', { version, category: 6, reason: '改正' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ fields: [{ field: 'accusedUnits' }] });
  });

  it('to add a note needs no version and is open to an operator', async () => {
    const { caseId } = await desk.receiveMail({});
    const response = await order(caseId, 'notes', { text: '来信人补充:\n已退费。' }, 'operator');
    expect(response.statusCode).toBe(200);
    expect((await readCase(caseId)).notes).toMatchObject([
      { text: '来信人补充:\n已退费。', by: { name: '岗位 operator', role: 'operator' } },
    ]);
  });
});

describe('what waits for a person', () => {
  it('is listed with its case and its reason in words, and can be done once', async () => {
    const { caseId } = await desk.receiveMail({ returnPath: null });
    const list = await desk.as('operator', { url: '/api/tasks' });
    const task = list.json<{ tasks: CaseBody['tasks'] }>().tasks.find((one) => one.caseId === caseId);
    expect(task).toMatchObject({
      kind: { code: 'tell-by-phone', name: '人工告知来信人' },
      reason: { code: 'return-path-missing', name: '没有退信地址，无法核对发件人，请人工告知' },
      caseNumberShown: expect.stringMatching(/^\d{3} \d{3} \d{3}$/u),
    });
    const done = { method: 'POST', url: `/api/tasks/${String(task?.id)}/done` } as const;
    expect((await desk.as('operator', done)).statusCode).toBe(204);
    expect((await desk.as('operator', done)).statusCode).toBe(404);
  });
});

describe('a flood of follow-ups', () => {
  it('does not make a case too large to open, and what is left out is said', async () => {
    const { caseId } = await desk.receiveMail({ text: '初'.repeat(30_000) });
    for (let n = 0; n < 101; n += 1) {
      const other = await desk.receiveMail({ text: '续'.repeat(25_000) });
      const moved = desk.database.db.updateTable('intake_items').set({ case_id: caseId, disposition: 'follow-up' });
      await moved.where('id', '=', other.itemId).execute();
    }
    const body = await readCase(caseId);
    expect(body.omitted).toEqual({ items: 2, history: 0 });
    expect(body.items).toHaveLength(100);
    expect(body.items[0]).toMatchObject({ text: '初'.repeat(30_000), textOmitted: 0 });
    expect(body.items[1]).toMatchObject({ text: '续'.repeat(20_000), textOmitted: 5_000 });
  });
});
