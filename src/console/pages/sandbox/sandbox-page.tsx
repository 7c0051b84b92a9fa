import { useState } from 'react';
import { useSession } from '../../api/session.ts';
import { Page, PageHead } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CitizenMailbox } from './citizen-mailbox.tsx';
import './sandbox.css';
import type { SentMail } from './sent-mail.ts';
import { SentMails } from './sent-mails.tsx';
import { WriteMail } from './write-mail.tsx';

/** Trying the office from outside: write to it as a citizen, see what becomes of it, read what comes back. */
export function SandboxPage() {
  const t = useTexts('sandbox');
  const session = useSession();
  const [sent, setSent] = useState<readonly SentMail[]>([]);
  if (session === undefined) return null;
  if (!session.sandbox) {
    return (
      <Page>
        <PageHead title={t('title')} hint={t('notHere', { office: session.office })} />
      </Page>
    );
  }
  return (
    <Page className="sandbox">
      <PageHead title={t('title')} hint={t('hint')} />
      <div className="sandbox-columns">
        <WriteMail office={session.office} onSent={(mail) => setSent((before) => [mail, ...before])} />
        <SentMails sent={sent} />
        <CitizenMailbox lastSent={sent[0] ?? null} />
      </div>
    </Page>
  );
}
