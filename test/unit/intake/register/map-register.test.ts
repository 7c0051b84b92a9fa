import { describe, expect, it } from 'vitest';
import { mapRegister } from '../../../../src/intake/map-register.ts';
import { readRegister } from '../../../../src/intake/read-register.ts';
import { refusedRowsCsv } from '../../../../src/intake/refused-rows.ts';
import {
  placeMapping,
  plainWord,
  type RegisterMapping,
  registerMappingFile,
} from '../../../../src/intake/register-mapping.ts';
import { suggestMapping } from '../../../../src/intake/suggest-mapping.ts';
import { readYaml } from '../../../../src/rules/read-yaml.ts';
import {
  csvOf,
  REGISTER_HEADS,
  REGISTER_MAPPING,
  registerRow,
  registerTable,
} from '../../../support/register-files.ts';

const UNITS = new Map([
  ['财务处', 'FIN'],
  ['基教处', 'BASIC'],
]);
const KNOWN = { units: UNITS, from1904: false, now: new Date('2026-11-25T02:00:00.000Z') };

function mappingOf(text: string): RegisterMapping {
  const read = readYaml({ path: 'mapping.yaml', text });
  if (read.kind === 'invalid') throw new Error(read.problems[0]?.message);
  return registerMappingFile.parse(read.file.value);
}
const MAPPING = mappingOf(REGISTER_MAPPING);

function tableOf(rows: readonly (readonly string[])[] | Buffer) {
  const read = readRegister(Buffer.isBuffer(rows) ? rows : Buffer.from(csvOf(rows)), null);
  if (read.kind === 'refused') throw new Error(read.reason);
  return read.table;
}

function place(rows: readonly (readonly string[])[] | Buffer, mapping = MAPPING) {
  const placing = placeMapping(mapping, tableOf(rows));
  if (placing.kind === 'refused') throw new Error(placing.problems.join('\n'));
  return placing.placed;
}

function map(rows: readonly (readonly string[])[], mapping = MAPPING) {
  return mapRegister(place(rows, mapping), KNOWN);
}

function problemsOf(changes: Readonly<Record<string, string>>, mapping = MAPPING): readonly string[] {
  const [mapped] = map([REGISTER_HEADS, registerRow(1, changes)], mapping);
  return mapped?.kind === 'refused' ? mapped.problems.map(({ column, say }) => `${column}：${say}`) : [];
}

