import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendDueLetters } from '../../../src/casework/send-letters.ts';
import { settleItems } from '../../../src/casework/settle-items.ts';
import type { ParsedMail } from '../../../src/intake/item.ts';
import { armed, countOf, openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { letterOf, letters, openPostOffice, sendDependencies } from '../../support/casework-letters.ts';
import {
  aMail,
  arrive,
  arriveAsCase,
  by,
  placeOf,
  readReceived,
  receive,
  tasksOf,
} from '../../support/casework-mails.ts';

let house: CaseworkHouse;
beforeAll(async () => {
  house = await openCasework();
});
afterAll(() => house.close());

describe('the same mail again', () => {
  it('P2: the same bytes twice are one case and a sighting, and nothing is read twice', async () => {
    const mail = aMail();
    const raw = Buffer.from('From: a@citizen.example\r\n\r\nthe same bytes');
    const first = await arrive(house, mail, { raw });
    const second = await arrive(house, mail, { raw });
    expect(second).toMatchObject({ disposition: 'duplicate', caseId: first.caseId, sameAs: first.itemId });
    expect(await letters(house, first.caseId ?? 0)).toHaveLength(1);
    expect(
      await countOf(house, 'raw_chunks c join intake_items i using (raw_id) where i.id = $1', [second.itemId]),
    ).toBe(0);
  });

  it('M67: one mail delivered to both our addresses is one case with two sightings and one letter', async () => {
    const mail = aMail();
    const first = await arrive(house, mail);
    const second = await arrive(house, mail);
    expect(second).toMatchObject({ disposition: 'duplicate', caseId: first.caseId, sameAs: first.itemId });
    expect(await letters(house, first.caseId ?? 0)).toHaveLength(1);
    expect(await armed(house, second.provisionalCaseId, 'NOTICE15')).toBe(0);
  });

  it("S07: a victim's Message-ID under other content makes a case of its own with a flag, and hides nobody", async () => {
    const mail = aMail();
    const first = await arriveAsCase(house, mail);
    const second = await arrive(house, aMail({ messageId: mail.messageId }));
    expect(second).toMatchObject({ disposition: 'case', flags: ['message-id-reused'], ackSend: true });
    expect(second.caseId).not.toBe(first);
    expect(second.caseId).toBe(second.provisionalCaseId);
  });

  it('P2: the same content from the same sender under another Message-ID is a case that may be a duplicate', async () => {
    const mail = aMail();
    const first = await arriveAsCase(house, mail);
    const second = await arrive(house, { ...mail, messageId: 'another@citizen.example' });
    expect(second).toMatchObject({ disposition: 'case', flags: ['possibly-duplicate'] });
    expect(second.caseId).not.toBe(first);
  });

  it('the same content from another sender is a case without a word about duplicates', async () => {
    const mail = aMail();
    await arriveAsCase(house, mail);
    const other = await arrive(house, { ...mail, ...by('neighbour@other.example'), messageId: 'other@other.example' });
    expect(other).toMatchObject({ disposition: 'case', flags: [] });
  });

  it('P2: the copy that a list sent, which counts as automatic, does not swallow the direct one', async () => {
    const mail = aMail();
    const list = { reason: 'mailing-list', certain: true, evidence: 'List-Id' } as const;
    expect(await arrive(house, { ...mail, automatic: list })).toMatchObject({ disposition: 'automatic', caseId: null });
    const direct = await arrive(house, mail);
    expect(direct).toMatchObject({ disposition: 'case', caseId: direct.provisionalCaseId, ackSend: true });
  });
});

describe('an answer to a letter of ours', () => {
  async function acknowledged(): Promise<{ caseId: number; mail: ParsedMail; inReplyTo: string[]; number: string }> {
    const mail = aMail();
    const caseId = await arriveAsCase(house, mail);
    const { messageId } = await letterOf(house, caseId);
    const [row] = await house.sql('select number from cases where id = $1', [caseId]);
    return { caseId, mail, inReplyTo: [messageId], number: String(row?.['number']) };
  }

  it('a valid token from the same sender goes to its case, and the provisional number is told to nobody', async () => {
    const { caseId, mail, inReplyTo } = await acknowledged();
    const answer = await arrive(house, aMail({ ...by(mail.from?.address ?? ''), inReplyTo }));
    expect(answer).toMatchObject({ disposition: 'follow-up', caseId });
    expect(await letters(house, answer.provisionalCaseId)).toEqual([]);
    const [folded] = await house.sql('select folded_as from cases where id = $1', [answer.provisionalCaseId]);
    expect(folded).toEqual({ folded_as: 'follow-up' });
    expect(await armed(house, answer.provisionalCaseId, 'NOTICE15')).toBe(0);
  });

  it('S03: a valid token from another sender makes a case of its own, and nobody is answered', async () => {
    const { caseId, inReplyTo } = await acknowledged();
    const stranger = await arrive(house, aMail({ inReplyTo }));
    expect(stranger).toMatchObject({ disposition: 'case', flags: ['possibly-related'], ackSend: false });
    expect(stranger.caseId).not.toBe(caseId);
    expect(await letters(house, stranger.caseId ?? 0)).toEqual([]);
    expect(await tasksOf(house, stranger.caseId ?? 0)).toEqual([
      'link-suggested letter-of-another',
      'tell-by-phone suspected-automatic',
    ]);
  });

  it('S03: a token under a foreign domain or with a changed digest counts for nothing', async () => {
    const { mail, inReplyTo } = await acknowledged();
    const forged = inReplyTo.flatMap((id) => [
      id.replace('office.example', 'evil.example'),
      id.replace(/[0-9a-f]@/, (end) => (end === '0@' ? '1@' : '0@')),
    ]);
    const answer = await arrive(house, aMail({ ...by(mail.from?.address ?? ''), inReplyTo: forged }));
    expect(answer).toMatchObject({ disposition: 'case', flags: [] });
  });

  it.each([
    ['S01: a case number in the subject from a stranger', false],
    ['S04: the right number from the right sender without a token', true],
  ])('%s opens no door: it is a case of its own', async (_, rightSender) => {
    const { caseId, mail, number } = await acknowledged();
    const sender = rightSender ? by(mail.from?.address ?? '') : {};
    const other = await arrive(house, aMail({ ...sender, subject: `回复：来信已收到（编号${number}）` }));
    expect(other.disposition).toBe('case');
    expect(other.caseId).not.toBe(caseId);
  });

  it('S02: a mail that claims to be from the office itself is not answered', async () => {
    const mail = await arrive(house, aMail({ ...by('xiaoneng@office.example') }));
    expect(mail).toMatchObject({ disposition: 'case', ackSend: false, ackReason: 'own-address' });
    expect(await letters(house, mail.caseId ?? 0)).toEqual([]);
  });
});

describe('reports about our letters', () => {
  /** A case whose writer has been sent his acknowledgement. */
  async function told(): Promise<number> {
    const caseId = await arriveAsCase(house, aMail());
    await sendDueLetters(sendDependencies(house, openPostOffice()), new AbortController().signal);
    return caseId;
  }
  const report = (action: 'failed' | 'delayed', given: Partial<ParsedMail>): ParsedMail =>
    aMail({
      ...by('mailer-daemon@relay.example'),
      returnPath: '',
      automatic: { reason: 'delivery-status', certain: true, evidence: 'multipart/report' },
      delivery: { action, status: action === 'failed' ? '5.1.1' : '4.4.1', originalMessageId: null },
      ...given,
    });

  it('A01: a bounce finds its letter by the bounce address, and a person has the task', async () => {
    const caseId = await told();
    const { envelopeFrom } = await letterOf(house, caseId);
    const bounce = await arrive(house, report('failed', { recipients: [envelopeFrom] }));
    expect(bounce).toMatchObject({ disposition: 'automatic', caseId, ackSend: false });
    expect(await letterOf(house, caseId)).toMatchObject({ delivery: 'bounced' });
    expect(await tasksOf(house, caseId)).toEqual(['delivery-failed bounced']);
    expect(await armed(house, caseId, 'PERSON')).toBe(1);
    expect(await letters(house, bounce.provisionalCaseId)).toEqual([]);
  });

  it('A01: a second bounce of the same letter changes nothing', async () => {
    const caseId = await told();
    const { messageId } = await letterOf(house, caseId);
    const delivery = { action: 'failed', status: '5.1.1', originalMessageId: messageId } as const;
    await arrive(house, report('failed', { delivery }));
    await arrive(house, report('failed', { delivery }));
    expect(await armed(house, caseId, 'PERSON')).toBe(1);
    expect(new Set(await tasksOf(house, caseId))).toEqual(new Set(['delivery-failed bounced']));
  });

  it('A02: a report of a delay is noted on the letter and bothers nobody', async () => {
    const caseId = await told();
    const { envelopeFrom } = await letterOf(house, caseId);
    await arrive(house, report('delayed', { recipients: [envelopeFrom] }));
    expect(await letterOf(house, caseId)).toMatchObject({ delivery: 'delayed' });
    expect(await tasksOf(house, caseId)).toEqual([]);
    expect(await armed(house, caseId, 'PERSON')).toBe(0);
  });

  it('A02: a report of a delay that comes after the bounce takes nothing back', async () => {
    const caseId = await told();
    const { envelopeFrom } = await letterOf(house, caseId);
    await arrive(house, report('failed', { recipients: [envelopeFrom] }));
    await arrive(house, report('delayed', { recipients: [envelopeFrom] }));
    expect(await letterOf(house, caseId)).toMatchObject({ delivery: 'bounced' });
  });

  it('backscatter of mail that we never sent is automatic and belongs to no case', async () => {
    const tasks = await countOf(house, 'tasks');
    const stray = await arrive(house, report('failed', { recipients: [`bounce+7.${'0'.repeat(24)}@office.example`] }));
    expect(stray).toMatchObject({ disposition: 'automatic', caseId: null });
    expect(await countOf(house, 'tasks')).toBe(tasks);
    expect(await armed(house, stray.provisionalCaseId, 'NOTICE15')).toBe(0);
  });
});

describe('two workers over the same items', () => {
  it('P2: settle them once, whoever comes first', async () => {
    const mails = Array.from({ length: 8 }, () => aMail());
    const received = new Map<number, ParsedMail>();
    for (const mail of mails) received.set(await receive(house, mail), mail);
    const items = await readReceived(house, received);
    expect(items).toHaveLength(8);
    const results = await Promise.all(Array.from({ length: 4 }, () => settleItems(house.settle, items)));
    expect(results.reduce((sum, { letters: written }) => sum + written, 0)).toBe(8);
    for (const itemId of received.keys()) {
      const { caseId } = await placeOf(house, itemId);
      expect(await letters(house, caseId ?? 0)).toHaveLength(1);
      expect(await countOf(house, `journal where item_id = $1 and kind = 'item.settled'`, [itemId])).toBe(1);
    }
  });

  it('M67: two copies of one mail settled at the same instant by two workers are one case', async () => {
    for (let round = 0; round < 10; round += 1) {
      const mail = aMail();
      const [one, two] = [await receive(house, mail), await receive(house, mail)];
      const items = await readReceived(house, new Map([one, two].map((id) => [id, mail])));
      await Promise.all(items.map((item) => settleItems(house.settle, [item])));
      const places = [await placeOf(house, one), await placeOf(house, two)];
      expect(places.map(({ disposition }) => disposition).toSorted()).toEqual(['case', 'duplicate']);
      expect(places[0]?.caseId).toBe(places[1]?.caseId);
    }
  });
});
