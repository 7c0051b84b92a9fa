import type { Channel } from '../domain/vocabulary.ts';
import { judge } from '../rules/judge.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { ReadResult } from './item.ts';
import type { MailContext } from './mail-context.ts';
import { readMail } from './read-mail.ts';
import { readTranscript } from './read-transcript.ts';

/** One raw item. `name` is its file name, which may tell the call of a transcript. */
export type ReadJob = {
  readonly source: 'mail' | 'transcript';
  readonly channel: Channel;
  readonly name: string;
  readonly bytes: Buffer;
};

/** The HTML of one raw mail, to be shown. `page` is null when there is none. */
export type HtmlJob = { readonly source: 'mail-html'; readonly bytes: Buffer };
export type HtmlPage = { readonly kind: 'html'; readonly page: string | null };

/** Bytes in, everything the use cases need out: the item read and what the rules conclude about it. */
export function readItem(job: ReadJob, context: MailContext, rules: RuleSet): Promise<ReadResult> | ReadResult {
  switch (job.source) {
    case 'mail':
      return readMailItem(job, context, rules);
    case 'transcript':
      return readTranscriptItem(job, rules);
  }
}

async function readMailItem(job: ReadJob, context: MailContext, rules: RuleSet): Promise<ReadResult> {
  const result = await readMail(job.bytes, context);
  if (result.kind === 'unreadable') return result;
  // The whole text, quoted threads too: evidence then points into what a person is shown, and the rules set aside themselves
  // what is not the citizen's own words.
  const { subject, text } = result.mail;
  const verdict = judge(rules, { channel: job.channel, subject: subject === '' ? undefined : subject, text });
  return { kind: 'mail', mail: result.mail, verdict, rulesVersion: rules.version };
}

function readTranscriptItem(job: ReadJob, rules: RuleSet): ReadResult {
  const result = readTranscript(job.bytes, job.name);
  if (result.kind === 'unfinished') return result;
  if (result.kind === 'unreadable') return { ...result, subject: job.name, from: '' };
  const { transcript } = result;
  const verdict = judge(rules, { channel: job.channel, text: transcript.text });
  return { kind: 'transcript', transcript, verdict, rulesVersion: rules.version };
}
