import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../src/http/error-mapper.ts';
import {
  FAULT_PROBLEMS,
  PROBLEM,
  Problem,
  problemBody,
  PROBLEMS,
  type ProblemCode,
} from '../../../src/http/problems.ts';
import { Fault, type FaultCode } from '../../../src/platform/fault.ts';

/** Public API: whoever changes a line here breaks a client. */
const STATUS: Readonly<Record<ProblemCode, number>> = {
  'bad-request': 400,
  'body.not-utf8': 400,
  'body.not-json': 400,
  'body.duplicate-key': 400,
  'body.too-deep': 400,
  'input.invalid': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  stale: 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  misdirected: 421,
  refused: 422,
  'key-reused': 422,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
};

const FAULT_STATUS: Readonly<Record<FaultCode, number>> = {
  'config.invalid': 500,
  'database.unreachable': 503,
  'database.unsafe': 500,
  'database.schema-newer': 500,
  'database.conflict': 500,
  'redis.unreachable': 503,
  'redis.unsafe': 500,
  'key.mismatch': 500,
  'imap.unreachable': 503,
  'imap.refused-login': 500,
  'imap.protocol': 500,
  'smtp.unreachable': 503,
  'smtp.refused-login': 500,
  'smtp.protocol': 500,
  'rules.invalid': 500,
  'input.invalid': 400,
  'not-found': 404,
  internal: 500,
};

describe('every problem', () => {
  it('has its status', () => {
    expect(Object.fromEntries(Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]))).toEqual(STATUS);
  });

  it('has a body that its schema declares, with a title that a person can read', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      const body = problemBody(code, { version: 3 });
      expect(PROBLEM.parse(body)).toEqual(body);
      expect(body.title).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('every fault', () => {
  it('has its status', () => {
    const statuses = Object.entries(FAULT_PROBLEMS).map(([fault, code]) => [fault, PROBLEMS[code].status]);
    expect(Object.fromEntries(statuses)).toEqual(FAULT_STATUS);
  });

  it('keeps its message inside', () => {
    for (const code of Object.keys(FAULT_PROBLEMS) as FaultCode[]) {
      const problem = problemOf(new Fault(code, 'secret words', { details: { table: 'secret' } }));
      expect(JSON.stringify({ ...problemBody(problem.code, problem.details), ...problem.headers })).not.toContain(
        'secret',
      );
    }
  });
});

describe('an error that nobody expected', () => {
  it.each([
    new Error('boom'),
    new TypeError('x'),
    Object.assign(new Error('x'), { code: '23505', statusCode: 404 }),
    'text',
    null,
    undefined,
    { statusCode: 418 },
  ])('is internal, whatever it says of itself: %s', (error) => {
    expect(problemOf(error)).toMatchObject({ code: 'internal', details: {} });
  });

  it('that is a problem already stays what it is', () => {
    const problem = new Problem('stale', { version: 4 });
    expect(problemOf(problem)).toBe(problem);
  });
});
