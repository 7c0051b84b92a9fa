import { compileRules } from '../rules/compile-rules.ts';
import type { RuleFile } from '../rules/rule-problem.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { MailContext } from './mail-context.ts';
import { readMailHtml } from './mail-html.ts';
import { readItem, type HtmlJob, type ReadJob } from './read-item.ts';
import type { FromReader, ToReader } from './reader-messages.ts';

/**
 * The reading process: mail and transcripts are parsed here and nowhere else, so that a file that crashes, floods or
 * never ends takes down only this process. Started by reader-pool.ts, which feeds and watches it. It has no database,
 * no network and an empty environment.
 */

type Session = { readonly context: MailContext; rules: RuleSet | null };

let session: Session | null = null;
let working: Promise<void> = Promise.resolve();

process.on('message', (message: ToReader) => {
  switch (message.kind) {
    case 'start':
      session = { context: message.context, rules: null };
      loadRules(session, message.rules);
      return;
    case 'reload':
      // In turn: a job that was given before is still judged by the old rules.
      working = working.then(() => {
        if (session !== null) loadRules(session, message.rules);
      });
      return;
    case 'end':
      process.exit(0);
    case 'read':
      working = working.then(() => read(message.id, message.job));
  }
});
// The pool is gone: nobody waits for an answer any more.
process.on('disconnect', () => process.exit(0));
// An error that reaches here could quote the mail: the exit status says enough.
process.on('uncaughtException', () => process.exit(70));
process.on('unhandledRejection', () => process.exit(70));

/** Rules that do not load never replace those that do. */
function loadRules(current: Session, files: readonly RuleFile[]): void {
  const compiled = compileRules(files);
  if (compiled.kind === 'ok') current.rules = compiled.rules;
  if (current.rules !== null) void send({ kind: 'ready', rulesVersion: current.rules.version });
  else void send({ kind: 'unusable', problems: compiled.kind === 'ok' ? 0 : compiled.problems.length });
}

async function read(id: number, job: ReadJob | HtmlJob): Promise<void> {
  const rules = session?.rules ?? null;
  if (session === null || rules === null) return; // the pool gives no job before `ready`
  const result =
    job.source === 'mail-html'
      ? { kind: 'html' as const, page: await readMailHtml(job.bytes) }
      : await readItem(job, session.context, rules);
  await send({ kind: 'done', id, result });
}

/** Resolves when the message has left: the next job may block this process before it would. */
function send(message: FromReader): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
