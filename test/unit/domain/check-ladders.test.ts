import { describe, expect, test } from 'vitest';
import { checkLadders } from '../../../src/domain/check-ladders.ts';
import { readRuleFile } from './rule-files.ts';

type Editable = { ladders: Record<string, unknown> };

function withTriage(rungs: unknown): unknown {
  const file = structuredClone(readRuleFile('ladders.yaml')) as Editable;
  return { ladders: { ...file.ladders, TRIAGE: rungs } };
}

function problemsOf(data: unknown): readonly string[] {
  const checked = checkLadders(data);
  return checked.kind === 'invalid' ? checked.problems : [];
}

describe('the ladders file', () => {
  test('as it stands is in order', () => {
    expect(problemsOf(readRuleFile('ladders.yaml'))).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['a ladder without the due instant', withTriage([]), ['ladders.TRIAGE:应有 workingDays 为 0 的一级']],
    [
      'a step of another name',
      withTriage([{ step: 'orange', workingDays: 0 }]),
      ['ladders.TRIAGE[0].step:应为 due、warn、urge、yellow、red、raise 之一'],
    ],
    [
      'steps out of order',
      withTriage([
        { step: 'urge', workingDays: 0 },
        { step: 'red', workingDays: 5 },
        { step: 'yellow', workingDays: 6 },
      ]),
      ['ladders.TRIAGE[2]:应在前一级之后'],
    ],
    [
      'two steps at once',
      withTriage([
        { step: 'urge', workingDays: 0 },
        { step: 'yellow', workingDays: 0 },
      ]),
      ['ladders.TRIAGE[1]:应在前一级之后'],
    ],
    [
      'a warning after the fact',
      withTriage([
        { step: 'due', workingDays: 0 },
        { step: 'warn', workingDays: 1 },
      ]),
      ['ladders.TRIAGE[1]:warn 应在到期之前，其余各级应在到期当时或之后'],
    ],
    [
      'half a day',
      withTriage([
        { step: 'urge', workingDays: 0 },
        { step: 'yellow', workingDays: 0.5 },
      ]),
      [
        'ladders.TRIAGE[1].workingDays:应为 -30 至 90 的整数',
        'ladders.TRIAGE[1]:warn 应在到期之前，其余各级应在到期当时或之后',
        'ladders.TRIAGE[1]:应在前一级之后',
      ],
    ],
  ])('with %s is refused, saying where', (_what, data, problems) => {
    expect(problemsOf(data)).toEqual(problems);
  });
});
