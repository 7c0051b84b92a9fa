import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipientKeys } from '../../../src/casework/acknowledge.ts';
import type { SealedPerson } from '../../../src/casework/person-keys.ts';
import { searchTerms } from '../../../src/casework/search-terms.ts';
import { seekLinks } from '../../../src/casework/seek-links.ts';
import { identityContext } from '../../../src/casework/settle-mail.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { classify } from '../../../src/rules/classify.ts';
import { nameSchools } from '../../../src/rules/name-schools.ts';
import { loadRules, readJsonLines } from '../../rules/load-rules.ts';
import { openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { campaignLetters, HARD_NEIGHBOURS, ONE_SCHOOL, WROTE_TWICE } from '../../support/link-letters.ts';

type Letter = {
  readonly text: string;
  readonly person: SealedPerson;
  readonly target?: string;
  readonly group: string;
};
type Found = { readonly a: string; readonly b: string; readonly kind: string };

const rules = loadRules();
let house: CaseworkHouse;
const groupOf = new Map<number, string>();
let nextCase = 1_000;

beforeAll(async () => {
  house = await openCasework();
  await settle(letters());
  await house.sql('analyze item_texts');
  await seek();
}, 300_000);
afterAll(() => house.close());

/** Thirty about one school, ten who wrote twice, fifty of a campaign, among a thousand others; in an order that is not theirs. */
function letters(): readonly Letter[] {
  const others = readdirSync(join(projectRoot(), 'fixtures/labelled'))
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readJsonLines(`fixtures/labelled/${name}`) as { id: string; subject?: string; text: string }[])
    // Later files hold texts that are meant to resemble one another, one fact apart.
    .filter(({ id }) => Number(id.slice(1)) < 1_300)
    .slice(0, 1_000)
    .map(({ id, subject = '', text }) => ({ text: `${subject}\n${text}`, group: id }));
  const unlike = [...others, ...HARD_NEIGHBOURS.map((text, n) => ({ text, group: `neighbour ${String(n)}` }))];
  const alike = [
    ...ONE_SCHOOL.map((text) => ({ text, group: 'one school' })),
    ...campaignLetters(50).map((text) => ({ text, group: 'campaign' })),
  ];
  const written = [...unlike, ...alike].map((letter, n) => ({
    ...letter,
    person: { address: `citizen-${String(n)}@example.org` },
  }));
  return [...written, ...WROTE_TWICE.flatMap(twice)].toSorted((a, b) => order(a.text) - order(b.text));
}

function order(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003, 7);
}

function twice({ first, again, by }: (typeof WROTE_TWICE)[number], n: number): readonly Letter[] {
  const phone = `139000000${String(n).padStart(2, '0')}`;
  const group = `person ${String(n)}`;
  const names = ['甲乙丙', '丁戊己'];
  const person: Readonly<Record<typeof by, readonly [SealedPerson, SealedPerson]>> = {
    sender: [
      { address: `${group.replace(' ', '')}@example.org` },
      { address: `${group.replace(' ', '')}@example.org` },
    ],
    phone: [{ callerPhone: phone }, { callerPhone: `+86 ${phone}` }],
    'phone-in-letter': [{ callerPhone: phone }, { address: `again-${String(n)}@example.org` }],
    'name-place': [
      { address: `one-${String(n)}@example.org`, from: `one@example.org (${names[n % 2] ?? ''})` },
      { callerName: `${names[n % 2] ?? ''}先生` },
    ],
  };
  const [one, two] = person[by];
  const place = by === 'name-place' ? { target: first.slice(0, 6) } : {};
  const signed = by === 'phone-in-letter' ? `${again}\n联系电话 ${phone}` : again;
  return [
    { text: first, group, person: one, ...place },
    { text: signed, group, person: two, ...place },
  ];
}

/** Registered cases as intake leaves them, many at a time. */
async function settle(all: readonly Letter[]): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const { text, person, target, group } of all) {
    const id = (nextCase += 1);
    groupOf.set(id, group);
    const verdict = classify(rules, { channel: 'email', text });
    await house.sql(
      `insert into cases (id, number, state, provisional, profile, channel, received_at, kind, category, lane, unit, target_level, target_name, version)
       values ($1, $2, 'TRIAGE', false, '2022', 'email', now(), $3, $4, $5, $6, $7, $8, 3)`,
      [
        id,
        String(id),
        verdict.kind,
        verdict.category,
        verdict.lane,
        verdict.unit,
        verdict.target.level,
        target ?? verdict.target.name,
      ],
    );
    await house.sql(
      `insert into intake_items (id, channel, state, disposition, case_id, received_at, settled_at) values ($1, 'email', 'settled', 'case', $1, now(), now())`,
      [id],
    );
    await house.sql(`insert into item_texts (item_id, subject, body, bigrams) values ($1, '', $2, $3)`, [
      id,
      text,
      searchTerms(text),
    ]);
    const sender = person.address ? recipientKeys(house.sealer, person.address).recipientKey : null;
    const sealed = house.sealer.seal(Buffer.from(JSON.stringify(person)), identityContext(id));
    await house.sql('insert into item_identities (item_id, sealed, sender_key) values ($1, $2, $3)', [
      id,
      sealed,
      sender,
    ]);
    ids.push(id);
  }
  return ids;
}

