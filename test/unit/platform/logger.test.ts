import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/platform/fault.ts';
import { createLogger, type Logger } from '../../../src/platform/logger.ts';

const CANARY = '王某某-canary';

function logTo(lines: string[], isTTY = false): Logger {
  return createLogger({ level: 'trace', name: 'test', stream: { isTTY, write: (line) => lines.push(line) } });
}

/** Libraries are not compiled against our types. */
function asLibraries(log: Logger): (...args: unknown[]) => void {
  return log.error.bind(log);
}

function lineOf(write: (log: Logger) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(logTo(lines));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('a log line', () => {
  it('is one line of JSON: time, level, process, facts and a constant message', () => {
    expect(lineOf((log) => log.info({ itemId: 7, ruleIds: ['fees.extra'], failed: false }, 'item read'))).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) as unknown,
      name: 'test',
      itemId: 7,
      ruleIds: ['fees.extra'],
      failed: false,
      msg: 'item read',
    });
  });

  it('carries the facts of the child logger that wrote it', () => {
    expect(lineOf((log) => log.child({ jobId: 'triage_9' }).warn('slow'))).toMatchObject({
      jobId: 'triage_9',
      msg: 'slow',
    });
  });

  it.each([
    'subject',
    'text',
    'from',
    'replyTo',
    'reply_to',
    'phone',
    'password',
    'Authorization',
    'set-cookie',
    'lookupCode',
    'remoteAddress',
    'rawHeaders',
  ])('withholds %s, at any depth and in child loggers too', (key) => {
    const deep = lineOf((log) => log.info({ a: [{ b: { [key]: CANARY } }] }, 'x'));
    const child = lineOf((log) => log.child({ [key]: CANARY }).info('x'));
    expect(JSON.stringify([deep, child])).not.toContain(CANARY);
  });

  it('withholds by the look of a value what hides under a harmless key', () => {
    const line = lineOf((log) =>
      log.info({ a: 'imaps://office:hunter2@imap.example.org', b: 'was 13900000000', c: 'to wang@example.cn' }, 'x'),
    );
    expect(line).toMatchObject({ a: 'imaps://[withheld]@imap.example.org', b: 'was [number]', c: 'to [address]' });
  });

  it('keeps counts under keys that are otherwise withheld', () => {
    expect(lineOf((log) => log.info({ mail: 5, recipients: 2 }, 'x'))).toMatchObject({ mail: 5, recipients: 2 });
  });

  it('never shows the query of an address, nor bytes', () => {
    const line = lineOf((log) => log.info({ url: `/lookup?code=${CANARY}`, payload: Buffer.from(CANARY) }, 'x'));
    expect(line).toMatchObject({ url: '/lookup', payload: '[bytes]' });
  });

  it('says of a foreign error what kind it is and where, never what it says', () => {
    const error = Object.assign(
      new TypeError(`cannot read ${CANARY}\n    at ${CANARY}`, { cause: new Error(CANARY) }),
      {
        code: '23505',
        constraint: 'case_number_key',
        detail: `Key (name)=(${CANARY}) already exists`,
      },
    );
    const line = lineOf((log) => log.error({ err: error }, 'could not store'));
    expect(JSON.stringify(line)).not.toContain(CANARY);
    expect(line).toMatchObject({
      msg: 'could not store',
      err: { name: 'TypeError', code: '23505', constraint: 'case_number_key', cause: { name: 'Error' } },
    });
    expect((line['err'] as { stack: string[] }).stack[0]).toContain('logger.test.ts');
  });

  it('says of our own fault everything', () => {
    const fault = new Fault('imap.unreachable', 'the server does not answer', {
      retryable: true,
      details: { attempt: 3 },
    });
    expect(lineOf((log) => log.error({ err: fault }, 'poll failed'))['err']).toMatchObject({
      name: 'Fault',
      code: 'imap.unreachable',
      message: 'the server does not answer',
      retryable: true,
      details: { attempt: 3 },
    });
  });

  it.each<[string, (log: Logger, error: Error) => void]>([
    ['an error alone', (log, error) => log.error(error)],
    ['an error without a message', (log, error) => log.error({ err: error })],
    [
      'an error whose message is repeated, as web frameworks do',
      (log, error) => log.error({ err: error }, error.message),
    ],
    ['a pattern without facts', (log, error) => log.error('failed: %s', error.message)],
    ['facts and values for a pattern', (log, error) => asLibraries(log)({ part: 1 }, 'failed: %s', error.message)],
    ['an error under another key', (log, error) => log.error({ error, cause: error }, 'failed')],
  ])('does not take the words of an error for its message: %s', (_, write) => {
    expect(JSON.stringify(lineOf((log) => write(log, new Error(CANARY))))).not.toContain(CANARY);
  });

  it('describes a request by method and route only', () => {
    const request = { method: 'GET', url: `/cases/1?q=${CANARY}`, headers: { cookie: CANARY }, ip: CANARY };
    const line = lineOf((log) => log.info({ req: { ...request, routeOptions: { url: '/cases/:id' } } }, 'request'));
    expect(line['req']).toEqual({ method: 'GET', route: '/cases/:id' });
  });

  it('cannot be broken up or turned round by what it holds', () => {
    const lines: string[] = [];
    const log = logTo(lines);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        lines.length = 0;
        log.info({ value: 1, fact: value }, 'x');
        expect(lines).toHaveLength(1);
        expect(lines[0]?.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(() => JSON.parse(lines[0] ?? '') as unknown).not.toThrow();
      }),
    );
  });

  it('is readable on a terminal', () => {
    const lines: string[] = [];
    logTo(lines, true).info({ itemId: 7 }, 'item read');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}test: item read itemId=7\n$/u);
  });
});
