import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CERTAINTY_SIGNS, type CertaintyWeights } from '../src/rules/certainty-signs.ts';
import { compileRules } from '../src/rules/compile-rules.ts';
import { readRuleFiles } from '../src/intake/read-rule-files.ts';
import { projectRoot } from '../src/platform/project-root.ts';
import { ownTextsByFile } from './labelled-texts.ts';
import { fitCertainty, judgeHeldOut } from './training/fit-certainty.ts';
import { learnPairs } from './training/learn-pairs.ts';

const HEADER = `# yaml-language-server: $schema=../docs/schemas/second-reader.json
# Made by \`npm run second-reader\` from fixtures/labelled; not edited by hand. What the second reader has learned: in how many
# texts of no category (0) and of each category a pair of characters stands. It decides nothing: it makes the rules more or
# less certain, by the weights under \`certainty\`, which were fitted on texts that it had not read.
`;

const file = join(projectRoot(), 'rules/second-reader.yaml');
const files = ownTextsByFile();
const learned = learnPairs(files.flat());
const unfitted = Object.fromEntries(CERTAINTY_SIGNS.map((sign) => [sign, 0])) as Record<keyof CertaintyWeights, number>;
if (!existsSync(file)) write(unfitted);
const compiled = compileRules(readRuleFiles(join(projectRoot(), 'rules')));
if (compiled.kind === 'invalid') throw new Error('The rules have mistakes: npm run -s rules -- check.');
write(fitCertainty(judgeHeldOut(compiled.rules, files)));

function write(certainty: CertaintyWeights): void {
  const { labels, texts, pairs } = learned;
  const weights = CERTAINTY_SIGNS.map((sign) => `  ${sign}: ${certainty[sign]}\n`).join('');
  const lines = pairs.replaceAll(/^/gmu, '  ').trimEnd();
  writeFileSync(
    file,
    `${HEADER}labels: [${labels.join(', ')}]\ntexts: [${texts.join(', ')}]\ncertainty:\n${weights}pairs: |\n${lines}\n`,
  );
}
