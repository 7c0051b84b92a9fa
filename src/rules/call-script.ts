import { z } from 'zod';
import { CATEGORIES } from '../domain/vocabulary.ts';
import { MISSING } from './find-missing.ts';

/** What an operator says, as rules/call-script.yaml keeps it. It decides nothing, so no verdict is pinned to it. */

const sentence = z.string().min(2).max(200);
const sentences = z.array(sentence).min(1).max(12);

export const callScriptFile = z.strictObject({
  opening: sentences,
  /** One question for each thing that a record needs, in the order in which they are asked. */
  ask: z
    .array(z.strictObject({ about: z.enum(MISSING), say: sentence }))
    .length(MISSING.length)
    .refine((asked) => new Set(asked.map(({ about }) => about)).size === asked.length, 'each is asked once'),
  anonymous: sentences,
  secret: sentences,
  /** What comes first when somebody is in danger, before anything is written down. */
  urgent: sentences,
  promise: sentences,
  closing: sentences,
  categories: z
    .array(z.strictObject({ category: z.literal(CATEGORIES), say: sentences }))
    .refine(
      (entries) => new Set(entries.map(({ category }) => category)).size === entries.length,
      'a category has one entry',
    ),
});
export type CallScript = z.infer<typeof callScriptFile>;
