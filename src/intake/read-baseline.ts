import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Neutral texts on which no rule may decide anything: the files of a folder, in one fixed order. */
export function readBaseline(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => readFileSync(join(directory, name), 'utf8'));
}
