import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

/** Where in a session the sink stands when it asks the script what to answer. */
export type SinkStep = {
  readonly at: 'CONNECT' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'BODY' | 'RSET';
  /** What followed the verb, for example "FROM:<>"; empty for CONNECT and BODY. */
  readonly argument: string;
  /** How many messages this sink has already been given, over all sessions. */
  readonly received: number;
};

/** A reply line such as "450 4.7.1 try later", or how the sink misbehaves instead. */
export type SinkReply = string | 'drop' | 'silent';

export type SinkMessage = {
  readonly from: string;
  readonly to: readonly string[];
  /** Parameters after MAIL FROM:<...>, for example "BODY=8BITMIME". */
  readonly parameters: string;
  /** The message as a recipient gets it: dots unstuffed, without the final dot. */
  readonly bytes: Buffer;
  /** The same as it came over the wire, final dot included. */
  readonly wire: Buffer;
  /** What the client was told; only a 2xx reply means that it can know. */
  readonly reply: SinkReply;
};

export type SinkOptions = {
  /** Wait before the reply that follows a whole message. */
  readonly latencyMs?: number;
  /** Asked before every reply; undefined means: behave. */
  readonly script?: (step: SinkStep) => SinkReply | undefined;
  /** EHLO keywords instead of the usual ones. */
  readonly extensions?: readonly string[];
  /** TLS from the first byte. */
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
};

export type SmtpSink = {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Every message whose final dot arrived, whether or not it was answered with 250. */
  readonly messages: readonly SinkMessage[];
  /** Every command line of every session, in order of arrival. */
  readonly commands: readonly string[];
  /** Sessions opened so far. */
  readonly sessions: number;
  close(): Promise<void>;
};

const USUAL_EXTENSIONS = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'AUTH PLAIN LOGIN XOAUTH2'];
const END_OF_DATA = Buffer.from('\r\n.\r\n');

type Ledger = { messages: SinkMessage[]; commands: string[]; sessions: number };

/** An SMTP server that keeps what it is given, byte for byte, and misbehaves on demand. Written on plain sockets:
 * a library would unstuff dots, forgive line ends and never cut a connection in the wrong place. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const ledger: Ledger = { messages: [], commands: [], sessions: 0 };
  const open = new Set<Socket>();
  const onConnection = (socket: Socket): void => {
    ledger.sessions += 1;
    open.add(socket);
    socket.setNoDelay(true); // several short replies in a row would wait 40 ms for each other's acknowledgement
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    void serve(socket, options, ledger);
  };
  const server: Server =
    options.tls === undefined ? createPlainServer(onConnection) : createTlsServer(options.tls, onConnection);
  server.on('tlsClientError', () => undefined); // a client that refuses our certificate is the point of some tests
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    messages: ledger.messages,
    commands: ledger.commands,
    get sessions() {
      return ledger.sessions;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function serve(socket: Socket, options: SinkOptions, ledger: Ledger): Promise<void> {
  const input = readerOf(socket);
  const handlers = handlersOf(socket, input, options, ledger);
  await handlers['CONNECT']?.('');
  for (let line = await input.line(); line !== null; line = await input.line()) {
    ledger.commands.push(line);
    const [, verb = '', argument = ''] = /^(\w+) ?(.*)$/s.exec(line) ?? [];
    const handle = handlers[verb.toUpperCase()];
    if (handle === undefined) socket.write('500 5.5.2 what?\r\n');
    else await handle(argument);
  }
}

type Handlers = Record<string, (argument: string) => void | Promise<void>>;

function handlersOf(socket: Socket, input: Input, options: SinkOptions, ledger: Ledger): Handlers {
  let envelope = { from: '', parameters: '', to: [] as string[] };
  const choose = (at: SinkStep['at'], argument: string, usual: string): SinkReply =>
    options.script?.({ at, argument, received: ledger.messages.length }) ?? usual;
  const say = (reply: SinkReply): void => {
    if (reply === 'drop') socket.destroy();
    else if (reply !== 'silent') socket.write(`${reply}\r\n`);
  };
  /** Says what the script wants, else the usual thing; true when that was a go-ahead. */
  const answer = (at: SinkStep['at'], argument: string, usual: string): boolean => {
    const reply = choose(at, argument, usual);
    say(reply);
    return /^[23]/.test(reply);
  };
  const keep = async (): Promise<void> => {
    const wire = await input.until(END_OF_DATA);
    if (wire === null) return;
    await sleep(options.latencyMs ?? 0);
    const reply = choose('BODY', '', '250 2.0.0 kept');
    ledger.messages.push({ ...envelope, bytes: unstuffed(wire), wire, reply });
    say(reply);
  };
  return {
    CONNECT: () => void answer('CONNECT', '', '220 sink.example ESMTP'),
    EHLO: (argument) => void answer('EHLO', argument, greeting(options.extensions ?? USUAL_EXTENSIONS)),
    STARTTLS: (argument) => void answer('STARTTLS', argument, '502 5.5.1 not here'),
    AUTH: (argument) => void answer('AUTH', argument, '235 2.7.0 welcome'),
    MAIL: (argument) => {
      const [, from = '', parameters = ''] = /^FROM:<(.*?)>\s*(.*)$/is.exec(argument) ?? [];
      envelope = { from, parameters, to: [] };
      answer('MAIL', argument, '250 2.1.0 ok');
    },
    RCPT: (argument) => {
      const accepted = answer('RCPT', argument, '250 2.1.5 ok');
      if (accepted) envelope.to.push(argument.replace(/^TO:<(.*?)>.*$/is, '$1'));
    },
    DATA: async (argument) => {
      const usual = envelope.to.length > 0 ? '354 go on' : '554 5.5.1 no valid recipients';
      if (answer('DATA', argument, usual)) await keep();
    },
    RSET: (argument) => {
      envelope = { from: '', parameters: '', to: [] };
      answer('RSET', argument, '250 2.0.0 ok');
    },
    QUIT: () => void socket.end('221 2.0.0 bye\r\n'),
  };
}

function greeting(extensions: readonly string[]): string {
  const lines = ['sink.example', ...extensions];
  return lines.map((text, at) => `250${at === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n');
}

function unstuffed(wire: Buffer): Buffer {
  const body = wire.subarray(0, wire.length - 3).toString('latin1');
  return Buffer.from(body.replace(/(^|\r\n)\./g, '$1'), 'latin1');
}

/** Lines and bodies pulled out of a socket; null once the peer has gone. */
type Input = { line(): Promise<string | null>; until(mark: Buffer): Promise<Buffer | null> };

function readerOf(socket: Socket): Input {
  let buffered = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  let ended = false;
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    wake();
  });
  socket.on('close', () => {
    ended = true;
    wake();
  });
  const take = async (mark: Buffer): Promise<Buffer | null> => {
    for (;;) {
      const at = buffered.indexOf(mark);
      if (at >= 0) {
        const taken = buffered.subarray(0, at + mark.length);
        buffered = buffered.subarray(at + mark.length);
        return Buffer.from(taken);
      }
      if (ended) return null;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    line: async () => (await take(Buffer.from('\r\n')))?.toString('utf8').slice(0, -2) ?? null,
    until: take,
  };
}
