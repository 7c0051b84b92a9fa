import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { rulesDirectory } from '../compose.ts';
import { CHANNELS } from '../domain/vocabulary.ts';
import { readRuleFiles } from '../intake/read-rule-files.ts';
import { Fault } from '../platform/fault.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { judge } from '../rules/judge.ts';
import type { Command } from './command.ts';

const input = z.looseObject({
  id: z.union([z.string(), z.number()]),
  channel: z.enum(CHANNELS),
  subject: z.string().nullish(),
  text: z.string(),
});

const USAGE = `usage: shouli classify --jsonl < texts > verdicts
  one JSON object a line: {id, channel: "email" | "phone", subject?, text}
`;

export const command: Command = {
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { jsonl: { type: 'boolean' } } });
    if (values.jsonl !== true) {
      process.stderr.write(USAGE);
      return 2;
    }
    const compiled = compileRules(readRuleFiles(rulesDirectory()));
    if (compiled.kind === 'invalid') {
      throw new Fault('rules.invalid', 'The rule files are invalid: `npm run rules -- check` names every problem.');
    }
    let bad = 0;
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      const parsed = input.safeParse(parseJson(line));
      if (!parsed.success) {
        bad += 1;
        process.stdout.write(`${JSON.stringify({ error: z.prettifyError(parsed.error) })}\n`);
        continue;
      }
      const { id, channel, subject, text } = parsed.data;
      // Working notes (what was ignored, what lost) are for `rules explain`, not for this contract.
      const {
        ignored: _ignored,
        scores: _scores,
        ...verdict
      } = judge(compiled.rules, { channel, subject: subject ?? undefined, text });
      if (!process.stdout.write(`${JSON.stringify({ id, ...verdict })}\n`))
        await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
    return bad === 0 ? 0 : 1;
  },
};

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // refused by the schema with the line's place
  }
}
