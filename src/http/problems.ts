import { z } from 'zod';
import type { FaultCode } from '../platform/fault.ts';
import { claim } from './fields.ts';

type Meaning = { readonly status: number; readonly title: string };

/** Every way in which a request can fail. A code is public API; its title is what the person at the screen reads. */
export const PROBLEMS = {
  'bad-request': { status: 400, title: '请求格式不正确' },
  'body.not-utf8': { status: 400, title: '请求正文不是有效的 UTF-8 文本' },
  'body.not-json': { status: 400, title: '请求正文不是有效的 JSON' },
  'body.duplicate-key': { status: 400, title: '请求正文中有重复的字段' },
  'body.too-deep': { status: 400, title: '请求正文嵌套过深' },
  'input.invalid': { status: 400, title: '填写的内容有误' },
  unauthenticated: { status: 401, title: '请出示有效的访问令牌' },
  forbidden: { status: 403, title: '您的岗位不能执行此操作' },
  'not-found': { status: 404, title: '没有找到' },
  'method-not-allowed': { status: 405, title: '该地址不支持此操作' },
  stale: { status: 409, title: '已被他人更新，请核对后再提交' },
  'too-large': { status: 413, title: '提交的内容过大' },
  'unsupported-media-type': { status: 415, title: '不支持的内容类型' },
  misdirected: { status: 421, title: '请求的主机名不属于本服务' },
  refused: { status: 422, title: '按规定不能执行此操作' },
  'key-reused': { status: 422, title: '该提交编号已用于其他内容' },
  'too-many-requests': { status: 429, title: '尝试过于频繁，请稍后再试' },
  internal: { status: 500, title: '系统内部错误，请联系管理员' },
  unavailable: { status: 503, title: '服务暂时不可用，请稍后再试' },
} as const satisfies Readonly<Record<string, Meaning>>;
export type ProblemCode = keyof typeof PROBLEMS;

/** What a fault looks like from outside. Its message stays inside. */
export const FAULT_PROBLEMS: Readonly<Record<FaultCode, ProblemCode>> = {
  'config.invalid': 'internal',
  'database.unreachable': 'unavailable',
  'database.unsafe': 'internal',
  'database.schema-newer': 'internal',
  'database.conflict': 'internal',
  'redis.unreachable': 'unavailable',
  'redis.unsafe': 'internal',
  'key.mismatch': 'internal',
  'imap.unreachable': 'unavailable',
  'imap.refused-login': 'internal',
  'imap.protocol': 'internal',
  'smtp.unreachable': 'unavailable',
  'smtp.refused-login': 'internal',
  'smtp.protocol': 'internal',
  'rules.invalid': 'internal',
  'input.invalid': 'input.invalid',
  'not-found': 'not-found',
  internal: 'internal',
};

/** One wrong field. `field` is its path, "target.level"; `problem` says what is expected and never repeats the value. */
const FIELD_PROBLEM = z.object({ field: z.string(), problem: z.string() });
export type FieldProblem = z.output<typeof FIELD_PROBLEM>;

const DIFFERENCE = z.object({ field: z.string(), yours: z.unknown().optional(), now: z.unknown() });

/** RFC 9457. `type` is left out: it is about:blank, and `code` tells problems apart. */
export const PROBLEM = z
  .object({
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]), // the keys of a constant with many
    detail: z.string().optional(),
    fields: z.array(FIELD_PROBLEM).optional(),
    reason: z.string().optional().describe('Why an order was refused: a code of the case refusals.'),
    claim: claim.optional().describe('Who has the case in hand, where that is the reason.'),
    version: z.int().optional().describe('The version that the record has now.'),
    differences: z.array(DIFFERENCE).optional().describe('What you wanted, and what the record says now.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
export type ProblemBody = z.output<typeof PROBLEM>;
export type ProblemDetails = Omit<ProblemBody, 'title' | 'status' | 'code'>;

/** Ends a request with a problem; error-mapper.ts turns it into the response. Never leaves src/http. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, details: ProblemDetails = {}, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

export function problemBody(code: ProblemCode, details: ProblemDetails = {}): ProblemBody {
  return { ...PROBLEMS[code], code, ...details };
}

/** For one wrong field that no schema can know to be wrong. */
export function invalidField(field: string, problem: string): Problem {
  return new Problem('input.invalid', { fields: [{ field, problem }] });
}

export const PROBLEM_TYPE = 'application/problem+json';

/** What may happen to every request, and to every request with a body. */
const ALWAYS: readonly ProblemCode[] = ['bad-request', 'misdirected', 'internal', 'unavailable'];
const WITH_ACCESS: readonly ProblemCode[] = ['unauthenticated', 'forbidden', 'too-many-requests'];
const WITH_BODY: readonly ProblemCode[] = ['too-large', 'unsupported-media-type'];

/** The responses of a schema that are problems: those that any request can meet, and the ones named. */
export function problemResponses(kind: 'public' | 'read' | 'write', ...codes: readonly ProblemCode[]): object {
  const all = new Set([
    ...ALWAYS,
    ...(kind === 'public' ? [] : WITH_ACCESS),
    ...(kind === 'write' ? WITH_BODY : []),
    ...codes,
  ]);
  const statuses = new Set([...all].map((code) => PROBLEMS[code].status));
  return Object.fromEntries([...statuses].map((status) => [status, describeStatus(status, all)]));
}

function describeStatus(status: number, codes: ReadonlySet<ProblemCode>): object {
  const titles = [...codes].filter((code) => PROBLEMS[code].status === status).map((code) => PROBLEMS[code].title);
  return { description: titles.join(' / '), content: { [PROBLEM_TYPE]: { schema: PROBLEM } } };
}