describe('a mapped register', () => {
  it('reads each row as a case', () => {
    const [closed, , , , , , , , , open] = map(registerTable(10));
    expect(closed).toMatchObject({
      kind: 'entry',
      entry: {
        line: 2,
        oldNumber: '甘教效旧〔2014〕1号',
        receivedAt: new Date('2014-03-01T16:00:00.000Z'),
        channel: 'email',
        category: 7,
        unit: 'FIN',
        state: 'closed',
        closedOn: '2014-05-20',
        finding: 'partly',
        answer: '已责令学校退费。',
        accused: [],
      },
    });
    expect(open).toMatchObject({ entry: { state: 'open', closedOn: null, finding: null, answer: null } });
  });

  it.each([
    [{ 收到日期: '' }, /收到日期：没有日期/u],
    [{ 收到日期: '去年春天' }, /收到日期：“去年春天”不是日期/u],
    [{ 收到日期: '2099-01-01' }, /收到日期：2099-01-01 还没有到/u],
    [{ 收到日期: '1914-03-05' }, /收到日期：1914-03-05 早于 2000 年/u],
    [{ 办结日期: '2014-02-01' }, /办结日期：办结早于收到/u],
    [{ 状态: '办理中' }, /办结日期：状态是未办结，却有办结日期/u],
    [{ 状态: '束之高阁' }, /状态：“束之高阁”不知是否办结/u],
    [{ 反映内容: ' ' }, /反映内容：没有内容/u],
    [{ 来源: '网络' }, /来源：“网络”不知是来信还是来电/u],
    [{ 类别: '十二' }, /类别：“十二”不是通知的八类问题/u],
    [{ 责任单位: '后勤处' }, /责任单位：没有“后勤处”这个单位/u],
    [{ 核查结果: '难说' }, /核查结果：“难说”不是/u],
  ])('says what to do about %j', (changes, said) => {
    const problems = problemsOf(changes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
  });

  it('says all that is wrong with a row at once', () => {
    expect(problemsOf({ 收到日期: '?', 反映内容: '', 责任单位: 'x' })).toHaveLength(3);
  });

  it('refuses the second of two rows with one number, or without numbers with one content', () => {
    const twice = map([REGISTER_HEADS, registerRow(1), registerRow(2, { 编号: ' 甘教效旧〔２０１４〕1号' })]);
    expect(twice.map(({ kind }) => kind)).toEqual(['entry', 'refused']);
    const same = map([REGISTER_HEADS, registerRow(1, { 编号: '' }), registerRow(1, { 编号: '' })]);
    expect(same[1]).toMatchObject({
      problems: [{ column: '反映内容', say: expect.stringContaining('第 2 行') as string }],
    });
    const other = map([REGISTER_HEADS, registerRow(1, { 编号: '' }), registerRow(2, { 编号: '' })]);
    expect(other.map(({ kind }) => kind)).toEqual(['entry', 'entry']);
  });

  it('tells units among the accused from other bodies', () => {
    const mapping = mappingOf(`${REGISTER_MAPPING}  accused: { column: 备注, values: { 管钱的: FIN, FIN: FIN } }\n`);
    const [mapped] = map([REGISTER_HEADS, registerRow(1, { 备注: '基教处、某中学' })], mapping);
    expect(mapped).toMatchObject({ entry: { accused: ['BASIC'], accusesOthers: true } });
  });

  it('is closed by its day where there is no column of states, and may be the same for all', () => {
    const mapping = mappingOf(REGISTER_MAPPING.replace('  state: 状态\n', ''));
    expect(map(registerTable(10), mapping).map((one) => one.kind === 'entry' && one.entry.state)).toEqual([
      ...Array.from({ length: 9 }, () => 'closed'),
      'open',
    ]);
    const all = mappingOf(
      REGISTER_MAPPING.replace('state: 状态', 'state: { all: closed }').replace('  closed: 办结日期\n', ''),
    );
    expect(map(registerTable(10), all).every((one) => one.kind === 'entry' && one.entry.state === 'closed')).toBe(true);
  });
});

describe('a mapping laid over a table', () => {
  it('finds columns by head or letter, under merged rows of heads and a title', () => {
    const rows = [
      ['2014年投诉台账', '', '', ''],
      ['编号', '来件', '', '内 容'],
      ['', '日期', '方式', ''],
      ['1', '2014.3.5', '来信', '补课费'],
    ];
    const mapping = mappingOf(
      'office: 厅效能办\nheader: 3\ncolumns: { number: 编号, received: 日期, channel: C, text: 内容, state: { all: open } }\n',
    );
    const placed = place(rows, mapping);
    expect(placed.headers).toEqual(['编号', '日期', '方式', '内 容']);
    expect(mapRegister(placed, KNOWN)).toMatchObject([{ entry: { oldNumber: '1', text: '补课费', line: 4 } }]);
    expect(placed.unmapped).toEqual([]);
  });

  it('names columns that nothing reads', () => {
    expect(place(registerTable(1)).unmapped).toEqual(['备注']);
  });

  it('says which columns there are when it names another, and asks for a letter when two have one head', () => {
    const missing = placeMapping(
      { ...MAPPING, columns: { ...MAPPING.columns, text: '正文' } },
      tableOf(registerTable(1)),
    );
    expect(missing).toMatchObject({ problems: [expect.stringMatching(/没有“正文”这一列；表头是：编号、收到日期/u)] });
    const double = placeMapping(MAPPING, tableOf([[...REGISTER_HEADS, '编号'], registerRow(1)]));
    expect(double).toMatchObject({ problems: [expect.stringMatching(/有 2 列都叫“编号”/u)] });
  });

  it('refuses keys that it does not know', () => {
    expect(() => mappingOf(`${REGISTER_MAPPING}  phone: 联系电话\n`)).toThrow(/phone/u);
    expect(() => mappingOf('office: a\ncolumns: { received: a, text: b }\nsheets: c\n')).toThrow(/sheets/u);
  });

  it('is suggested by the heads, and what is suggested fits', () => {
    const rows = [['某某办公室台账'], ...registerTable(3)];
    const suggested = suggestMapping(tableOf(rows));
    expect(suggested).toContain('header: 2\n');
    expect(suggested).toContain('# 未对应的列：备注');
    const mapping = mappingOf(suggested);
    expect(mapping.columns).toMatchObject({
      number: '编号',
      received: '收到日期',
      text: '反映内容',
      unit: '责任单位',
      answer: '处理结果',
    });
    expect(placeMapping(mapping, tableOf(rows)).kind).toBe('ok');
  });
});

describe('the list of refused rows', () => {
  it('is mended and read by the same mapping, and holds no formula', () => {
    const bad = registerRow(2, { 收到日期: '?', 备注: '=HYPERLINK("http://example.org")', 姓名: '＠某人' });
    const placed = place([REGISTER_HEADS, registerRow(1), bad]);
    const csv = refusedRowsCsv(placed, mapRegister(placed, KNOWN)) ?? '';
    expect(csv.startsWith('\u{feff}编号,')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""http://example.org"")"`);
    expect(csv).toContain(`'＠某人`);
    expect(csv).toMatch(/,3,收到日期：“\?”不是日期/u);
    const mended = place(Buffer.from(csv.replace(',?,', ',2014-03-02,')), { ...MAPPING, header: 7, sheet: 'x' });
    const [again] = mapRegister(mended, KNOWN);
    const [first] = map([REGISTER_HEADS, registerRow(2, { 收到日期: '2014-03-02', 姓名: '＠某人' })]);
    expect(again).toMatchObject({ kind: 'entry', entry: { name: '＠某人' } });
    expect(again?.kind === 'entry' && again.entry.key).toBe(first?.kind === 'entry' && first.entry.key);
    expect(mended.unmapped).toEqual(['备注']);
  });

  it('is none when every row can be taken', () => {
    const placed = place(registerTable(3));
    expect(refusedRowsCsv(placed, mapRegister(placed, KNOWN))).toBeNull();
  });
});

describe('plain words', () => {
  it('are the same in full and half width, with and without spaces', () => {
    expect(plainWord('（七） 教育\n乱收费')).toBe(plainWord('(七)教育乱收费'));
  });
});
