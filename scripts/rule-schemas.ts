import { z } from 'zod';
import { registerMappingFile } from '../src/intake/register-mapping.ts';
import { documentFile, officeFile, trapsFile } from '../src/letters/document-schema.ts';
import { lettersFile } from '../src/letters/letter-templates.ts';
import { callScriptFile } from '../src/rules/call-script.ts';
import {
  agenciesFile,
  categoriesFile,
  lexiconFile,
  placesFile,
  rulesFile,
  scoringFile,
  secondReaderFile,
  setAsideFile,
  soundAlikesFile,
  unitsFile,
  universitiesFile,
} from '../src/rules/file-schemas.ts';
import { calendarFile, clocksFile, laddersFile, localCalendarFile } from '../src/rules/time-file-schemas.ts';

/** The schema of each kind of rule file, by the file of docs/schemas that editors read it from. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  agencies: agenciesFile,
  calendar: calendarFile,
  'calendar-local': localCalendarFile,
  'call-script': callScriptFile,
  categories: categoriesFile,
  clocks: clocksFile,
  document: documentFile,
  ladders: laddersFile,
  letters: lettersFile,
  'letters-office': officeFile,
  'letters-traps': trapsFile,
  lexicon: lexiconFile,
  places: placesFile,
  'register-mapping': registerMappingFile,
  rules: rulesFile,
  scoring: scoringFile,
  'second-reader': secondReaderFile,
  'set-aside': setAsideFile,
  'sound-alikes': soundAlikesFile,
  units: unitsFile,
  universities: universitiesFile,
};

/** JSON Schema documents for editors: path below docs/schemas and text. What no schema can say, `rules check` says. */
export function ruleSchemaDocuments(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SCHEMAS).map(([name, schema]) => {
      const document = z.toJSONSchema(schema, { io: 'input' });
      return [
        `${name}.json`,
        `${JSON.stringify({ title: name === 'register-mapping' ? name : `rules/${name}`, ...document }, null, 2)}\n`,
      ];
    }),
  );
}

const FOLDERS: Readonly<Record<string, string>> = {
  lexicon: 'lexicon',
  classification: 'rules',
  routing: 'rules',
  letters: 'document',
};
const OTHERS: Readonly<Record<string, string>> = {
  'letters/office.yaml': 'letters-office',
  'letters/traps.yaml': 'letters-traps',
};

/** The first line of a rule file, which tells an editor its schema. `path` below rules/. */
export function schemaLine(path: string): string {
  const [folder, file] = path.includes('/') ? path.split('/') : ['', path];
  const name = OTHERS[path] ?? FOLDERS[folder ?? ''] ?? (file ?? '').replace(/\.yaml$/u, '');
  return `# yaml-language-server: $schema=${folder === '' ? '..' : '../..'}/docs/schemas/${name}.json`;
}
