import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from '../integration/http/desk.ts';

const LIMITS = { headersMs: 400, requestMs: 800, keepAliveMs: 400 };
let desk: Desk;
let port: number;
beforeAll(async () => {
  desk = await openDesk({ limits: LIMITS });
  await desk.app.listen({ host: '127.0.0.1', port: 0 });
  port = (desk.app.server.address() as AddressInfo).port; // listening on TCP
});
afterAll(() => desk.close());

async function open(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined); // a reset is one way of being thrown out
  await once(socket, 'connect');
  return socket;
}

/** Sends these bytes and answers everything that comes back until the server closes. */
async function exchange(bytes: string): Promise<string> {
  const socket = await open();
  socket.write(bytes);
  return text(socket).catch(() => 'reset');
}

function request(lines: readonly string[], body = ''): string {
  return `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`;
}

describe('bytes on the wire', () => {
  it.each([
    [
      'a length and chunks at once',
      request(
        ['POST /api/classify HTTP/1.1', 'Host: localhost', 'Content-Length: 6', 'Transfer-Encoding: chunked'],
        '0\r\n\r\nG',
      ),
      400,
    ],
    [
      'two lengths',
      request(['POST /api/classify HTTP/1.1', 'Host: localhost', 'Content-Length: 5', 'Content-Length: 6'], 'hello!'),
      400,
    ],
    ['a folded header', request(['GET /healthz HTTP/1.1', 'Host: localhost', 'X-A: b', ' c']), 400],
    ['a space before the colon', request(['GET /healthz HTTP/1.1', 'Host: localhost', 'X-A : b']), 400],
    ['a bare line feed', 'GET /healthz HTTP/1.1\nHost: localhost\n\n', 400],
    ['no Host', request(['GET /healthz HTTP/1.1']), 400],
    ['two Hosts', request(['GET /api/cases HTTP/1.1', 'Host: localhost', 'Host: evil.example']), 400],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', 400],
    ['headers without end', request(['GET /healthz HTTP/1.1', 'Host: localhost', `X-A: ${'a'.repeat(20_000)}`]), 431],
    ['an old version without Host', 'GET /api/cases HTTP/1.0\r\n\r\n', 400],
  ])('with %s are refused', async (_what, bytes, status) => {
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} `, 'u'));
    expect(answer).not.toContain('evil');
  });

  it('with a whole request inside another are one request', async () => {
    const inner = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const answer = await exchange(
      request(['GET /healthz HTTP/1.1', 'Host: localhost', `Content-Length: ${String(inner.length)}`], inner),
    );
    expect(answer.match(/HTTP\/1\.1 /gu)).toHaveLength(1);
  });
});

describe('slow clients', () => {
  it('are thrown out, one byte of header after another or none at all', async () => {
    const idle = await open();
    const dribbling = await open();
    dribbling.write('GET /healthz HTTP/1.1\r\nX-A: ');
    const dribble = setInterval(() => dribbling.write('a'), 50);
    const answers = await Promise.all([text(idle).catch(() => ''), text(dribbling).catch(() => '')]);
    clearInterval(dribble);
    for (const answer of answers) expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/u);
  });

  it('are thrown out in the middle of a body', async () => {
    const socket = await open();
    const authorization = `Authorization: Bearer ${desk.token('operator') ?? ''}`;
    socket.write(
      [
        'POST /api/classify HTTP/1.1',
        'Host: localhost',
        authorization,
        'Content-Type: application/json',
        'Content-Length: 1000',
        '',
        '{',
      ].join('\r\n'),
    );
    const dribble = setInterval(() => socket.write(' '), 50);
    const answer = await text(socket).catch(() => '');
    clearInterval(dribble);
    expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/u);
  });

  it('in hundreds do not keep others from being answered', async () => {
    const sockets = await Promise.all(Array.from({ length: 500 }, open));
    for (const [n, socket] of sockets.entries()) if (n % 2 === 0) socket.write('GET /healthz HTTP/1.1\r\nHost: loc');
    const answer = await exchange(request(['GET /healthz HTTP/1.1', 'Host: localhost']));
    expect(answer).toMatch(/^HTTP\/1.1 200 /u);
    for (const socket of sockets) socket.resume(); // an end is noticed by whoever reads
    while (sockets.some((socket) => !socket.destroyed)) await sleep(50);
  });

  it('that keep a connection without using it lose it', async () => {
    const socket = await open();
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 200 /u);
  });
});

describe('a stranger', () => {
  it('cannot make the service read his body', async () => {
    const socket = await open();
    socket.write(
      'POST /api/transcripts?name=x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 52428800\r\n\r\n',
    );
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1.1 401 /u);
    socket.destroy();
  });
});
