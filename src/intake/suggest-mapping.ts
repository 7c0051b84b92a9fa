import { headersAt, letterOf, plainWord, REGISTER_FIELDS, type RegisterField } from './register-mapping.ts';
import type { RegisterTable } from './register-table.ts';

/** How offices head the columns of their registers, the most telling first. */
const HEADS: Readonly<Record<RegisterField, readonly string[]>> = {
  number: ['编号', '原编号', '信访编号', '受理编号', '登记编号', '序号'],
  received: [
    '收到日期',
    '来件日期',
    '收件日期',
    '登记日期',
    '受理日期',
    '来信日期',
    '来电日期',
    '日期',
    '时间',
    '登记时间',
  ],
  channel: ['渠道', '来源', '受理方式', '信访方式', '反映方式', '形式'],
  name: ['姓名', '来信来电人姓名', '信访人', '信访人姓名', '投诉人', '反映人', '来信人', '来电人', '来访人'],
  contact: ['联系方式', '联系电话', '电话', '手机', '邮箱', '电子邮箱'],
  subject: ['标题', '主题', '事由'],
  text: ['反映内容', '诉求内容', '投诉内容', '信访内容', '主要内容', '内容', '内容摘要', '摘要', '反映问题', '事项'],
  accused: ['被反映单位', '被投诉单位', '被举报单位', '被反映人'],
  category: ['问题类别', '类别', '八类', '分类', '问题类型'],
  unit: ['承办单位', '责任单位', '承办处室', '承办部门', '转办单位', '处理单位'],
  state: ['状态', '办理状态', '办理情况', '是否办结', '办结情况'],
  finding: ['核查结果', '是否属实', '结果', '调查结果', '属实情况'],
  closed: ['办结日期', '办结时间', '结案日期', '完成日期', '答复日期', '回复日期'],
  answer: ['答复内容', '答复', '处理结果', '处理意见', '办理结果', '答复意见', '回复内容'],
};

const KNOWN = new Set(Object.values(HEADS).flatMap((heads) => heads.map(plainWord)));
/** Above the heads stand a title and who made the table: never more than this. */
const MOST_ABOVE = 10;

/** A mapping to begin with, as YAML: what the heads say by themselves. What they do not say is left as a comment. */
export function suggestMapping(table: RegisterTable): string {
  const line = headerLine(table);
  const headers = headersAt(table, line);
  const taken = new Set<number>();
  const lines = (Object.keys(REGISTER_FIELDS) as RegisterField[]).map((field) => {
    const at = columnOf(field, headers, taken);
    if (at === null) return `  # ${field}:  # ${REGISTER_FIELDS[field]}`;
    taken.add(at);
    const double = headers.filter((header) => plainWord(header) === plainWord(headers[at] ?? '')).length > 1;
    return `  ${field}: ${double ? letterOf(at) : JSON.stringify(headers[at])}`;
  });
  const rest = headers.filter((header, at) => header !== '' && !taken.has(at));
  return [
    'office: 厅效能办 # 台账是哪个单位的',
    `header: ${String(line)}`,
    'columns:',
    ...lines,
    ...(rest.length === 0 ? [] : [`# 未对应的列：${rest.map((header) => header.replace(/\s+/gu, ' ')).join('、')}`]),
    '',
  ].join('\n');
}

/** The row that has most of the words by which columns are headed. */
function headerLine(table: RegisterTable): number {
  const rated = table.rows.slice(0, MOST_ABOVE).map(({ line }) => ({
    line,
    known: headersAt(table, line).filter((header) => KNOWN.has(plainWord(header))).length,
  }));
  const [best] = rated.toSorted((a, b) => b.known - a.known || b.line - a.line);
  return best === undefined || best.known === 0 ? (table.rows[0]?.line ?? 1) : best.line;
}

function columnOf(field: RegisterField, headers: readonly string[], taken: ReadonlySet<number>): number | null {
  for (const head of HEADS[field]) {
    const at = headers.findIndex((header, n) => !taken.has(n) && plainWord(header) === plainWord(head));
    if (at >= 0) return at;
  }
  return null;
}
