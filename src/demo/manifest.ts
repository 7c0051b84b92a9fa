import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DISPOSITIONS, LANES } from '../domain/vocabulary.ts';
import { projectRoot } from '../platform/project-root.ts';

const expected = z.object({
  file: z.string(),
  part: z.string().optional(),
  disposition: z.array(z.enum(DISPOSITIONS)),
  category: z.array(z.number().nullable()).optional(),
  unit: z.array(z.string()).optional(),
  lane: z.array(z.enum(LANES)).optional(),
  never: z.array(z.string()).optional(),
  urgent: z.boolean().optional(),
  flags: z.array(z.string()).optional(),
  ack: z.object({ send: z.boolean(), reason: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});
/** The right answers for one fixture; several values mean that careful readers differ. */
export type Expected = z.infer<typeof expected>;

const manifest = z.object({ mails: z.array(expected), calls: z.array(expected), transcripts: z.array(expected) });

export function readManifest(): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(projectRoot(), 'fixtures/demo.json'), 'utf8')));
}
