import { describe, expect, it } from 'vitest';
import { openOrders } from '../../../src/casework/open-orders.ts';
import { LIFE_RULES, type LifeCommandType } from '../../../src/domain/case-life-commands.ts';
import type { Role, Viewer } from '../../../src/domain/vocabulary.ts';
import { accepted, answered, confirmed, dispatched, reported } from '../../support/case-courses.ts';
import { EXITS, OTHER_LIVES, tell } from '../../support/case-stories.ts';
import type { Teller } from '../../support/case-teller.ts';

const supervisor: Viewer = { userId: 6, role: 'supervisor' };

function standings(teller: Teller, viewer: Viewer = supervisor, holder: number | null = null) {
  const events = teller.told.flatMap((step) => step.events);
  const found = openOrders(teller.timing, viewer, teller.now(), events, holder === null ? null : claimOf(holder));
  if (found === null) throw new Error('the teller has told nothing');
  return new Map(found.orders.map((one) => [one.type, one]));
}

const claimOf = (id: number) => ({ by: { id, name: '某人', role: 'triage' as const } });

const openTo = (teller: Teller, viewer?: Viewer): readonly LifeCommandType[] =>
  [...standings(teller, viewer).values()].flatMap(({ type, closed }) => (closed === null ? [type] : []));

describe('which orders are open', () => {
  it('is what the case itself would take: in no life was an order given that was not offered before', () => {
    let looked = 0;
    for (const story of Object.values({ ...EXITS, ...OTHER_LIVES })) {
      const teller = tell(story, '2022');
      teller.told.forEach(({ type, events }, n) => {
        const [first] = events;
        if (!(type in LIFE_RULES) || first === undefined) return;
        const before = teller.told.slice(0, n).flatMap((step) => step.events);
        const viewer = { userId: first.by, role: ROLES[first.by] ?? 'system' };
        const offered = openOrders(teller.timing, viewer, new Date(first.at), before, null);
        const standing = offered?.orders.find((one) => one.type === type);
        expect({ type, closed: standing?.closed }).toEqual({ type, closed: null });
        looked += 1;
      });
    }
    expect(looked).toBeGreaterThan(40);
  });

  it('after confirmation are the exits, and nothing of what comes after them', () => {
    const open = openTo(confirmed());
    expect(open).toEqual(expect.arrayContaining(['ask-for-more', 'accept', 'refuse', 'merge', 'transfer', 'retract']));
    for (const later of ['dispatch', 'take', 'close', 'sign-answer'] as const) expect(open).not.toContain(later);
  });

  it('names a reason of the case before that of the state', () => {
    const report = reported();
    expect(standings(confirmed()).get('hand-up')?.closed).toBe('lane-not-sealed');
    expect(standings(confirmed()).get('close')?.closed).toBe('wrong-state');
    expect(
      standings(report, { userId: report.file().life.result?.by ?? 0, role: 'triage' }).get('approve-result')?.closed,
    ).toBe('same-person');
    expect(standings(answered()).get('close')?.closed).toBe('call-back-first');
  });

  it('depends on who looks', () => {
    const teller = confirmed();
    expect(openTo(teller, { userId: 2, role: 'operator' })).not.toContain('accept');
    expect(standings(teller, { userId: 2, role: 'operator' }).get('accept')?.closed).toBe('role-not-allowed');
  });

  it('offers a dispatch whatever unit is chosen later, and an objection only to who has one', () => {
    expect(openTo(accepted())).toContain('dispatch');
    expect(openTo(accepted())).not.toContain('rule');
    expect(openTo(dispatched())).toContain('object');
  });

  it('offers just the marks that can be set, and just those that can be taken away', () => {
    const teller = confirmed();
    teller.give('triage', { type: 'raise-flag', flag: 'named', since: null, dueOn: null, why: null });
    const found = standings(teller);
    expect(found.get('raise-flag')?.choices).not.toContain('named');
    expect(found.get('raise-flag')?.choices).not.toContain('anonymous');
    expect(found.get('raise-flag')?.choices).toContain('supervised');
    expect(found.get('lower-flag')?.choices).toEqual(['named']);
    expect(found.get('accept')?.choices).toBeNull();
  });

  it('leaves to who does not have the case in hand only what another must decide, and what merely adds to it', () => {
    const [own, theirs] = [standings(confirmed(), supervisor, 6), standings(confirmed(), supervisor, 3)];
    expect(own.get('accept')?.closed).toBeNull();
    expect(theirs.get('accept')?.closed).toBe('claimed-by-other');
    expect(theirs.get('close')?.closed).toBe('wrong-state'); // would be closed to its holder as well
    expect(theirs.get('link')?.closed).toBeNull();
    expect(standings(reported(), supervisor, 3).get('approve-result')?.closed).toBeNull();
  });

  it('is nothing where there is no case', () => {
    const { timing, now } = confirmed();
    expect(openOrders(timing, supervisor, now(), [], null)).toBeNull();
  });
});

/** As the teller numbers its people. */
const ROLES: Readonly<Record<number, Role>> = {
  1: 'system',
  2: 'operator',
  3: 'triage',
  4: 'investigator',
  5: 'unit-head',
  6: 'supervisor',
  7: 'discipline',
};
