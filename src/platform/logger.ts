import { pino, stdTimeFunctions, type Logger as PinoLogger } from 'pino';
import { describeError } from './describe-error.ts';
import { redact, type Fact } from './redact.ts';

/** Facts first, then a constant message: `log.info({ itemId, attempt }, 'item read')`. `child()` adds facts to every line. */
export type Logger = PinoLogger;

export type LoggerOptions = {
  readonly level: string;
  /** Which process speaks: "mailbox", "api" ... */
  readonly name: string;
  /** Default stderr: stdout belongs to the answers of commands. Readable lines when it is a terminal, JSON otherwise. */
  readonly stream?: { write(line: string): unknown; readonly isTTY?: boolean };
};

/**
 * Every line passes one gate that removes what must not be logged (redact.ts), whoever wrote it: our own code, a child
 * logger, or a library that was handed this logger.
 */
export function createLogger(options: LoggerOptions): Logger {
  const stream = options.stream ?? process.stderr;
  const format = stream.isTTY === true ? readableLine : jsonLine;
  return pino(
    {
      level: options.level,
      base: { name: options.name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError, cause: describeError, req: describeRequest },
      hooks: {
        logMethod(args, method) {
          method.apply(this, withConstantMessage(args));
        },
        streamWrite: (line) => format(redact(JSON.parse(line) as Fact)),
      },
    },
    stream,
  );
}

/** A library's request object holds headers, the caller's address and the query; the method and the route say enough. */
function describeRequest(request: unknown): Fact {
  const { method, routeOptions } = request as { method?: string; routeOptions?: { url?: string } };
  return { method: method ?? '', route: routeOptions?.url ?? 'unknown' };
}

/**
 * pino and Fastify both use an error's own message as the line's message, and that may quote a citizen's words. Values
 * for printf-style patterns are dropped for the same reason.
 */
function withConstantMessage(args: readonly unknown[]): [object, string] {
  const [first, second] = args;
  if (typeof first === 'string') return [{}, first];
  const facts = first instanceof Error ? { err: first } : ((first ?? {}) as Record<string, unknown>);
  const error = facts['err'];
  const quoted = error instanceof Error && second === error.message;
  if (typeof second === 'string' && !quoted) return [facts, second];
  return [facts, error instanceof Error ? 'failed' : 'no message'];
}

function jsonLine(fact: Fact): string {
  return `${escapeInvisible(JSON.stringify(fact))}\n`;
}

function readableLine(fact: Fact): string {
  const { time, level, name, msg, ...rest } = fact as Readonly<Record<string, string>>; // as createLogger writes them
  const facts = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const line = `${time?.slice(11, 23) ?? ''} ${level?.padEnd(5) ?? ''} ${name ?? ''}: ${msg ?? ''}${facts.join('')}`;
  return `${escapeInvisible(line)}\n`;
}

/** Bidirectional overrides, zero-width characters and C1 controls can make a log line read as something else (CWE-117). */
function escapeInvisible(text: string): string {
  return text.replace(/[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from({ length: found.length }, (_, index) => found.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
