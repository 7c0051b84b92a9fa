import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import type { House } from '../compose.ts';
import { Fault } from '../platform/fault.ts';
import { projectRoot } from '../platform/project-root.ts';
import { lastItemId, settledAfter, type DemoItem } from '../store/demo-items.ts';
import type { Expected } from './manifest.ts';

export type Doors = {
  readonly house: House;
  readonly smtpPort: number;
  readonly address: string;
  readonly token: string;
};

/** What went in at one door and what it became. */
export type Fed = {
  readonly kind: 'mail' | 'call' | 'transcript';
  readonly file: string;
  readonly expected: Expected;
  readonly items: readonly DemoItem[];
};

const fixture = (file: string): Promise<Buffer> => readFile(join(projectRoot(), 'fixtures', file));

/** Every mail by SMTP, as any mail program would send it; one after the other, so that a second letter comes second. */
export async function* feedMails(doors: Doors, mails: readonly Expected[]): AsyncGenerator<Fed> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: doors.smtpPort,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 1,
  });
  try {
    for (const expected of mails) {
      const { from, message } = takeReturnPath(await fixture(expected.file));
      const last = await lastItemId(doors.house.database.db);
      await transport.sendMail({ envelope: { from, to: [doors.house.config.officeAddress] }, raw: message });
      yield { kind: 'mail', file: expected.file, expected, items: await waitForItems(doors.house, last, 1) };
    }
  } finally {
    transport.close();
  }
}

/** The line that the last server writes says who sent the envelope (RFC 5321 4.4); it is not part of what was sent. */
function takeReturnPath(raw: Buffer): { from: string; message: Buffer } {
  const line = /^Return-Path:[ \t]*<([^>\r\n]*)>[^\n]*\n/iu.exec(raw.toString('latin1', 0, 1_000));
  if (line === null) return { from: '', message: raw };
  return { from: line[1] ?? '', message: raw.subarray(line[0].length) };
}

/** Every call by the operator's form. */
export async function* feedCalls(doors: Doors, calls: readonly Expected[]): AsyncGenerator<Fed> {
  for (const expected of calls) {
    const last = await lastItemId(doors.house.database.db);
    const body = await fixture(expected.file);
    await post(doors, '/api/calls', body, { 'content-type': 'application/json', 'idempotency-key': randomUUID() });
    yield { kind: 'call', file: expected.file, expected, items: await waitForItems(doors.house, last, 1) };
  }
}

/** Every transcript as the telephone system would hand it over; a file may hold several calls. */
export async function* feedTranscripts(doors: Doors, transcripts: readonly Expected[]): AsyncGenerator<Fed> {
  for (const [file, parts] of groupByFile(transcripts)) {
    const last = await lastItemId(doors.house.database.db);
    const path = `/api/transcripts?name=${encodeURIComponent(basename(file))}`;
    await post(doors, path, await fixture(file), { 'content-type': 'application/octet-stream' });
    const items = await waitForItems(doors.house, last, parts.length);
    for (const [n, expected] of parts.entries()) {
      yield { kind: 'transcript', file, expected, items: items.slice(n, n + 1) };
    }
  }
}

function groupByFile(transcripts: readonly Expected[]): Map<string, Expected[]> {
  const files = new Map<string, Expected[]>();
  for (const one of transcripts) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return files;
}

async function post(
  { address, token }: Doors,
  path: string,
  body: Buffer,
  headers: Record<string, string>,
): Promise<void> {
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Fault('internal', `the API answered ${answer.status} to ${path}: ${await answer.text()}`);
}

async function waitForItems(house: House, after: number, count: number): Promise<DemoItem[]> {
  for (;;) {
    const items = await settledAfter(house.database.db, after);
    if (items.length >= count) return items;
    await sleep(20);
  }
}
