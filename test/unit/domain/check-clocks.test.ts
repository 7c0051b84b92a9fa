import { describe, expect, test } from 'vitest';
import { checkClocks } from '../../../src/domain/check-clocks.ts';
import { readRuleFile } from './rule-files.ts';

type Editable = { clocks: Record<string, Record<string, unknown>> };

function edited(edit: (file: Editable) => void): unknown {
  const file = structuredClone(readRuleFile('clocks.yaml')) as Editable;
  edit(file);
  return file;
}

function problemsOf(data: unknown): readonly string[] {
  const checked = checkClocks(data);
  return checked.kind === 'invalid' ? checked.problems : [];
}

const limit = { amount: 3, unit: 'working-days', force: 'internal', basis: '本厅内部时限' };

describe('the clocks file', () => {
  test('as it stands is in order', () => {
    expect(problemsOf(readRuleFile('clocks.yaml'))).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['an unknown clock', edited((file) => (file.clocks['DONE6O'] = {})), ['clocks:不认识的键 DONE6O']],
    [
      'a clock without a name',
      edited((file) => delete file.clocks['TRIAGE']?.['name']),
      ['clocks.TRIAGE.name:应为非空文字'],
    ],
    [
      'an amount in words',
      edited((file) => Object.assign(file.clocks['TRIAGE'] ?? {}, { '2014': { ...limit, amount: '3' } })),
      ['clocks.TRIAGE.2014.amount:应为 0 至 1000 的整数'],
    ],
    [
      'a negative amount',
      edited((file) => Object.assign(file.clocks['TRIAGE'] ?? {}, { '2014': { ...limit, amount: -1 } })),
      ['clocks.TRIAGE.2014.amount:应为 0 至 1000 的整数'],
    ],
    [
      'an unknown unit',
      edited((file) => Object.assign(file.clocks['TRIAGE'] ?? {}, { '2022': { ...limit, unit: 'days' } })),
      ['clocks.TRIAGE.2022.unit:应为 seconds、minutes、hours、calendar-days、working-days、quarters 之一'],
    ],
    [
      'an unknown force',
      edited((file) => Object.assign(file.clocks['TRIAGE'] ?? {}, { '2022': { ...limit, force: 'law' } })),
      ['clocks.TRIAGE.2022.force:应为 legal、internal 之一'],
    ],
  ])('with %s is refused, saying where', (_what, data, problems) => {
    expect(problemsOf(data)).toEqual(problems);
  });

  test('without a clock is refused in all its parts', () => {
    const problems = problemsOf(edited((file) => delete file.clocks['PERSON']));
    expect(problems).toContain('clocks.PERSON:应为键值结构');
    expect(problems.every((problem) => problem.startsWith('clocks.PERSON'))).toBe(true);
  });
});
