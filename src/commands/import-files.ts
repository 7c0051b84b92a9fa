import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { receiveFiles, type ReceivedFile } from '../casework/receive.ts';
import type { House } from '../compose.ts';
import { sniffFile } from '../intake/sniff-file.ts';
import { splitCalls, splitMbox } from '../intake/split-file.ts';
import { systemClock } from '../platform/clock.ts';
import { openImporter, type ImportedItem } from '../roles/importer.ts';
import type { Command } from './command.ts';
import { importRegister } from './import-register.ts';
import { withHouse } from './open-for-command.ts';
import { receiveDependencies } from '../roles/receiving.ts';

const USAGE = `usage: shouli import [--jsonl] [--as mail|transcript] [--answer] PATH...
       shouli import register FILE ...   an old register (台账) from .xlsx or .csv
  takes files and whole folders: raw mails, mbox files, transcripts of calls
  --answer   acknowledgements go out for what was imported; without it nothing is sent
`;

type Piece = { readonly file: string } & (
  { readonly kind: 'taken'; readonly received: ReceivedFile } | { readonly kind: 'refused'; readonly error: string }
);

/** Bounds memory and the time until the first line: pieces per round, and their bytes. */
const ROUND_PIECES = 50;
const ROUND_BYTES = 32 * 1024 * 1024;

export const command: Command = {
  async run(args) {
    if (args[0] === 'register') return importRegister(args.slice(1));
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { jsonl: { type: 'boolean' }, as: { type: 'string' }, answer: { type: 'boolean' } },
    });
    const as = values.as;
    if (positionals.length === 0 || (as !== undefined && as !== 'mail' && as !== 'transcript')) {
      process.stderr.write(USAGE);
      return 2;
    }
    const print = values.jsonl === true ? printJson : printLine;
    const failed = await withHouse('import', async (house) => {
      const importer = await openImporter(house, values.answer === true);
      let bad = 0;
      for await (const round of rounds(pieces(positionals, as, values.answer === true)))
        bad += await takeRound(house, importer, round, print);
      return bad;
    });
    return failed === 0 ? 0 : 1;
  },
};

async function takeRound(
  house: House,
  importer: Awaited<ReturnType<typeof openImporter>>,
  round: readonly Piece[],
  print: (piece: Piece, item: ImportedItem | null) => void,
): Promise<number> {
  const taken = round.flatMap((piece) => (piece.kind === 'taken' ? [piece.received] : []));
  const ids = await receiveFiles(receiveDependencies(house), taken);
  const items = await importer.settle(ids);
  let next = 0;
  for (const piece of round) {
    const item = piece.kind === 'taken' ? (items.get(ids[next] ?? 0) ?? null) : null;
    if (piece.kind === 'taken') next += 1;
    print(piece, item);
  }
  return round.filter(({ kind }) => kind === 'refused').length;
}

async function* rounds(all: AsyncIterable<Piece>): AsyncGenerator<Piece[]> {
  let round: Piece[] = [];
  let bytes = 0;
  for await (const piece of all) {
    round.push(piece);
    bytes += piece.kind === 'taken' ? piece.received.bytes.length : 0;
    if (round.length < ROUND_PIECES && bytes < ROUND_BYTES) continue;
    yield round;
    round = [];
    bytes = 0;
  }
  if (round.length > 0) yield round;
}

async function* pieces(
  paths: readonly string[],
  as: 'mail' | 'transcript' | undefined,
  answer: boolean,
): AsyncGenerator<Piece> {
  for (const path of paths) {
    for (const file of await filesUnder(path)) {
      try {
        yield* piecesOf(file, await readFile(file), as, answer);
      } catch (error) {
        yield { kind: 'refused', file, error: readProblem(error) };
      }
    }
  }
}

async function filesUnder(path: string): Promise<string[]> {
  const about = await stat(path).catch(() => null);
  if (about === null || !about.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function piecesOf(file: string, bytes: Buffer, as: 'mail' | 'transcript' | undefined, answer: boolean): Piece[] {
  const sniffed = sniffFile(file, bytes);
  const kind = as === undefined ? sniffed : as === 'mail' && sniffed === 'mbox' ? 'mbox' : as;
  const receivedAt = systemClock.now();
  const take = (source: 'mail' | 'transcript', name: string, part: Buffer): Piece => ({
    kind: 'taken',
    file,
    received: { source, name, receivedAt, bytes: part, answer },
  });
  switch (kind) {
    case 'mail':
      return [take('mail', file, bytes)];
    case 'mbox':
      return splitMbox(bytes).map((part) => take('mail', file, part));
    case 'transcript':
      return splitCalls(bytes, file).map((call) => take('transcript', call.name, call.bytes));
    case 'unknown':
      return [{ kind: 'refused', file, error: 'neither a mail nor a transcript: say --as mail or --as transcript' }];
  }
}

function readProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  return `the file cannot be read (${code})`;
}

function printJson(piece: Piece, item: ImportedItem | null): void {
  const line =
    piece.kind === 'refused'
      ? { file: piece.file, error: piece.error }
      : { file: piece.file, sha256: createHash('sha256').update(piece.received.bytes).digest('hex'), ...item };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function printLine(piece: Piece, item: ImportedItem | null): void {
  const said =
    piece.kind === 'refused'
      ? piece.error
      : `${item?.disposition ?? 'waiting'}${item === null || item.case === null ? '' : ` ${item.case}`}`;
  process.stdout.write(`${piece.file}  ${said}\n`);
}