function seek(): Promise<number> {
  const schoolsOf = (text: string): readonly string[] => nameSchools(rules, { channel: 'email', text });
  return seekLinks({ transact: house.store.links, sealer: house.sealer, schoolsOf }, new AbortController().signal);
}

async function found(): Promise<readonly Found[]> {
  const rows = await house.sql('select case_id, other_id, kind from case_suggestions');
  return rows.map((row) => ({
    a: groupOf.get(Number(row['case_id'])) ?? '',
    b: groupOf.get(Number(row['other_id'])) ?? '',
    kind: String(row['kind']),
  }));
}

/** The largest cluster that one group's cases ended in, and who else is in it. */
async function clusterOf(group: string): Promise<{ own: number; strangers: number }> {
  const rows = await house.sql('select cluster_id, array_agg(case_id) as cases from clusters group by 1');
  const sizes = rows.map((row) => {
    const groups = (row['cases'] as (number | string)[]).map((id) => groupOf.get(Number(id)));
    const own = groups.filter((one) => one === group).length;
    return { own, strangers: groups.length - own };
  });
  return sizes.toSorted((a, b) => b.own - a.own)[0] ?? { own: 0, strangers: 0 };
}

describe('cases that may belong together', () => {
  it('are looked through once, and never again', async () => {
    expect(await house.sql('select 1 from cases where links_sought_at is null')).toEqual([]);
    expect(await seek()).toBe(0);
  });

  it('are one cluster when thirty people write about one school, and strangers stay out of it', async () => {
    const { own, strangers } = await clusterOf('one school');
    expect(own).toBeGreaterThanOrEqual(23);
    expect(strangers).toBeLessThanOrEqual(1);
  });

  it('are one cluster when fifty send the same text with small changes', async () => {
    expect(await clusterOf('campaign')).toEqual({ own: 50, strangers: 0 });
    const kinds = (await found()).filter(({ a }) => a === 'campaign').map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'campaign').length).toBeGreaterThanOrEqual(45);
  });

  it('are found when one person writes or calls twice in other words, by mail and by telephone', async () => {
    const persons = (await found()).filter(({ kind }) => kind === 'same-person');
    expect(persons.filter(({ a, b }) => a === b).length).toBe(10);
    expect(persons.filter(({ a, b }) => a !== b)).toEqual([]);
  });

  it('are right in nearly nine of ten suggestions', async () => {
    const all = await found();
    const wrong = all.filter(({ a, b }) => a !== b);
    expect(all.length).toBeGreaterThan(80);
    expect(wrong.length / all.length).toBeLessThanOrEqual(0.12);
  });

  it('change nothing in a case: no event, no state, no folding', async () => {
    expect(
      await house.sql(`select 1 from cases where state <> 'TRIAGE' or folded_as is not null or version <> 3`),
    ).toEqual([]);
    expect(await house.sql('select 1 from case_links')).toEqual([]);
  });

  it('are not looked for by the person where somebody asked to stay unnamed', async () => {
    const person = { callerPhone: '13900000077', anonymous: true };
    const group = 'unnamed';
    await settle([
      { text: '武山县的小学屋顶漏雨三年了没有修，下雨天用盆接。', person, group },
      { text: '瓜州县食堂饭菜是凉的，孩子胃疼，请管一管。', person, group },
    ]);
    await seek();
    expect((await found()).filter(({ a }) => a === group)).toEqual([]);
    expect(await house.sql(`select 1 from case_keys where kind <> 'school' and case_id > $1`, [nextCase - 2])).toEqual(
      [],
    );
  });

  it('are found however many newer ones name the same school', async () => {
    const letter = (school: string, rest: string): string => `反映永昌县${school}的事。${rest}`;
    const told =
      '操场的看台去年冬天就裂了，学生课间还在上面跑，报修单贴了四次没有人来，雨天砖缝里往外冒水，请派人鉴定并先围起来。';
    const settleOne = (text: string, n: number, group: string) =>
      settle([{ text, person: { address: `${group}-${String(n)}@example.org` }, group }]);
    await settleOne(letter('白杨林中学', told), 1, 'old');
    for (const [n, { text }] of letters().slice(0, 60).entries())
      await settleOne(letter('白杨林中学', text), n, 'newer');
    await seek();
    await settleOne(letter('白杨林中学', `各位领导好！${told}盼复。`), 2, 'old');
    await seek();
    expect((await found()).filter(({ a, b }) => a === 'old' && b === 'old')).toHaveLength(1);
  });

  it('of before the migration are made as easy to find as those after it', async () => {
    const migration = readFileSync(join(projectRoot(), 'src/store/migrations/0012_case_terms.sql'), 'utf8');
    const count = 'select case_id::int as id, count(*)::int as terms from case_terms group by 1 order by 1';
    const before = await house.sql(count);
    await house.sql(
      `begin; delete from case_terms; ${migration.slice(migration.indexOf('create temporary table'))} commit`,
    );
    expect(before.length).toBeGreaterThan(1_000);
    expect(await house.sql(count)).toEqual(before);
  });

  it('hold no word of a letter and no name in what is stored of them', async () => {
    const rows = await house.sql('select why::text as why from case_suggestions');
    for (const { why } of rows) expect(String(why)).not.toMatch(/\p{Script=Han}/u);
  });
});
