import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleSchemaDocuments, schemaLine } from '../../scripts/rule-schemas.ts';
import { projectRoot } from '../../src/platform/project-root.ts';

const schemas = join(projectRoot(), 'docs/schemas');
const rules = join(projectRoot(), 'rules');

describe('the schemas for editors', () => {
  it('are in step with what `rules check` enforces (npm run docs:generate)', () => {
    const documents = ruleSchemaDocuments();
    expect(readdirSync(schemas).toSorted()).toEqual([...documents.keys()].toSorted());
    for (const [name, text] of documents) expect(readFileSync(join(schemas, name), 'utf8'), name).toBe(text);
  });

  const files = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

  it('cover every rule file', () => {
    expect(files.length).toBeGreaterThan(20);
    const known = new Set(ruleSchemaDocuments().keys());
    expect(files.filter((file) => !known.has(schemaLine(file).split('/').at(-1) ?? ''))).toEqual([]);
  });

  it.each(files)('are named in the first line of rules/%s (npm run docs:generate)', (file) => {
    expect(readFileSync(join(rules, file), 'utf8').split('\n')[0]).toBe(schemaLine(file));
  });
});
