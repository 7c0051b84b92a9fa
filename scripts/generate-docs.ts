import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage, environmentSample } from '../src/platform/config-documents.ts';
import { projectRoot } from '../src/platform/project-root.ts';
import { ruleSchemaDocuments, schemaLine } from './rule-schemas.ts';

/** Writes the documents that are made from code. test/architecture/documents.test.ts fails when they are out of step. */
writeFileSync(join(projectRoot(), 'docs', 'configuration.md'), configurationPage());
writeFileSync(join(projectRoot(), '.env.example'), environmentSample());
mkdirSync(join(projectRoot(), 'docs', 'schemas'), { recursive: true });
for (const [name, text] of ruleSchemaDocuments()) writeFileSync(join(projectRoot(), 'docs', 'schemas', name), text);
const rules = join(projectRoot(), 'rules');
for (const name of readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'))) {
  const text = readFileSync(join(rules, name), 'utf8');
  if (!text.startsWith(schemaLine(name))) writeFileSync(join(rules, name), `${schemaLine(name)}\n${text}`);
}
