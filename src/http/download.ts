import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Download } from '../casework/views.ts';
import { attachmentDisposition } from './content-disposition.ts';
import { Problem } from './problems.ts';

/** The answer of a route that hands out bytes. */
export const BYTES = {
  description: 'The bytes, to be saved and never to be shown.',
  content: { 'application/octet-stream': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
};

/**
 * Only ever a file to save: no type that a browser would open, no sniffing (helmet sets nosniff), and if it is opened as a page
 * after all, a sandbox in which nothing runs.
 */
export function sendDownload(reply: FastifyReply, download: Download | null): Buffer {
  if (download === null) throw new Problem('not-found');
  reply
    .type('application/octet-stream')
    .header('content-disposition', attachmentDisposition(download.name))
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
  return download.bytes;
}
