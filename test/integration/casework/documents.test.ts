import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentPdfContext } from '../../../src/casework/documents.ts';
import { reviseDocument } from '../../../src/casework/draft-document.ts';
import { sendDueLetters } from '../../../src/casework/send-letters.ts';
import { dayOf, plusDays, yearOf, type CalendarDate } from '../../../src/domain/calendar-date.ts';
import { listDocumentsOnTheirWay } from '../../../src/store/documents.ts';
import { openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { openPostOffice, sendDependencies } from '../../support/casework-letters.ts';
import { aMail, arriveAsCase, by } from '../../support/casework-mails.ts';
import { done, openDocumentDesk } from '../../support/document-desk.ts';

let house: CaseworkHouse;
let desk: Awaited<ReturnType<typeof openDocumentDesk>>;
let caseId: number;
beforeEach(async () => {
  house = await openCasework();
  desk = await openDocumentDesk(house);
  caseId = await arriveAsCase(house, aMail(by('citizen@citizen.example')));
});
afterEach(() => house.close());

const TODAY: CalendarDate = dayOf(new Date());
const YEAR = yearOf(TODAY);
const ACCEPTANCE = { subject: '转学手续办理', acceptedOn: TODAY, dueOn: plusDays(TODAY, 60) };
const REJECTION = { subject: '转学手续办理', situation: 'not-ours', whereTo: '示例县教育局' };

async function row(id: number): Promise<Record<string, unknown>> {
  const [found] = await house.sql('select *, id::int from documents where id = $1', [id]);
  return found ?? {};
}

describe('a document', () => {
  it('is drafted by one and signed by another, gets its number then, and keeps its bytes', async () => {
    const drafted = done(await desk.draft(caseId, 'acceptance', ACCEPTANCE));
    expect(await row(drafted.id)).toMatchObject({ state: 'draft', number: null, pdf_sealed: null });
    const refused = { kind: 'refused', reason: 'same-person' };
    expect(await desk.approve(drafted.id, 1, { ...desk.author, role: 'supervisor' })).toMatchObject(refused);
    expect(await desk.sign(drafted.id, 1)).toMatchObject({ reason: 'not-approved' });
    done(await desk.approve(drafted.id, 1));
    expect(await desk.sign(drafted.id, 2, { ...desk.author, role: 'supervisor' })).toMatchObject(refused);
    expect(await desk.sign(drafted.id, 1)).toEqual({ kind: 'stale', version: 2 });
    done(await desk.sign(drafted.id, 2));

    const signed = await row(drafted.id);
    expect(signed).toMatchObject({ state: 'signed', number: `甘教效受告〔${String(YEAR)}〕1号`, version: 3 });
    const pdf = house.sealer.unseal(signed['pdf_sealed'] as Buffer, documentPdfContext(drafted.id));
    expect(createHash('sha256').update(pdf).digest()).toEqual(signed['pdf_sha256']);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const kinds = await house.sql(`select kind from journal where case_id = $1 and kind like 'document.%' order by n`, [
      caseId,
    ]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['document.drafted', 'document.approved', 'document.signed']);
  });

  it('once signed is altered by nobody, not even past the program', async () => {
    const id = await desk.signed(caseId, 'acceptance', ACCEPTANCE);
    const again = await reviseDocument(desk.dependencies, desk.signer, id, 3, ACCEPTANCE);
    expect(again).toMatchObject({ kind: 'refused', reason: 'already-signed' });
    await expect(house.sql(`update documents set pdf_sealed = 'x' where id = $1`, [id])).rejects.toMatchObject({
      code: 'SH003',
    });
    await expect(house.sql(`update documents set number = 'x' where id = $1`, [id])).rejects.toMatchObject({
      code: 'SH003',
    });
    await expect(house.sql('delete from documents where id = $1', [id])).rejects.toMatchObject({ code: 'SH003' });
  });

  it('that is wrong is corrected by another one, which names it', async () => {
    const wrong = await desk.signed(caseId, 'acceptance', ACCEPTANCE);
    const right = await desk.signed(caseId, 'acceptance', ACCEPTANCE, wrong);
    const [first] = await house.sql('select corrects::int from documents where id = $1', [right]);
    expect(first).toEqual({ corrects: wrong });
    const [note] = await house.sql(
      `select n.about, n.text from journal j join notes n on n.id = (j.data->'note'->>'id')::bigint
       where j.kind = 'document.drafted' and j.data->>'corrects' = $1`,
      [String(wrong)],
    );
    expect(note).toEqual({
      about: 'reason',
      text: expect.stringMatching(/^更正甘教效受告〔\d{4}〕\d+号：事项摘要写错$/u),
    });
    const waiting = (await listDocumentsOnTheirWay(house.database.db, desk.signer)).filter(({ id }) =>
      [wrong, right].includes(id),
    );
    expect(waiting.map(({ id, underWay }) => [id, underWay])).toEqual([
      [wrong, true],
      [right, false],
    ]);
    const other = await arriveAsCase(house, aMail());
    expect(await desk.draft(other, 'acceptance', ACCEPTANCE, wrong)).toMatchObject({ reason: 'nothing-to-correct' });
  });

  it('that is revised belongs to who wrote last, and is approved again', async () => {
    const { id } = done(await desk.draft(caseId, 'acceptance', ACCEPTANCE));
    done(await desk.approve(id, 1));
    done(await reviseDocument(desk.dependencies, desk.signer, id, 2, { ...ACCEPTANCE, subject: '学籍转接' }));
    expect(await row(id)).toMatchObject({ state: 'draft', approved_by: null, version: 3 });
    expect(await desk.approve(id, 3)).toMatchObject({ reason: 'same-person' });
  });

  it('with something missing or forbidden is not taken in', async () => {
    expect(await desk.draft(caseId, 'acceptance', { ...ACCEPTANCE, subject: '' })).toMatchObject({
      kind: 'unfit',
      problems: [{ field: 'subject', reason: 'missing', advice: '请填写' }],
    });
    expect(
      await desk.draft(caseId, 'acceptance', { ...ACCEPTANCE, subject: '来信人 citizen@citizen.example 的事' }),
    ).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ reason: 'names-complainant' })]),
    });
    expect(await house.sql('select id from documents')).toEqual([]);
  });

  it('of an unknown case, or of one that is hidden, is not there', async () => {
    expect(await desk.draft(999_999, 'acceptance', ACCEPTANCE)).toEqual({ kind: 'not-found' });
    const { id } = done(await desk.draft(caseId, 'acceptance', ACCEPTANCE));
    const [view] = await house.sql(`select pg_get_viewdef('visible_cases') as text`);
    const visible = String(view?.['text']).replace(/;\s*$/u, '');
    const signer = String(desk.signer.userId);
    await house.sql(
      `create or replace view visible_cases as select * from (${visible}) v where v.viewer_id <> ${signer}`,
    );
    expect(await desk.approve(id, 1)).toEqual({ kind: 'not-found' });
  });

  it('for a unit waits until a person has confirmed who is accused', async () => {
    const fields = {
      unit: '财务处',
      source: 'mail',
      subject: '转学手续办理不及时。',
      proposal: '请核实。',
      sentOn: TODAY,
      answerBy: plusDays(TODAY, 20),
      demand: 'report-back',
    };
    expect(await desk.draft(caseId, 'referral', fields)).toMatchObject({ problems: [{ reason: 'not-confirmed' }] });
    await house.sql('update cases set confirmed = true where id = $1', [caseId]);
    const { id } = done(await desk.draft(caseId, 'referral', fields));
    done(await desk.approve(id, 1));

    // Accused between draft and signature: the unit gets nothing, and no number is lost.
    await house.sql(`insert into case_denials (case_id, unit, source) values ($1, 'FIN', 'person')`, [caseId]);
    expect(await desk.sign(id, 2)).toMatchObject({
      kind: 'unfit',
      problems: [{ field: 'unit', reason: 'recipient-denied' }],
    });
    expect(await house.sql('select * from document_numbers')).toEqual([]);
  });
});

