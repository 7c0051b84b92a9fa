import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { STARTED_BY_HAND } from '../../src/domain/case-deadlines.ts';
import { LIFE_RULES, type LifeCommandType } from '../../src/domain/case-life-commands.ts';
import { CASE_STATES } from '../../src/domain/case-states.ts';
import { OPENING_CLOCKS } from '../../src/domain/case.ts';
import {
  DEADLINE_KINDS,
  RIGHTS,
  type ClockLimit,
  type ClockUnit,
  type DeadlineKind,
} from '../../src/domain/deadlines.ts';
import { PROFILES } from '../../src/domain/vocabulary.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { EXITS, OTHER_LIVES, tell } from '../support/case-stories.ts';
import { clocksIn, type Told } from '../support/case-teller.ts';
import { shippedOffice } from '../support/shipped-office.ts';
import { sourceFiles, withoutComments } from '../support/source-files.ts';

const PAGE = join(projectRoot(), 'docs/law.md');
const COMMANDS = Object.keys(LIFE_RULES) as LifeCommandType[]; // the keys of the table

/** Everything that was carried out in the told lives: what an order does is read off there, not written down twice. */
const told: readonly Told[] = PROFILES.flatMap((profile) =>
  Object.values({ ...EXITS, ...OTHER_LIVES }).flatMap((story) => tell(story, profile).told),
);

/** Read once: the page asks for every order and every limit. */
const clocksInForce = shippedOffice().timing.clocks;
const tests = sourceFiles(['test'], /\.test\.ts$/u).map(({ path, text }) => ({ path, text: withoutComments(text) }));

/** Titles of tests that name a word as `word`, with the file they stand in. */
function titlesNaming(word: string): readonly string[] {
  const title = new RegExp(`['"\`(\\[]\\s*'(\`${word}\`[^']*)'`, 'gu');
  return tests.flatMap(({ path, text }) => {
    const found = [...text.matchAll(title)].map(([, name = '']) => name.replaceAll('`', ''));
    return found.map((name) => `${name} (\`${path.replace(/^test\//u, '')}\`)`);
  });
}

const UNITS: Readonly<Record<ClockUnit, string>> = {
  seconds: '秒',
  minutes: '分钟',
  hours: '小时',
  'calendar-days': '日',
  'working-days': '工作日',
  quarters: '季度',
};
const limitWords = ({ amount, unit, legal, basis }: ClockLimit): string =>
  `${amount === 0 ? '即时' : `${String(amount)} ${UNITS[unit]}`}${legal ? '（法定）' : ''}，${basis}`;

const listed = (words: Iterable<string>): string => {
  const all = [...new Set(words)].toSorted();
  return all.length === 0 ? '–' : all.map((word) => `\`${word}\``).join(' ');
};
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(heads),
  row(heads.map(() => '---')),
  ...rows.map(row),
];

function commandsThat(
  type: 'deadline-armed' | 'deadline-met' | 'deadline-cancelled',
  kind: DeadlineKind,
): readonly string[] {
  return told.filter(({ events }) => clocksIn(events, type).includes(kind)).map((one) => one.type);
}

function limitRow(kind: DeadlineKind): readonly string[] {
  const { name, limits } = clocksInForce[kind];
  const opening = Object.values(OPENING_CLOCKS).some((kinds) => kinds.includes(kind));
  const byHand = STARTED_BY_HAND.includes(kind) ? ['start-clock'] : [];
  return [
    `\`${kind}\``,
    name,
    limitWords(limits['2014']),
    limitWords(limits['2022']),
    listed([...(opening ? ['open'] : []), ...byHand, ...commandsThat('deadline-armed', kind)]),
    listed([...commandsThat('deadline-met', kind), ...(STARTED_BY_HAND.includes(kind) ? ['meet-clock'] : [])]),
    `${listed(commandsThat('deadline-cancelled', kind))}${RIGHTS.includes(kind) ? ' (lapses)' : ''}`,
    titlesNaming(kind).join('; '),
  ];
}

function orderRow(type: LifeCommandType): readonly string[] {
  const { name, roles, from, texts } = LIFE_RULES[type];
  const done = told.filter((one) => one.type === type);
  const clocks = (event: 'deadline-armed' | 'deadline-met' | 'deadline-cancelled') =>
    listed(done.flatMap(({ events }) => clocksIn(events, event)));
  return [
    `\`${type}\``,
    name,
    listed(roles),
    from.length > 12 ? 'any but the first' : from.map((state) => `\`${state}\``).join(' '),
    listed(done.map(({ state }) => state)),
    listed(texts),
    clocks('deadline-armed'),
    clocks('deadline-met'),
    clocks('deadline-cancelled'),
    titlesNaming(type).join('; '),
  ];
}

const page = (): string =>
  [
    '# The law of a case',
    '',
    'Written by `UPDATE_GOLDEN=1 npx vitest run test/architecture/law.test.ts` from `rules/clocks.yaml`, from the table of orders',
    '(`src/domain/case-life-commands.ts`), from the lives told in `test/golden/case-lives` and from the titles of the tests; do not',
    'edit. Grounds and articles of each decision: `src/domain/case-reasons.ts`. The words: [glossary.md](glossary.md).',
    '',
    '## Orders',
    '',
    'Each is `POST /api/cases/{id}/<order>`. Where roles of a unit are named, the office gives the order for them until users belong',
    'to units. "Leads to" is what was seen in the told lives. An order in another state is refused as `wrong-state`, without its',
    'texts as `text-missing`; the other refusals are in `src/domain/case-refusals.ts`.',
    '',
    ...table(
      ['Order', '中文', 'Who', 'From', 'Leads to', 'Texts', 'Starts', 'Meets', 'Stops', 'Tests'],
      COMMANDS.map(orderRow),
    ),
    '',
    '## Limits',
    '',
    'Legal limits start on the day of the trigger whatever the hour; the office’s own ones start on the next working day for what',
    'comes after 17:30 or on a rest day. The trigger day is not counted, and a limit in days that ends on a rest day ends with the',
    'next working day (民法典 arts. 201 and 203). `ACK_PHONE`, `ACK_MEDIA` and `REG` are measured elsewhere: at the switchboard, and',
    'in that nothing is stored without being registered.',
    '',
    ...table(
      ['Limit', '中文', '2014', '2022', 'Started by', 'Met by', 'Stopped by', 'Test'],
      DEADLINE_KINDS.map(limitRow),
    ),
    '',
  ].join('\n');

describe('the page of the law', () => {
  let now = '';
  beforeAll(async () => {
    now = await format(page(), { parser: 'markdown', printWidth: 128, proseWrap: 'preserve' });
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PAGE, now);
  });

  it('is in step with the code, the lives and the tests (UPDATE_GOLDEN=1 writes it)', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(now);
  });

  it('names a test for every order and for every limit', () => {
    const without = [...COMMANDS, ...DEADLINE_KINDS].filter((word) => titlesNaming(word).length === 0);
    expect(without).toEqual([]);
  });

  it('rests on lives in which every order was carried out and every state was reached', () => {
    const ordered = new Set(told.map(({ type }) => type));
    expect(COMMANDS.filter((type) => !ordered.has(type))).toEqual([]);
    const reached = new Set(told.map(({ state }) => state));
    // Folding is no part of the later life: test/unit/domain/case.test.ts.
    expect(CASE_STATES.filter((state) => !reached.has(state))).toEqual(['FOLDED']);
  });
});
