import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRuleFiles } from '../../../src/intake/read-rule-files.ts';
import { rulesDirectory } from '../../../src/compose.ts';
import { PROBLEM_TYPE } from '../../../src/http/problems.ts';
import { versionOf } from '../../../src/rules/compile-rules.ts';
import type { RuleFile } from '../../../src/rules/rule-problem.ts';
import { openDeskHouse, type DeskHouse } from '../../support/desk-house.ts';
import { editedFiles } from '../../support/rule-office.ts';

/** Reads cases and may propose; proposes here; judges here; looks only. */
const PEOPLE = { officer: 'triage', author: 'supervisor', judge: 'discipline', onlooker: 'auditor' } as const;
type Person = keyof typeof PEOPLE;
const WAIT = { timeout: 110_000, interval: 200 };
const SHIPPED = versionOf(readRuleFiles(rulesDirectory()));
const ORDER = { why: '督办例会议定' };

let house: DeskHouse;
const tokens = new Map<Person, string>();

beforeAll(async () => {
  house = await openDeskHouse();
  for (const [person, role] of Object.entries(PEOPLE) as [Person, (typeof PEOPLE)[Person]][])
    tokens.set(person, await house.issueToken(`${person} 某`, role));
});
afterAll(() => house.close());

type Refusal = {
  readonly code: string;
  readonly title: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
};

