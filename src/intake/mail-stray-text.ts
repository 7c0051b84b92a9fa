/** Text between, before or after the parts of a multipart. */
export type StrayText = {
  readonly see: (bytes: Buffer) => void;
  /** The beginning of it without the delimiter lines; all of a multipart that has no boundary at all. */
  readonly text: () => Buffer;
  /** Tells it the closing delimiter lines that were seen. */
  readonly close: (delimiters: ReadonlySet<string>) => void;
  /** The closing delimiter was there, or none was to be expected. */
  readonly closed: () => boolean;
};

/** Beside its parts a multipart holds a line for old mail programs; without a boundary it holds the whole body. */
const KEPT_BESIDE_PARTS = 16_384;
const KEPT_WITHOUT_BOUNDARY = 1_000_000;

/** Collects what mailsplit reports as bytes of a multipart that belong to no part. */
export function createStrayText(boundary: Buffer | null): StrayText {
  const delimiter = boundary === null ? null : `--${boundary.toString('latin1')}`;
  const limit = boundary === null ? KEPT_WITHOUT_BOUNDARY : KEPT_BESIDE_PARTS;
  const kept: Buffer[] = [];
  let size = 0;
  let closed = boundary === null;
  return {
    see: (bytes) => {
      if (size >= limit) return;
      const part = bytes.subarray(0, limit - size);
      kept.push(part);
      size += part.length;
    },
    text: () => {
      const all = Buffer.concat(kept);
      if (delimiter === null) return all;
      const lines = all.toString('latin1').split('\n');
      return Buffer.from(lines.filter((line) => !line.startsWith('--')).join('\n'), 'latin1');
    },
    close: (delimiters) => {
      closed ||= delimiters.has(`${delimiter}--`);
    },
    closed: () => closed,
  };
}

/** Lines that could close a multipart. mailsplit reports several in a row as one piece, under the innermost of them. */
export function closingDelimiters(bytes: Buffer): ReadonlySet<string> {
  const found = new Set<string>();
  if (!bytes.includes('--')) return found;
  for (const line of bytes.toString('latin1').split('\n')) {
    if (line.startsWith('--') && line.trimEnd().endsWith('--')) found.add(line.trimEnd());
  }
  return found;
}
