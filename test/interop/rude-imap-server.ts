import { createServer as createPlainServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export type RudeCommand = { readonly tag: string; readonly name: string; readonly rest: string };

/** `say` may hold `{tag}`; 8-bit bytes as latin1. Saying nothing leaves the client waiting. */
export type RudeAnswer = { readonly say?: string; readonly hangUp?: boolean };

export type RudeOptions = {
  readonly greeting?: RudeAnswer;
  readonly capability?: string;
  /** Asked first; undefined means: answer as an ordinary server with an empty INBOX would. */
  readonly answer?: (command: RudeCommand) => RudeAnswer | undefined;
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
};

export type RudeImapServer = {
  readonly port: number;
  /** Names of all commands of all sessions, in order, for example "LOGIN" or "UID FETCH". */
  readonly commands: readonly RudeCommand[];
  /** Says something that nobody asked for, to every open session. */
  blurt(text: string): void;
  close(): Promise<void>;
};

const CAPABILITY = 'IMAP4rev1 ID IDLE NAMESPACE UIDPLUS MOVE';

/** An IMAP server on a plain socket that says exactly what a test wants, right or wrong. */
export async function startRudeImapServer(options: RudeOptions = {}): Promise<RudeImapServer> {
  const commands: RudeCommand[] = [];
  const open = new Set<Socket>();
  const onConnection = (socket: Socket): void => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    talk(socket, options, commands);
  };
  const server =
    options.tls === undefined ? createPlainServer(onConnection) : createTlsServer(options.tls, onConnection);
  server.on('tlsClientError', () => undefined); // a client that refuses our certificate is the point of some tests
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    blurt(text) {
      for (const socket of open) socket.write(text, 'latin1');
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function talk(socket: Socket, options: RudeOptions, commands: RudeCommand[]): void {
  let idleTag = '';
  let unread = '';
  const give = (answer: RudeAnswer, tag: string): void => {
    if (answer.say !== undefined) socket.write(answer.say.replaceAll('{tag}', tag), 'latin1');
    if (answer.hangUp === true) socket.destroySoon();
  };
  const onLine = (line: string): void => {
    if (line === 'DONE') return give({ say: '{tag} OK idled\r\n' }, idleTag);
    const [, tag = '*', name = '', rest = ''] = /^(\S+) (UID \w+|\w+) ?(.*)$/.exec(line) ?? [];
    const command = { tag, name: name.toUpperCase(), rest };
    commands.push(command);
    if (command.name === 'IDLE') idleTag = tag;
    give(options.answer?.(command) ?? usualAnswer(command, options.capability ?? CAPABILITY), tag);
  };
  socket.on('data', (chunk) => {
    const lines = (unread + chunk.toString('latin1')).split('\r\n');
    unread = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  give(options.greeting ?? { say: `* OK [CAPABILITY ${options.capability ?? CAPABILITY}] hello\r\n` }, '*');
}

function usualAnswer({ name, rest }: RudeCommand, capability: string): RudeAnswer {
  const done = '{tag} OK done\r\n';
  switch (name) {
    case 'CAPABILITY':
      return { say: `* CAPABILITY ${capability}\r\n${done}` };
    case 'ID':
      return { say: `* ID ("name" "rude" "version" "1")\r\n${done}` };
    case 'NAMESPACE':
      return { say: `* NAMESPACE (("" "/")) NIL NIL\r\n${done}` };
    case 'LIST':
      return { say: `* LIST (\\HasNoChildren) "/" INBOX\r\n${done}` };
    case 'SELECT':
      return { say: selected(3) };
    case 'IDLE':
      return { say: '+ idling\r\n' };
    case 'LOGOUT':
      return { say: `* BYE bye\r\n${done}`, hangUp: true };
    case 'UID STORE':
    case 'NOOP':
    case 'LOGIN':
    case 'CREATE':
    case 'SUBSCRIBE':
      return { say: done };
    default:
      return { say: `{tag} BAD ${name} ${rest.length} is not known here\r\n` };
  }
}

/** An answer to SELECT. `uidValidity` null leaves the code out. */
export function selected(exists: number, uidValidity: number | null = 7, permanentFlags = '\\Seen \\*'): string {
  const validity = uidValidity === null ? '' : `* OK [UIDVALIDITY ${uidValidity}] valid\r\n`;
  const flags = `* FLAGS (\\Seen \\Deleted)\r\n* OK [PERMANENTFLAGS (${permanentFlags})] limited\r\n`;
  return `* ${exists} EXISTS\r\n${flags}${validity}{tag} OK [READ-WRITE] selected\r\n`;
}

/** A FETCH row with a source; `announced` may differ from the truth. */
export function row(seq: number, uid: number, source: string, announced = source.length): string {
  const date = '"24-Nov-2026 08:00:00 +0800"';
  return `* ${seq} FETCH (UID ${uid} INTERNALDATE ${date} RFC822.SIZE ${announced} BODY[] {${source.length}}\r\n${source})\r\n`;
}
