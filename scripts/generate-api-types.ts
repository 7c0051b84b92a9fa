import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/platform/project-root.ts';
import { apiTypes, type OpenApiDocument } from './api-types.ts';

/** Writes what the desk knows of the API. test/architecture/documents.test.ts fails when it is out of step. */
const document: OpenApiDocument = JSON.parse(readFileSync(join(projectRoot(), 'docs/openapi.json'), 'utf8'));
writeFileSync(join(projectRoot(), 'src/console/api/schema.ts'), apiTypes(document));