describe('numbers', () => {
  it('run without a gap for each kind, however many sign at once', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { id } = done(await desk.draft(caseId, 'rejection', REJECTION));
      done(await desk.approve(id, 1));
      ids.push(id);
    }
    await Promise.all(ids.map((id) => desk.sign(id, 2)));
    await desk.signed(caseId, 'acceptance', ACCEPTANCE);
    const rows = await house.sql(`select kind, serial from documents order by kind, serial`);
    expect(rows.filter(({ kind }) => kind === 'rejection').map(({ serial }) => serial)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.filter(({ kind }) => kind === 'acceptance').map(({ serial }) => serial)).toEqual([1]);
  });
});

describe('delivery', () => {
  const signal = new AbortController().signal;

  it('by mail carries the frozen PDF to the address that wrote, and says nothing of it', async () => {
    const id = await desk.signed(caseId, 'rejection', REJECTION);
    done(await desk.deliver(id, 3, { way: 'mail' }));
    expect(await row(id)).toMatchObject({ state: 'signed' });
    const office = openPostOffice();
    await sendDueLetters(sendDependencies(house, office), signal);
    expect(await row(id)).toMatchObject({ state: 'delivered' });

    const sent = office.taken.find(({ bytes }) => bytes.includes('application/pdf'));
    expect(sent?.recipient).toBe('citizen@citizen.example');
    const mail = await simpleParser(sent?.bytes ?? Buffer.alloc(0));
    const [attachment, ...more] = mail.attachments;
    expect(more).toEqual([]);
    expect(
      createHash('sha256')
        .update(attachment?.content ?? '')
        .digest(),
    ).toEqual((await row(id))['pdf_sha256']);
    expect(`${String(mail.subject)}${String(mail.text)}${String(attachment?.filename)}`).not.toMatch(
      /不予受理|转学|学校/u,
    );
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    for (const line of (sent?.bytes.toString('latin1') ?? '').split('\r\n')) expect(line.length).toBeLessThan(998);
  });

  it('by mail does not count as the acknowledgement of the case, and a refused one is a task', async () => {
    await sendDueLetters(sendDependencies(house, openPostOffice()), signal);
    const acknowledged = await house.sql(
      `select count(*)::int as n from journal where kind = 'acknowledgement-recorded'`,
    );
    const id = await desk.signed(caseId, 'rejection', REJECTION);
    done(await desk.deliver(id, 3, { way: 'mail' }));
    const refusing = openPostOffice(() => ({ kind: 'refused', permanent: true, code: 550, text: 'no such user' }));
    await sendDueLetters(sendDependencies(house, refusing), signal);
    expect(await row(id)).toMatchObject({ state: 'signed' });
    expect(await house.sql(`select count(*)::int as n from journal where kind = 'acknowledgement-recorded'`)).toEqual(
      acknowledged,
    );
    expect(await house.sql(`select kind, case_id::int from tasks where kind = 'delivery-failed'`)).toEqual([
      { kind: 'delivery-failed', case_id: caseId },
    ]);
    done(await desk.deliver(id, 3, { way: 'post', postNumber: 'XA00000000062' }));
    expect(await row(id)).toMatchObject({ state: 'delivered' });
  });

  it('of two documents of one case is two mails', async () => {
    for (const kind of ['rejection', 'rejection'] as const) {
      const id = await desk.signed(caseId, kind, REJECTION);
      done(await desk.deliver(id, 3, { way: 'mail' }));
    }
    expect(await house.sql(`select count(*)::int as n from letters where kind = 'document'`)).toEqual([{ n: 2 }]);
  });

  it('by telephone says when it was read aloud, and what is not for the citizen is not read to him', async () => {
    const id = await desk.signed(caseId, 'rejection', REJECTION);
    const at = new Date('2026-11-24T02:00:00Z');
    done(await desk.deliver(id, 3, { way: 'read-aloud', at }));
    expect(await house.sql('select way, at from document_deliveries')).toEqual([{ way: 'read-aloud', at }]);
    const brief = await desk.signed(caseId, 'leader-brief', {
      subject: '转学手续',
      points: '一、手续。',
      proposal: '核实。',
    });
    for (const order of [{ way: 'mail' }, { way: 'read-aloud', at }] as const)
      expect(await desk.deliver(brief, 3, order)).toMatchObject({ reason: 'not-for-citizen' });
    done(await desk.deliver(brief, 3, { way: 'by-hand', at }));
  });

  it('of what is not signed does not happen', async () => {
    const { id } = done(await desk.draft(caseId, 'rejection', REJECTION));
    expect(await desk.deliver(id, 1, { way: 'mail' })).toMatchObject({ reason: 'not-signed' });
  });
});
