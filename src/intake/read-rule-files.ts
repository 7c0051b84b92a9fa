import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../platform/fault.ts';

export type RuleFileText = { readonly path: string; readonly text: string };

const MOST_READINGS = 10;

/**
 * Every rule file of a folder, in one fixed order. A file may be replaced while it is read: only what two readings in a row
 * agree on is taken. Throws `rules.invalid` when the folder cannot be read or never holds still.
 */
export function readRuleFiles(directory: string): RuleFileText[] {
  return readSteadily(() => readOnce(directory));
}

/** What `read` answers twice in a row. */
export function readSteadily(read: () => RuleFileText[]): RuleFileText[] {
  let before = readOrFault(read);
  for (let readings = 1; readings < MOST_READINGS; readings += 1) {
    const now = readOrFault(read);
    if (isDeepStrictEqual(now, before)) return now;
    before = now;
  }
  throw new Fault('rules.invalid', 'The rule files change while they are read: try again when they are saved.');
}

function readOrFault(read: () => RuleFileText[]): RuleFileText[] {
  try {
    return read();
  } catch (cause) {
    throw new Fault('rules.invalid', 'The rule files cannot be read: is the folder there?', { cause });
  }
}

function readOnce(directory: string): RuleFileText[] {
  return listYaml(directory, '')
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(directory, path), 'utf8') }));
}

/** Paths below `directory`, with slashes on every system. */
function listYaml(directory: string, below: string): string[] {
  return readdirSync(join(directory, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return listYaml(directory, path);
    return /\.ya?ml$/u.test(entry.name) ? [path] : [];
  });
}
