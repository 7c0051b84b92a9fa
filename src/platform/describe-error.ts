import { Fault } from './fault.ts';
import type { Fact } from './redact.ts';

/** How many causes deep an error is described. */
const MAX_DEPTH = 4;

/**
 * The part of an error that may be logged. An allow-list, because libraries attach anything at all to their errors:
 * pg the row ("Key (email)=(...) already exists"), nodemailer the recipient, fetch the URL with its password. Only a
 * Fault's message is our own text; of a foreign error the kind, the code and the place are kept.
 */
export function describeError(error: unknown): Fact {
  return describe(error, 0);
}

function describe(error: unknown, depth: number): Fact {
  if (!(error instanceof Error)) return { name: typeof error };
  const described: Record<string, Fact> = { name: error.name, code: shortWord(error, 'code') };
  if (error instanceof Fault) {
    described['message'] = error.message;
    described['retryable'] = error.retryable;
    described['details'] = { ...error.details };
  }
  for (const key of ['constraint', 'table', 'syscall', 'responseCode']) described[key] = shortWord(error, key);
  described['stack'] = framesOf(error);
  if (error.cause !== undefined && depth < MAX_DEPTH) described['cause'] = describe(error.cause, depth + 1);
  if (error instanceof AggregateError && depth < MAX_DEPTH) {
    described['errors'] = error.errors.slice(0, 5).map((one) => describe(one, depth + 1));
  }
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== null));
}

/** A code, a table name: one word without room for a sentence. Anything else is withheld. */
function shortWord(error: Error, key: string): Fact {
  const value = (error as unknown as Record<string, unknown>)[key];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[\w.-]{1,64}$/u.test(value) ? value : null;
}

/** The stack begins with the message, which may have several lines; frames are what begins with "at". */
function framesOf(error: Error): readonly string[] {
  const stack = error.stack ?? '';
  const afterMessage = stack.startsWith(`${error.name}: ${error.message}`)
    ? stack.slice(error.name.length + 2 + error.message.length)
    : stack;
  return afterMessage.split('\n').flatMap((line) => /^ {4}at (.{1,300})$/u.exec(line)?.[1] ?? []);
}
