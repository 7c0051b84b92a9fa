import libmime from 'libmime';
import { decodeEightBit, decodeWords } from './mail-words.ts';

/** A header line as mailsplit keeps it: latin1, name and folding included. */
export type RawLine = { readonly key: string; readonly line: string };

const MAX_PARAMETER_LINE = 64_000;

/**
 * File name and Content-Type parameters of a part. mailparser reads names in ASCII, RFC 2047 and RFC 2231 form; raw
 * GBK bytes, which Chinese mailers write into both headers, it turns into Latin letters, so those are read again here.
 */
export function readPartNames(
  lines: readonly RawLine[],
  filename: string | null,
): { filename: string | null; parameter: (name: string) => string | null } {
  const parameter = (header: string, name: string): string | null => {
    const line = lines.find((candidate) => candidate.key === header)?.line;
    return line === undefined ? null : readParameter(line.slice(header.length + 1, MAX_PARAMETER_LINE), name);
  };
  return {
    filename: hasEightBitName(lines)
      ? (parameter('content-disposition', 'filename') ?? parameter('content-type', 'name'))
      : filename,
    parameter: (name) => parameter('content-type', name),
  };
}

function hasEightBitName(lines: readonly RawLine[]): boolean {
  return lines.some(
    (line) => (line.key === 'content-disposition' || line.key === 'content-type') && /[\x80-\xff]/.test(line.line),
  );
}

function readParameter(rawValue: string, name: string): string | null {
  const value = decodeEightBit(rawValue.replace(/\r?\n[ \t]+/g, ' ')).text;
  const parsed = libmime.parseHeaderValue(value, { stripComments: true });
  const found = parsed.params[name];
  if (found === undefined || found === '') return null;
  return parsed.decodedParams.includes(name) ? found : decodeWords(found).text;
}
