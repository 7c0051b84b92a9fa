import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { mapRegister } from '../intake/map-register.ts';
import {
  placeMapping,
  type PlacedMapping,
  type RegisterMapping,
  registerMappingFile,
} from '../intake/register-mapping.ts';
import { readRegister } from '../intake/read-register.ts';
import { refusedRowsCsv } from '../intake/refused-rows.ts';
import { MOST_BYTES, TABLE_REFUSALS, type RegisterTable } from '../intake/register-table.ts';
import { suggestMapping } from '../intake/suggest-mapping.ts';
import { systemClock } from '../platform/clock.ts';
import { writeDurably } from '../platform/durable-file.ts';
import { openRegisterImporter } from '../roles/register-importer.ts';
import { readYaml } from '../rules/read-yaml.ts';
import { validate } from '../rules/rule-files.ts';
import type { RuleProblem } from '../rules/rule-problem.ts';
import { withHouse } from './open-for-command.ts';
import { registerReport } from './register-report.ts';

const USAGE = `usage: shouli import register FILE --mapping FILE.yaml [--sheet NAME] [--dry-run]
       shouli import register FILE --suggest [--sheet NAME]
  takes the cases of an old register (台账) from .xlsx or .csv; docs/import-register.md
  --dry-run  says what would be taken and what would be refused, row by row, and writes nothing
  --suggest  prints a mapping to begin with, made of the column heads
`;

type Asked = {
  readonly file: string;
  readonly mapping: string | null;
  readonly sheet: string | null;
  readonly dryRun: boolean;
};

/** Takes an old register. Answers 0 when every row was or would be taken, 1 when some were refused, 2 when nothing could be read. */
export async function importRegister(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) return told(USAGE);
  const mapping = asked.mapping === null ? null : await readMapping(asked.mapping);
  if (typeof mapping === 'string') return told(mapping);
  const table = await readTable(asked.file, asked.sheet ?? mapping?.sheet ?? null);
  if (typeof table === 'string') return told(`${asked.file}：${table}\n`);
  if (mapping === null) {
    process.stdout.write(suggestMapping(table));
    return 0;
  }
  const placing = placeMapping(mapping, table);
  if (placing.kind === 'refused') return told(`${placing.problems.join('\n')}\n`);
  return takeRegister(asked, placing.placed, table.from1904);
}

function readArguments(args: readonly string[]): Asked | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      mapping: { type: 'string' },
      sheet: { type: 'string' },
      'dry-run': { type: 'boolean' },
      suggest: { type: 'boolean' },
    },
  });
  const [file, ...more] = positionals;
  const { mapping = null, sheet = null, suggest = false, 'dry-run': dryRun = false } = values;
  return file === undefined || more.length > 0 || (mapping === null) !== suggest
    ? null
    : { file, mapping, sheet, dryRun };
}

function told(words: string): number {
  process.stderr.write(words);
  return 2;
}

async function readTable(file: string, sheet: string | null): Promise<RegisterTable | string> {
  const about = await stat(file).catch(() => null);
  if (about === null || !about.isFile()) return '没有这个文件，或者不能读取';
  if (about.size > MOST_BYTES) return TABLE_REFUSALS['too-large'];
  const read = readRegister(await readFile(file), sheet);
  if (read.kind === 'ok') return read.table;
  return TABLE_REFUSALS[read.reason] + (read.about === '' ? '' : `（${read.about}）`);
}

async function readMapping(path: string): Promise<RegisterMapping | string> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return `${path}：没有这个文件，或者不能读取\n`;
  const read = readYaml({ path, text });
  if (read.kind === 'invalid') return problemText(read.problems);
  const problems: RuleProblem[] = [];
  const loaded = validate(read.file, registerMappingFile, problems);
  return loaded === null ? problemText(problems) : loaded.data;
}

function problemText(problems: readonly RuleProblem[]): string {
  return problems
    .map(
      ({ file, line, column, message, hint }) => `${file}:${String(line)}:${String(column)}  ${message}\n    ${hint}\n`,
    )
    .join('');
}

async function takeRegister({ file, dryRun }: Asked, placed: PlacedMapping, from1904: boolean): Promise<number> {
  return withHouse('import', async (house) => {
    const importer = await openRegisterImporter(house, basename(file));
    const rows = mapRegister(placed, { units: importer.units, from1904, now: systemClock.now() });
    const entries = rows.flatMap((one) => (one.kind === 'entry' ? [one.entry] : []));
    const refused = refusedRowsCsv(placed, rows);
    const errorsFile = refused === null || dryRun ? null : `${file}.errors.csv`;
    // Before anything is taken: whatever happens then, what was refused can be mended.
    if (refused !== null && errorsFile !== null) await writeDurably(errorsFile, refused);
    const fates = dryRun ? await importer.foresee(entries) : await importer.take(entries);
    const past = entries.filter((entry, n) => fates[n] === 'taken' && importer.isPast(entry)).map(({ line }) => line);
    const { unmapped } = placed;
    process.stdout.write(registerReport({ file, dryRun, rows, fates, past, unmapped, errorsFile }));
    return refused === null && fates.length === entries.length ? 0 : 1;
  });
}
