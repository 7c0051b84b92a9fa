import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Category, Channel, Kind, Lane } from '../../src/domain/vocabulary.ts';
import { classify } from '../../src/rules/classify.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { loadRules, readJsonLines } from './load-rules.ts';

type Gold = {
  kind: Kind;
  category: Category | null;
  category_any?: (Category | null)[];
  unit: string;
  unit_any?: string[];
  lane?: Lane;
  deny?: string[];
  urgent?: boolean;
  target?: string;
  target_not?: string;
};
type Labelled = { id: string; channel: Channel; subject?: string; text: string; gold: Gold };

const rules = loadRules();
/** Written beside the rules, as their first examples: here they must be right. */
const texts = ['public', 'walls-and-traps'].flatMap(readLabelled);
/** Written apart from the rules, to find out what they do not know yet. Names are in docs/classification.md. */
const all = readdirSync(join(import.meta.dirname, '../../fixtures/labelled'))
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readLabelled(name.replace('.jsonl', '')));
const verdicts = new Map(all.map((item) => [item.id, classify(rules, item)]));

function readLabelled(name: string): Labelled[] {
  return readJsonLines(`fixtures/labelled/${name}.jsonl`) as Labelled[];
}

function share(right: (verdict: Verdict, gold: Gold) => boolean, among = texts): number {
  const count = among.filter(({ id, gold }) => {
    const verdict = verdicts.get(id);
    return verdict !== undefined && right(verdict, gold);
  }).length;
  return count / among.length;
}

function wrong(among: readonly Labelled[], right: (verdict: Verdict, gold: Gold) => boolean): string[] {
  return among.filter(({ id, gold }) => !right(verdicts.get(id) as Verdict, gold)).map(({ id }) => id);
}

describe('our own labelled texts', () => {
  it('are at least 800, each once, of every category and both channels', () => {
    expect(all.length).toBeGreaterThanOrEqual(800);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ gold }) => gold.category)).size).toBe(9);
    expect(new Set(all.map(({ channel }) => channel)).size).toBe(2);
  });

  it('get their category in 95 of 100 cases', () => {
    expect(
      share(({ category }, gold) => (gold.category_any ?? [gold.category]).includes(category)),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it('get their unit in 95 of 100 cases', () => {
    expect(share(({ unit }, gold) => (gold.unit_any ?? [gold.unit]).includes(unit))).toBeGreaterThanOrEqual(0.95);
  });

  it('get their sort in 93 of 100 cases', () => {
    expect(share(({ kind }, gold) => kind === gold.kind)).toBeGreaterThanOrEqual(0.93);
  });

  it('always have every accused unit denied', () => {
    const walls = texts.filter(({ gold }) => gold.deny !== undefined);
    expect(walls.length).toBeGreaterThan(20);
    expect(wrong(walls, ({ deny }, gold) => gold.deny?.every((id) => deny.includes(id)) === true)).toEqual([]);
  });

  it('have the accused unit denied in 93 of 100 cases, where the rules had not seen the words', () => {
    const accused = all.flatMap(({ id, gold }) =>
      (gold.deny ?? []).map((unit) => verdicts.get(id)?.deny.includes(unit)),
    );
    expect(accused.length).toBeGreaterThan(100);
    expect(accused.filter((denied) => denied).length / accused.length).toBeGreaterThanOrEqual(0.93);
  });

  it('never go to a denied unit', () => {
    expect(wrong(all, ({ unit, deny }) => !deny.includes(unit))).toEqual([]);
  });

  it('always go to the lane that keeps the secret', () => {
    const lanes = texts.filter(({ gold }) => gold.lane !== undefined);
    expect(wrong(lanes, ({ lane }, gold) => lane === gold.lane)).toEqual([]);
  });

  it('always ring the alarm for danger', () => {
    const urgent = texts.filter(({ gold }) => gold.urgent === true);
    expect(urgent.length).toBeGreaterThan(3);
    expect(wrong(urgent, (verdict) => verdict.urgent)).toEqual([]);
  });

  it('go to the named target, and never to the trap', () => {
    const targeted = texts.filter(({ gold }) => gold.target !== undefined || gold.target_not !== undefined);
    expect(targeted.length).toBeGreaterThan(5);
    expect(
      wrong(
        targeted,
        ({ target }, gold) =>
          (gold.target === undefined || target.name === gold.target) && target.name !== gold.target_not,
      ),
    ).toEqual([]);
  });

  it('give as evidence exactly the words at the offsets', () => {
    for (const { id, subject, text } of texts) {
      const original = subject === undefined ? text : `${subject}\n${text}`;
      for (const evidence of [...(verdicts.get(id)?.evidence ?? []), ...(verdicts.get(id)?.ignored ?? [])])
        expect(original.slice(evidence.start, evidence.end)).toBe(evidence.text);
    }
  });
});
