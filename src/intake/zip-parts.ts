import { constants, inflateRawSync } from 'node:zlib';

/** Why a zip file is not taken apart. */
export type ZipRefusal = 'damaged' | 'expands-too-far';

/** The parts of a zip file by name. Nothing is inflated before it is asked for. */
export type ZipParts = {
  readonly names: readonly string[];
  /** null: no such part. All reads of one file together may not give more than `mostBytes`, whatever the file says of itself. */
  read(name: string): Buffer | null | ZipRefusal;
};

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const MOST_PARTS = 5_000;

type Entry = { readonly method: number; readonly packed: number; readonly at: number };

/** Reads the directory of a zip file. Encrypted parts, zip64 and methods other than stored and deflated are `damaged`: no spreadsheet has them. */
export function openZip(bytes: Buffer, mostBytes: number): ZipParts | ZipRefusal {
  const entries = readDirectory(bytes);
  if (entries === null) return 'damaged';
  let left = mostBytes;
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      const part = inflate(bytes, entry, left);
      if (typeof part !== 'string') left -= part.length;
      return part;
    },
  };
}

function readDirectory(bytes: Buffer): ReadonlyMap<string, Entry> | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) return null;
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_PARTS) return null;
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
    if (encrypted || entries.has(name)) return null;
    const place = { packed: bytes.readUInt32LE(at + 20), at: bytes.readUInt32LE(at + 42) };
    entries.set(name, { method: bytes.readUInt16LE(at + 10), ...place });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function inflate(bytes: Buffer, { method, packed, at }: Entry, most: number): Buffer | ZipRefusal {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL_ENTRY) return 'damaged';
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (from + packed > bytes.length) return 'damaged';
  const data = bytes.subarray(from, from + packed);
  if (method === 0) return data.length > most ? 'expands-too-far' : data;
  return method === 8 ? inflateData(data, most) : 'damaged';
}

function inflateData(data: Buffer, most: number): Buffer | ZipRefusal {
  if (most <= 0) return 'expands-too-far';
  try {
    // The size that the directory tells is not believed: inflating stops here.
    return inflateRawSync(data, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const tooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLong ? 'expands-too-far' : 'damaged';
  }
}
