import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../src/http/openapi-document.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';

const GOLDEN = join(projectRoot(), 'docs', 'openapi.json');

type Operation = {
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
};
type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

let document: Document;
beforeAll(async () => {
  document = (await openApiDocument()) as Document; // its form is OpenAPI's own
});

describe('the OpenAPI document', () => {
  it('is the one in docs/openapi.json: review the difference, then write it with UPDATE_GOLDEN=1', async () => {
    if (process.env['UPDATE_GOLDEN'] === '1') {
      const style = (await resolveConfig(GOLDEN)) ?? {};
      writeFileSync(GOLDEN, await format(JSON.stringify(document), { ...style, parser: 'json' }));
    }
    expect(document).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  it('declares a summary, who may use it, and every way in which it can end, for each operation', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBeGreaterThan(20);
    for (const { summary, security, responses } of operations) {
      expect(summary).toBeTruthy();
      expect(security).toBeDefined();
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '421', '500', '503']));
      if (JSON.stringify(security) !== '[]') expect(Object.keys(responses)).toContain('401');
    }
  });

  it('does not tell about the sandbox', () => {
    expect(Object.keys(document.paths).filter((path) => path.startsWith('/sandbox'))).toEqual([]);
  });
});
