import { readFile } from 'node:fs/promises';
import { Fault } from '../platform/fault.ts';

/** Reads a secret or an authority's certificate at the moment it is needed. Neither path nor content gets into the fault. */
export async function readMailFile(path: string, holds: 'secret' | 'certificate authority'): Promise<string> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('config.invalid', `the file with the ${holds} of a mail server cannot be read`, {
      retryable: true, // a file that is being rotated is missing for a moment
      cause,
    });
  });
  const trimmed = content.replace(/\r?\n$/, '');
  if (trimmed === '') throw new Fault('config.invalid', `the file with the ${holds} of a mail server is empty`);
  return trimmed;
}
