import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Category, Channel } from '../../src/domain/vocabulary.ts';
import { classifiedText } from '../../src/rules/classify.ts';
import { judge } from '../../src/rules/judge.ts';
import type { ClassifyInput, SplitPart } from '../../src/rules/verdict.ts';
import { loadRules, readJsonLines } from './load-rules.ts';

type Part = {
  readonly role: SplitPart['role'];
  readonly category?: Category;
  readonly unit?: string;
  readonly deny?: readonly string[];
  /** Words that must stand in the sentences of this part and in no other. */
  readonly has: string;
};
type Mixed = ClassifyInput & {
  readonly id: string;
  readonly channel: Channel;
  readonly gold: { readonly parts: readonly Part[] };
};
type Single = ClassifyInput & { readonly id: string; readonly gold: { readonly kind: string } };

const FOLDER = 'fixtures/labelled';
const rules = loadRules();
const mixed = readJsonLines(`${FOLDER}/mixed.jsonl`) as Mixed[];
const single = readdirSync(join(import.meta.dirname, '../..', FOLDER))
  .filter((name) => name.endsWith('.jsonl') && name !== 'mixed.jsonl')
  .flatMap((name) => readJsonLines(`${FOLDER}/${name}`) as Single[])
  .filter(({ gold }) => gold.kind === 'complaint' || gold.kind === 'accusation');

function splitOf(input: ClassifyInput): readonly SplitPart[] {
  return judge(rules, input).split ?? [];
}

function wordsOf(input: ClassifyInput, { sentences }: SplitPart): string {
  const text = classifiedText(input);
  return sentences.map(({ start, end }) => text.slice(start, end)).join('\n');
}

/** The right words in the right parts, nothing more and nothing less. */
function isTakenApart(letter: Mixed): boolean {
  const found = splitOf(letter).map((part) => ({ role: part.role, words: wordsOf(letter, part) }));
  const holders = letter.gold.parts.map(({ role, has }) =>
    found.filter((part) => part.role === role && part.words.includes(has)),
  );
  return found.length === letter.gold.parts.length && holders.every(({ length }) => length === 1);
}

function hasRightUnits(letter: Mixed): boolean {
  const found = splitOf(letter);
  return letter.gold.parts.every(({ role, unit, category, deny = [] }) =>
    found.some(
      (part) =>
        part.role === role &&
        (unit === undefined || part.unit === unit) &&
        (category === undefined || part.category === category) &&
        deny.every((id) => part.deny.includes(id)),
    ),
  );
}

const MIXED: ClassifyInput = {
  channel: 'email',
  text: '我县特岗教师的工资从三月起没有发，请督促尽快发放。另外举报省教育厅人事处的李某某收受考生家长礼金五万元。',
};

describe('a letter that holds two matters', () => {
  it('is taken apart as its writer meant it in 16 of 20 letters', () => {
    expect(mixed).toHaveLength(20);
    expect(mixed.filter((letter) => !isTakenApart(letter)).map(({ id }) => id).length).toBeLessThanOrEqual(4);
  });

  it('gives each part to its unit in 11 of 20 letters', () => {
    expect(mixed.filter(hasRightUnits).length).toBeGreaterThanOrEqual(11);
  });

  it('is seldom found where there is one matter: in at most 1 of 100 letters', () => {
    expect(single.length).toBeGreaterThan(900);
    const falseAlarms = single.filter((letter) => splitOf(letter).length > 0);
    expect(falseAlarms.length / single.length).toBeLessThanOrEqual(0.01);
  });

  it('leaves what accuses somebody with the supervision, and gives nobody a summary of it', () => {
    const parts = [...mixed, MIXED].flatMap(splitOf);
    const accusations = parts.filter(({ role }) => role === 'accusation');
    expect(accusations.length).toBeGreaterThan(8);
    expect(
      accusations.filter(({ unit, summary }) => !['DISC', 'UNRESOLVED'].includes(unit) || summary !== null),
    ).toEqual([]);
  });

  it('gives a unit a request that by its own words accuses nobody of the department', () => {
    const requests = mixed.flatMap(splitOf).filter(({ role }) => role === 'request');
    expect(requests.length).toBeGreaterThan(15);
    expect(requests.filter(({ deny }) => deny.length > 0)).toEqual([]);
  });

  it('leaves as a summary that holds no run of eight characters of the letter', () => {
    const place = (summary: string): string => summary.replace(/涉及地区或学校：[^。]*。/u, '');
    for (const letter of [...mixed, MIXED])
      for (const { summary } of splitOf(letter)) {
        const words = place(summary ?? '');
        const runs = Array.from({ length: Math.max(0, words.length - 7) }, (_, n) => words.slice(n, n + 8));
        expect(runs.filter((run) => letter.text.includes(run))).toEqual([]);
      }
  });

  it('says in the summary what is asked for, and neither who is accused nor of what', () => {
    const [request] = splitOf(MIXED);
    expect(request).toMatchObject({ role: 'request', unit: 'TEACHER', category: 1, deny: [] });
    expect(request?.summary).toBe('反映事项：政策中梗阻。涉及业务：教师队伍。诉求：落实应发待遇或资金。');
  });

  it('is not taken apart when it accuses the head of the department: sealed matter goes up whole', () => {
    const sealed = { ...MIXED, text: `${MIXED.text}此外举报教育厅厅长收受贿赂。` };
    expect(judge(rules, sealed)).toMatchObject({ lane: 'sealed' });
    expect(splitOf(sealed)).toEqual([]);
  });

  it('marks stretches of the text that follow each other and never overlap, whatever the letters are made of', () => {
    const pieces = fc.constantFrom(
      ...mixed.map(({ text }) => text),
      ...single.slice(0, 200).map(({ text }) => text),
      '\n',
      '另外，',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), fc.boolean(), (chosen, hasSubject) => {
        const input = {
          channel: 'email',
          text: chosen.join(''),
          ...(hasSubject ? { subject: '两件事' } : {}),
        } as const;
        const text = classifiedText(input);
        const stretches = splitOf(input)
          .flatMap(({ sentences }) => sentences)
          .toSorted((a, b) => a.start - b.start);
        stretches.forEach(({ start, end }, n) => {
          expect(start).toBeGreaterThanOrEqual(stretches[n - 1]?.end ?? text.length - input.text.length);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        });
      }),
      { numRuns: 200 },
    );
  });
});
