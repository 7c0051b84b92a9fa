import { readFileSync } from 'node:fs';
import { loadConfig, type Config } from './config.ts';
import { Fault } from './fault.ts';
import { refuseFewOpenFiles } from './open-files.ts';

/** The configuration of this process. Throws `config.invalid` with every problem in one message. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  refuseFewOpenFiles();
  const loaded = loadConfig(env, (path) => readFileSync(path, 'utf8').trim());
  if (loaded.kind === 'ok') return loaded.config;
  const lines = loaded.problems.map(({ key, problem }) => `  ${key}: ${problem}`);
  throw new Fault(
    'config.invalid',
    ['The configuration cannot be used:', ...lines, 'docs/configuration.md explains every key.'].join('\n'),
  );
}
