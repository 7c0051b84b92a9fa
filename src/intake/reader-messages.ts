import type { ReadResult } from './item.ts';
import type { MailContext } from './mail-context.ts';
import type { HtmlJob, HtmlPage, ReadJob } from './read-item.ts';
import type { RuleFile } from '../rules/rule-problem.ts';

/** What the pool says to a reading process. Structured clone: Buffers cross as bytes. */
export type ToReader =
  | { readonly kind: 'start'; readonly rules: readonly RuleFile[]; readonly context: MailContext }
  | { readonly kind: 'read'; readonly id: number; readonly job: ReadJob | HtmlJob }
  | { readonly kind: 'reload'; readonly rules: readonly RuleFile[] }
  | { readonly kind: 'end' };

/** What a reading process answers. Jobs are answered in the order they were given. */
export type FromReader =
  | { readonly kind: 'ready'; readonly rulesVersion: string }
  /** The rules do not load and none were loaded before: nothing can be read. */
  | { readonly kind: 'unusable'; readonly problems: number }
  | { readonly kind: 'done'; readonly id: number; readonly result: ReadResult | HtmlPage };
