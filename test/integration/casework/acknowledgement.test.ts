import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParsedMail } from '../../../src/intake/item.ts';
import { armed, countOf, openCasework, UNIT_DOMAIN, type CaseworkHouse } from '../../support/casework-house.ts';
import { letterOf, letters, textOf } from '../../support/casework-letters.ts';
import { aMail, arrive, arriveAsCase, by, tasksOf, type Arrival } from '../../support/casework-mails.ts';

let house: CaseworkHouse;
beforeAll(async () => {
  house = await openCasework();
});
afterAll(() => house.close());

describe('whom the machine does not answer', () => {
  const four = 4 * 86_400_000;
  const withheld: [string, Partial<ParsedMail>, Arrival, boolean][] = [
    ['own-address', by('xiaoneng@office.example'), {}, false],
    ['suspected-automatic', { automatic: { reason: 'auto-reply-words', certain: false, evidence: '' } }, {}, true],
    ['no-single-sender', { from: null }, {}, true],
    ['no-single-sender', { flags: ['ambiguous-sender'] }, {}, true],
    ['suspicious-sender', { flags: ['suspicious-sender'] }, {}, true],
    ['return-path-empty', { returnPath: '' }, {}, true],
    ['return-path-missing', { returnPath: null }, {}, true],
    ['return-path-differs', { returnPath: 'someone@elsewhere.example' }, {}, true],
    ['reply-to-differs', { replyTo: ['someone@elsewhere.example'] }, {}, true],
    ['authentication-failed', { authentication: 'fail' }, {}, true],
    ['too-many-recipients', { recipientCount: 11 }, {}, true],
    ['unit-domain', by(`clerk@${UNIT_DOMAIN}`), {}, true],
    ['from-spam-folder', {}, { spam: true }, true],
    ['too-old', {}, { receivedAt: new Date(Date.now() - four) }, true],
  ];

  it.each(withheld)(
    'P13: %s: it is a case, nobody is answered, and a person is told when one may wait',
    async (reason, given, how, person) => {
      const mail = await arrive(house, aMail(given), how);
      expect(mail).toMatchObject({ disposition: 'case', ackSend: false, ackReason: reason });
      const caseId = mail.caseId ?? 0;
      expect(await letters(house, caseId)).toEqual([]);
      expect(await tasksOf(house, caseId)).toEqual(person ? [`tell-by-phone ${reason}`] : []);
      expect(await armed(house, caseId, 'PERSON')).toBe(person ? 1 : 0);
    },
  );

  it('P8: certain automatic mail is folded: no letter, no task, no clock', async () => {
    const robot = await arrive(house, aMail({ automatic: { reason: 'auto-submitted', certain: true, evidence: '' } }));
    expect(robot).toMatchObject({ disposition: 'automatic', caseId: null, ackReason: 'automatic-mail' });
    expect(await letters(house, robot.provisionalCaseId)).toEqual([]);
    expect(await countOf(house, `deadlines where case_id = $1 and state = 'armed'`, [robot.provisionalCaseId])).toBe(0);
  });
});

describe('the acknowledgement', () => {
  it('P10: tells the sender alone, and nothing of what was written, by whom, or what it is taken for', async () => {
    const canaries = ['山丹花开', '收据编号七七', '马燕燕', '河西水务', 'BASIC'];
    const [subject = '', body = '', name = '', file = '', unit = ''] = canaries;
    const address = 'canary.writer@huaishu.example';
    const mail = aMail({ ...by(address), subject, text: `${body} ${name}`, headers: `X-Note: ${file}` });
    const from = { address, domain: 'huaishu.example', name };
    const attachments = [{ name: `${file}.pdf`, bytes: 3, type: 'application/pdf', sha256: 'ab' }];
    const caseId = await arriveAsCase(house, { ...mail, from, attachments }, { verdict: { unit, category: 3 } });
    const { bytes, recipient } = await letterOf(house, caseId);
    expect(recipient).toBe(address);
    const [head = ''] = bytes.toString('latin1').split('\r\n\r\n', 1);
    expect(head.match(/^(To|Cc|Bcc|Reply-To):.*$/gim)).toEqual([`To: <${address}>`]);
    const told = `${head}\n${textOf(bytes)}`;
    const encoded = canaries.map((canary) => Buffer.from(canary).toString('base64').slice(0, -4));
    for (const canary of [...canaries, ...encoded]) expect(told).not.toContain(canary);
    const other = await letterOf(house, await arriveAsCase(house, aMail({ ...by(address) })));
    expect(varying(bytes, other.bytes)).toEqual([]);
  });
});

/** Lines in which two letters differ, those left out that carry the number, the code, an id or an instant. */
function varying(one: Buffer, other: Buffer): string[] {
  const own = /^(Subject|Message-ID|Date|In-Reply-To|References):|编号：|查询码：|收到并登记|^ =\?UTF-8/u;
  const lines = (bytes: Buffer): string[] => {
    const [head = ''] = bytes.toString('latin1').split('\r\n\r\n', 1);
    return [...head.split('\r\n'), ...textOf(bytes).split('\n')].filter((line) => !own.test(line));
  };
  const known = new Set(lines(other));
  return lines(one).filter((line) => !known.has(line));
}
