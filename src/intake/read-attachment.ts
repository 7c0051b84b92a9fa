import { Readable } from 'node:stream';
import { MailParser, type AttachmentStream, type MessageText } from 'mailparser';
import { prepareSource } from './mail-source.ts';

const CHUNK_BYTES = 64 * 1024;

/**
 * The decoded bytes of the one leaf with this SHA-256 (hex), as listed when the mail was read; null when there is none. Only
 * ever for a download: nothing is decoded as text, unpacked or rendered. Reads piece by piece, so that others get their turn.
 */
export function readAttachment(raw: Buffer, sha256: string): Promise<Buffer | null> {
  const parser = new MailParser({ checksumAlgo: 'sha256', ignoreEmbedded: true, keepDeliveryStatus: true });
  // Undeclared, see mail-tree.ts: with no text types every leaf comes as a stream of transfer-decoded bytes.
  (parser as unknown as { textTypes: string[] }).textTypes = [];
  let found: Buffer | null = null;
  return new Promise((resolve) => {
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type !== 'attachment') return;
      const pieces: Buffer[] = [];
      part.content.on('data', (piece: Buffer) => pieces.push(piece));
      part.content.on('end', () => {
        if (part.checksum === sha256) found = Buffer.concat(pieces);
        part.release?.();
      });
    });
    parser.once('end', () => resolve(found));
    parser.on('error', () => resolve(found)); // what was found before the damage is whole
    Readable.from(piecesOf(prepareSource(raw).message)).pipe(parser);
  });
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