async function ask(person: Person, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${tokens.get(person) ?? ''}`, 'content-type': 'application/json' };
  return fetch(
    `${house.url}/api${path}`,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  );
}

async function told<T>(person: Person, path: string, body?: object): Promise<T> {
  const answer = await ask(person, path, body);
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** The problem that comes back. Without a sentence or a place nobody knows what to do next. */
async function refusal(person: Person, path: string, body: object, status: number): Promise<Refusal> {
  const answer = await ask(person, path, body);
  expect(answer.status, path).toBe(status);
  expect(answer.headers.get('content-type')).toContain(PROBLEM_TYPE);
  return (await answer.json()) as Refusal;
}

/** A mail by SMTP, and by which version the case that it became was judged. */
async function judgedBy(mark: string): Promise<string | null | undefined> {
  await house.sendMail({ subject: mark, text: `${mark}：我们这里的学校乱收费严重，请查处。` });
  const { id } = await house.caseOf(mark);
  type Told = { verdict: { proposal: { rulesVersion: string | null } | null } | null };
  return (await told<Told>('officer', `/cases/${String(id)}`)).verdict?.proposal?.rulesVersion;
}

const inForce = async (): Promise<string> =>
  (await told<{ here: { version: string } }>('judge', '/rules')).here.version;

/** The same rules, but what a school charges goes to another unit. */
const candidate = (): readonly RuleFile[] =>
  editedFiles('classification/charging.yaml', (text) =>
    text.replace('assign: { category: 7, unit: FIN, weight: 5 }', 'assign: { category: 7, unit: BASIC, weight: 20 }'),
  );
const path = (version: string, verb = ''): string => `/rules/proposals/${version}${verb === '' ? '' : `/${verb}`}`;

describe('a proposal that does not hold', () => {
  it('is refused with the file, the line and what to do', async () => {
    const files = editedFiles('classification/charging.yaml', (text) => text.replace('unit: FIN', 'unit: NOSUCH'));
    const { code, fields } = await refusal('author', '/rules/proposals', { files, ...ORDER }, 400);
    expect(code).toBe('input.invalid');
    expect(fields).toHaveLength(1);
    expect(fields?.[0]?.field).toMatch(/^classification\/charging\.yaml:\d+:\d+$/u);
    expect(fields?.[0]?.problem).toMatch(/^unknown unit NOSUCH \(known: .*FIN/u);
  });

  it('is refused when it does otherwise than its examples say', async () => {
    const files = editedFiles('classification/charging.yaml', (text) =>
      text.replace('matches: [', 'matches: [今天天气很好, '),
    );
    const { fields } = await refusal('author', '/rules/proposals', { files, ...ORDER }, 400);
    expect(fields?.map(({ problem }) => problem).join()).toMatch(/should match: 今天天气很好/u);
  });

  it('is refused without a reason, without files, and from those whose task it is not', async () => {
    const files = candidate();
    expect((await refusal('author', '/rules/proposals', { files, why: ' ' }, 400)).fields).toMatchObject([
      { field: 'why' },
    ]);
    const none = await refusal('author', '/rules/proposals', { files: [], ...ORDER }, 400);
    expect(none.fields?.map(({ problem }) => problem).join()).toMatch(/units\.yaml|file is missing/u);
    expect((await refusal('onlooker', '/rules/proposals', { files, ...ORDER }, 403)).code).toBe('forbidden');
  });

  it('and none of that left a trace in the list of versions', async () => {
    const { versions } = await told<{ versions: readonly object[] }>('onlooker', '/rules/proposals');
    expect(versions).toMatchObject([{ version: SHIPPED, proposedBy: { name: 'system' } }]);
  });
});

describe('a change of the rules, from the proposal to the way back', () => {
  it('takes two persons, is tried as a shadow, is pinned by every verdict, and is written down', async () => {
    const files = candidate();
    const version = versionOf(files);
    expect(await told('author', '/rules/proposals', { files, ...ORDER })).toEqual({ version, state: 'proposed' });
    expect(await told('officer', '/rules/proposals', { files, ...ORDER })).toEqual({ version, state: 'proposed' });
    expect(await told<{ files: readonly RuleFile[] }>('judge', path(version))).toEqual({ files });
    const early = await refusal('judge', path(version, 'activate'), ORDER, 422);
    expect(early).toMatchObject({ reason: 'not-approved', detail: expect.stringContaining('审核') as string });
    const own = await refusal('author', path(version, 'approve'), ORDER, 422);
    expect(own).toMatchObject({ reason: 'same-person', detail: expect.stringContaining('由另一人审核') as string });
    await refusal('officer', path(version, 'approve'), ORDER, 403);

    expect(await told('judge', '/rules/shadow', { version })).toEqual({ version });
    expect(await judgedBy('甲号来信')).toBe(SHIPPED);
    type Shadow = { shadow: { texts: number; changed: number; moves: readonly object[] } | null };
    await expect.poll(async () => (await told<Shadow>('onlooker', '/rules/shadow')).shadow?.texts, WAIT).toBe(1);
    const { shadow } = await told<Shadow>('onlooker', '/rules/shadow');
    expect(shadow).toMatchObject({ version, changed: 1, lostDenials: [] });
    expect(shadow?.moves).toContainEqual({ field: 'unit', before: 'FIN', after: 'BASIC', texts: 1 });
    expect(await told('judge', '/rules/shadow', { version: null })).toEqual({ version: null });
    expect(await told('judge', '/rules/shadow')).toEqual({ shadow: null });

    expect(await told('judge', path(version, 'approve'), ORDER)).toEqual({ version });
    expect(await refusal('judge', path(version, 'approve'), ORDER, 422)).toMatchObject({ reason: 'judged-already' });
    expect(await inForce()).toBe(SHIPPED);
    expect(await told('judge', path(version, 'activate'), ORDER)).toEqual({ version });
    expect(await refusal('judge', path(version, 'activate'), ORDER, 422)).toMatchObject({ reason: 'in-force' });
    await expect.poll(inForce, WAIT).toBe(version);
    expect(await judgedBy('乙号来信')).toBe(version);

    expect((await refusal('officer', '/rules/rollback', ORDER, 403)).code).toBe('forbidden');
    expect(await told('judge', '/rules/rollback', ORDER)).toEqual({ version: SHIPPED });
    await expect.poll(inForce, WAIT).toBe(SHIPPED);
    expect(await judgedBy('丙号来信')).toBe(SHIPPED);
    const further = await refusal('judge', '/rules/rollback', ORDER, 422);
    expect(further).toMatchObject({
      reason: 'nothing-before',
      detail: expect.stringContaining('施行另一个') as string,
    });

    expect(await journal()).toEqual([
      { kind: 'rules.installed', by: 'system', version: SHIPPED },
      { kind: 'rules.proposed', by: 'author 某', version },
      { kind: 'rules.shadow', by: 'judge 某', version },
      { kind: 'rules.shadow', by: 'judge 某', version: null },
      { kind: 'rules.approved', by: 'judge 某', version },
      { kind: 'rules.activated', by: 'judge 某', version },
      { kind: 'rules.rolled-back', by: 'judge 某', version: SHIPPED },
    ]);
  });

  it('knows no version that nobody proposed', async () => {
    const version = '0'.repeat(64);
    for (const verb of ['approve', 'reject', 'activate'])
      expect((await refusal('judge', path(version, verb), ORDER, 404)).detail).toContain('核对版本号');
    expect((await refusal('judge', '/rules/shadow', { version }, 404)).detail).toContain('核对版本号');
    expect((await refusal('judge', path('甲', 'approve'), ORDER, 400)).fields).toMatchObject([{ field: 'version' }]);
  });
});

async function journal() {
  const { rows } = await sql<{ kind: string; by: string; version: string | null }>`
    select j.kind, u.name as by, j.data->>'version' as version
    from journal j join users u on u.id = j.actor where j.kind like 'rules.%' order by j.n`.execute(house.db);
  return rows;
}
