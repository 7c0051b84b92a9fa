import type { SandboxAnswer } from '../casework/views.ts';
import type { Sandbox, SandboxLetter } from '../http/dependencies.ts';
import { readMail } from '../intake/read-mail.ts';
import { ANSWERS_FOLDER, type SandboxStore } from '../mailbox/sandbox-mailbox.ts';
import { sendSandboxMail } from '../mailbox/send-sandbox-mail.ts';

const MOST = 200;
const OUTSIDE = { ownAddresses: [], ownDomains: [], authservId: null };

type Store = Pick<SandboxStore, 'list' | 'read'>;

/**
 * The sandbox from the citizen's side: a mail to the office, and what the office answered. Only ever our own letters are read
 * here: they need no process of their own.
 */
export function sandboxMail(officeAddress: string, { store, port }: { store: Store; port: number }): Sandbox {
  return {
    answers: () => listAnswers(store),
    letter: (uid) => readLetter(store, uid),
    send: (mail) => sendSandboxMail(port, { ...mail, to: officeAddress }),
  };
}

async function findAnswer(store: Store, uid: number) {
  const [message] = await store.read(ANSWERS_FOLDER, [uid]);
  return message ?? null;
}

async function listAnswers(store: Store): Promise<SandboxAnswer[]> {
  const listed = (await store.list(ANSWERS_FOLDER)).slice(-MOST);
  const messages = await store.read(
    ANSWERS_FOLDER,
    listed.map(({ uid }) => uid),
  );
  const answers: SandboxAnswer[] = [];
  for (const { uid, internalDate, source } of messages) {
    const read = source === null ? null : await readMail(source, OUTSIDE);
    if (read?.kind !== 'mail') continue;
    answers.push({ uid, at: internalDate, recipient: read.mail.recipients[0] ?? '', subject: read.mail.subject });
  }
  return answers.toReversed();
}

async function readLetter(store: Store, uid: number): Promise<SandboxLetter | null> {
  const message = await findAnswer(store, uid);
  if (message === null || message.source === null) return null;
  const read = await readMail(message.source, OUTSIDE);
  if (read.kind !== 'mail') return null;
  const { fromShown, recipients, subject, text } = read.mail;
  return {
    uid,
    at: message.internalDate,
    from: fromShown,
    to: recipients.join(', '),
    subject,
    text,
    headers: headerFields(message.source),
  };
}

/** The header block as it was sent, unfolded (RFC 5322 2.2.3). */
function headerFields(source: Buffer): { name: string; value: string }[] {
  const end = source.indexOf('\r\n\r\n');
  const block = source.toString('utf8', 0, end < 0 ? source.length : end);
  return block
    .replaceAll(/\r\n[ \t]+/gu, ' ')
    .split('\r\n')
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
    });
}
