import { setImmediate as breathe } from 'node:timers/promises';
import type { House } from '../compose.ts';
import { compileOfficeRules } from '../office-rules.ts';
import { startLoop, type Loop } from '../queue/sweep-loop.ts';
import { classify } from '../rules/classify.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { readFiles } from '../store/rule-versions.ts';
import { keepShadowVerdicts, readShadow, textsForShadow } from '../store/shadow-verdicts.ts';

const EVERY_MS = 10_000;
const BATCH = 50;

/**
 * Tries a candidate beside the rules in force, on the texts that came in. It begins where the verdict in force is already
 * stored, so it can hold up nothing and change nothing.
 */
export function startShadow(house: Pick<House, 'database' | 'log' | 'shutdown'>): Loop {
  const pass = createShadowPass(house);
  return startLoop({
    everyMs: EVERY_MS,
    signal: house.shutdown.signal,
    onError: (error) => house.log.warn({ err: error }, 'the shadow run failed and will be tried again'),
    run: async () => {
      let judged = BATCH;
      while (judged === BATCH && !house.shutdown.signal.aborted) judged = await pass();
    },
  });
}

/** Judges the next texts by the shadow, and answers how many there were. */
export function createShadowPass({ database, log }: Pick<House, 'database' | 'log'>): () => Promise<number> {
  let compiled: { readonly version: string; readonly rules: RuleSet | null } | null = null;
  return async () => {
    const shadow = await readShadow(database.db);
    if (shadow === null) {
      compiled = null;
      return 0;
    }
    const { version } = shadow;
    if (compiled?.version !== version) {
      const result = compileOfficeRules((await readFiles(database.db, version)) ?? []);
      compiled = { version, rules: result.kind === 'ok' ? result.office.rules : null };
      if (compiled.rules === null) log.error({ version }, 'the shadow does not check in this program: it is not tried');
    }
    if (compiled.rules === null) return 0;
    const texts = await textsForShadow(database.db, shadow, BATCH);
    const verdicts = [];
    for (const { id, channel, subject, text } of texts) {
      const input = { channel, subject: subject === '' ? undefined : subject, text };
      verdicts.push({ itemId: id, body: classify(compiled.rules, input) });
      await breathe(); // what is alive goes first
    }
    if (verdicts.length > 0) await keepShadowVerdicts(database.db, version, verdicts);
    return verdicts.length;
  };
}
