import { describe, expect, it } from 'vitest';
import { displayWidth, reportText } from '../../../src/commands/report-text.ts';
import { countEntries, listEntries } from '../../../src/domain/count-report.ts';
import { isMonth, type Month } from '../../../src/domain/report.ts';
import type { Names } from '../../../src/http/names.ts';
import { reportCsv, reportSheet, type ReportSheet } from '../../../src/http/report-sheet.ts';
import { percent, periodName } from '../../../src/http/report-words.ts';

const month = (text: string): Month => {
  if (!isMonth(text)) throw new Error(text);
  return text;
};
const QUARTER = { from: month('2014-07'), to: month('2014-09') };
const NAMES: Names = {
  category: (category) => `第${String(category)}类`,
  unit: (id) => (id === 'BASIC' ? '基础教育处' : null),
  clock: (kind) => kind,
  reason: (id) => id,
};

function sheet(): ReportSheet {
  const at = new Date('2014-08-01T01:00:00Z');
  const traits = { number: '123456789', channel: 'phone', category: 7 } as const;
  const facts = [
    { ...traits, caseId: 1, unit: 'BASIC', what: 'case', receivedAt: at } as const,
    { ...traits, caseId: 2, unit: null, what: 'case', receivedAt: at } as const,
    { ...traits, caseId: 2, unit: null, what: 'callback', at, satisfaction: 'fair' } as const,
  ];
  const madeAt = new Date('2014-10-08T01:30:00Z');
  const figures = countEntries(listEntries(facts, QUARTER, madeAt));
  const madeBy = { id: 7, name: '督办 甲', role: 'supervisor' } as const;
  const report = { id: 3, period: QUARTER, madeAt, madeBy, entries: 3, listSha256: Buffer.alloc(32), figures };
  return reportSheet({ ...report, units: 'all' }, NAMES);
}

/** A table with one name in it. */
const named = (name: string): ReportSheet => ({
  title: '通报',
  lines: [],
  parts: [{ title: '收件', columns: ['件数'], groups: [{ name: '按承办单位', rows: [{ name, cells: ['5'] }] }] }],
});

describe('a report as a page', () => {
  it('names period, moment and list, and takes each series apart', () => {
    const { title, lines, parts } = sheet();
    expect(title).toBe('2014年7月至9月受理办理情况通报');
    expect(lines).toEqual(['第3号  统计时点：2014-10-08 09:30  统计人：督办 甲  清单：3条']);
    expect(parts.map((part) => part.title)).toEqual([
      '收件',
      '受理（法定时限）',
      '受理（内部时限）',
      '办理（法定时限）',
      '办理（内部时限）',
      '答复（法定时限）',
      '答复（内部时限）',
      '期末逾期未办（法定时限）',
      '期末逾期未办（内部时限）',
      '回访满意',
    ]);
    expect(parts[0]?.groups).toContainEqual({
      name: '按承办单位',
      rows: [
        { name: '未分办', cells: ['1'] },
        { name: '基础教育处', cells: ['1'] },
      ],
    });
    expect(parts[9]?.groups[0]?.rows).toEqual([{ name: '合计', cells: ['0', '1', '0', '0', '0', '1', '100.0%'] }]);
  });

  it.each([
    [{ from: month('2014-07'), to: month('2014-07') }, '2014年7月'],
    [{ from: month('2013-12'), to: month('2014-01') }, '2013年12月至2014年1月'],
  ])('%j is %s', (period, name) => {
    expect(periodName(period)).toBe(name);
  });

  it('shows no rate where nothing was judged', () => {
    expect([percent(null), percent(0), percent(6 / 7)]).toEqual(['/', '0.0%', '85.7%']);
  });
});

describe('in a terminal', () => {
  it.each([
    ['基础教育处', 10],
    ['a1', 2],
    ['（法）', 6],
    ['85.7%', 5],
    ['𠀀', 2],
    ['e\u0301\u200b', 1],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('numbers stand under their columns, whatever the width of the names', () => {
    const lines = reportText(sheet()).split('\n');
    const from = lines.indexOf('十、回访满意');
    const widths = lines
      .slice(from + 1)
      .filter((line) => /\S {2,}\S/u.test(line) || line.includes('满意率'))
      .map(displayWidth);
    expect(widths.length).toBeGreaterThan(4);
    expect(new Set(widths).size).toBe(1);
  });
});

describe('for a spreadsheet', () => {
  it('begins with the mark of UTF-8 and has the lines of RFC 4180', () => {
    const csv = reportCsv(sheet());
    expect(csv.startsWith('\u{feff}2014年7月至9月受理办理情况通报\r\n')).toBe(true);
    expect(csv).toContain('\r\n收件,按承办单位,基础教育处,1\r\n');
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  });

  it.each(['=HYPERLINK("http://example.org")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠a'])(
    '%j is text and no formula',
    (name) => {
      const line = reportCsv(named(name));
      const cell = name.replaceAll('"', '""');
      expect(line.includes(`,'${cell},5`) || line.includes(`,"'${cell}",5`)).toBe(true);
    },
  );

  it('quotes what would break a line or a cell', () => {
    expect(reportCsv(named('甲,"乙"'))).toContain('按承办单位,"甲,""乙""",5\r\n');
  });
});
