import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recoverStuckLetters, sendDueLetters } from '../../../src/casework/send-letters.ts';
import { openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import {
  ACCEPTED,
  letterOf,
  letters,
  NO_ANSWER,
  openPostOffice,
  opens,
  sendDependencies,
  toldIn,
} from '../../support/casework-letters.ts';
import { aMail, arriveAsCase, by, tasksOf } from '../../support/casework-mails.ts';

let house: CaseworkHouse;
beforeEach(async () => {
  house = await openCasework();
});
afterEach(() => house.close());

const signal = new AbortController().signal;

/** Lets time pass for the letters: what went out and what waits are so much older. */
async function letHoursPass(hours: number): Promise<void> {
  await sql`update letters set data_at = data_at - make_interval(hours => ${hours}),
    not_before = not_before - make_interval(hours => ${hours}),
    lease_until = lease_until - make_interval(hours => ${hours})`.execute(house.database.db);
}

describe('the caps of a recipient', () => {
  it('P9: the fourth and fifth letter of an hour wait, and go out as one that lists both', async () => {
    const caseIds: number[] = [];
    for (let n = 0; n < 5; n += 1) caseIds.push(await arriveAsCase(house, aMail(by('much.writer@citizen.example'))));
    const office = openPostOffice();
    expect(await sendDueLetters(sendDependencies(house, office), signal)).toBe(3);
    expect((await letters(house)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'held', 'held']);

    await letHoursPass(2);
    expect(await sendDueLetters(sendDependencies(house, office), signal)).toBe(1);
    const all = await letters(house);
    const digest = all.find(({ kind }) => kind === 'digest');
    expect(digest).toMatchObject({ state: 'sent', recipient: 'much.writer@citizen.example' });
    expect(all.filter(({ mergedInto }) => mergedInto === digest?.id).map(({ state }) => state)).toEqual([
      'merged',
      'merged',
    ]);
    expect(office.taken).toHaveLength(4);
    const told = toldIn(digest?.bytes ?? Buffer.alloc(0));
    expect(told).toHaveLength(2);
    for (const one of told) expect(await opens(house, one)).toBe(true);
  });
});

describe('a digest that could not be handed over', () => {
  it('P9: waits for its turn again without losing a number, and holds up nobody else', async () => {
    const writer = by('much.writer@citizen.example');
    for (let n = 0; n < 5; n += 1) await arriveAsCase(house, aMail(writer));
    await sendDueLetters(sendDependencies(house, openPostOffice()), signal);
    await letHoursPass(2);
    const busy = openPostOffice(() => ({ kind: 'refused', permanent: false, code: 451, text: 'later' }));
    await sendDueLetters(sendDependencies(house, busy), signal);
    // Meanwhile the hour fills up again, so that the digest is held together with a newer letter.
    for (let n = 0; n < 4; n += 1) await arriveAsCase(house, aMail(writer));
    await sendDueLetters(sendDependencies(house, openPostOffice()), signal);
    await sql`update letters set not_before = now() where kind = 'digest'`.execute(house.database.db);
    await sendDueLetters(sendDependencies(house, openPostOffice()), signal);
    const held = (await letters(house)).filter(({ state }) => state === 'held').map(({ kind }) => kind);
    expect(held.toSorted()).toEqual(['acknowledgement', 'digest']);

    await letHoursPass(2);
    const office = openPostOffice();
    await arriveAsCase(house, aMail());
    await sendDueLetters(sendDependencies(house, office), signal);
    const all = await letters(house);
    expect(all.filter(({ state }) => state !== 'sent' && state !== 'merged')).toEqual([]);
    const told = all.filter(({ state }) => state === 'sent').flatMap(({ bytes }) => toldIn(bytes));
    const numbers = await house.sql('select number from cases order by number');
    expect(told.map(({ number }) => number).toSorted()).toEqual(numbers.map((row) => row['number']));
    for (const one of told) expect(await opens(house, one)).toBe(true);
  });
});

describe('a letter without an answer', () => {
  it('P11: goes out once more with the same bytes, and then a person is told', async () => {
    const caseId = await arriveAsCase(house, aMail(by('nobody.knows@citizen.example')));
    const office = openPostOffice(() => NO_ANSWER);
    const dependencies = sendDependencies(house, office);
    for (let round = 0; round < 4; round += 1) {
      await recoverStuckLetters(dependencies);
      await sendDueLetters(dependencies, signal);
      await letHoursPass(1);
    }
    expect(office.taken).toHaveLength(2);
    expect(office.taken[1]?.bytes.equals(office.taken[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(await letterOf(house, caseId)).toMatchObject({ state: 'unknown', submissions: 2 });
    expect(await tasksOf(house, caseId)).toEqual(['delivery-failed refused']);
  });

  it('P11: that is refused for good is tried once, and a person is told', async () => {
    const caseId = await arriveAsCase(house, aMail(by('moved.away@citizen.example')));
    const office = openPostOffice(() => ({ kind: 'refused', permanent: true, code: 550, text: 'no such user' }));
    await sendDueLetters(sendDependencies(house, office), signal);
    await letHoursPass(3);
    await sendDueLetters(
      sendDependencies(
        house,
        openPostOffice(() => ACCEPTED),
      ),
      signal,
    );
    expect(office.taken).toHaveLength(1);
    expect(await letterOf(house, caseId)).toMatchObject({ state: 'failed' });
    expect(await tasksOf(house, caseId)).toEqual(['delivery-failed refused']);
  });
});
