import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useRef, useState, type ReactNode } from 'react';
import { api, ApiProblem, ask } from '../../api/client.ts';
import { Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { EXAMPLES } from './examples.ts';
import type { Mail, SentMail } from './sent-mail.ts';

const BLANK: Mail = { sender: 'citizen@example.org', subject: '', text: '' };

type Props = {
  /** The office's address. */
  readonly office: string;
  readonly onSent: (mail: SentMail) => void;
};

/** A mail to the office, as a citizen would write it. */
export function WriteMail({ office, onSent }: Props) {
  const t = useTexts('sandbox');
  const [mail, setMail] = useState<Mail>(BLANK);
  const [next, setNext] = useState(0);
  const send = useMutation({
    mutationFn: async (written: SentMail) => {
      const { sender, subject, text } = written;
      await ask(api.POST('/api/sandbox/mails', { body: { from: sender.trim(), subject, text } }));
      return written;
    },
    onSuccess: (written) => {
      onSent(written);
      // What was begun meanwhile stays.
      setMail((now) => (now.text === written.text ? { ...BLANK, sender: written.sender } : now));
    },
  });
  const form = useRef<HTMLFormElement>(null);
  const submit = (): void => {
    const blank = (['sender', 'subject', 'text'] as const).find((field) => mail[field].trim() === '');
    if (blank !== undefined) form.current?.querySelector<HTMLElement>(`[name='${blank}']`)?.focus();
    else if (!send.isPending) send.mutate({ ...mail, at: new Date().toISOString() });
  };
  const takeExample = (): void => {
    setMail(EXAMPLES[next % EXAMPLES.length] ?? BLANK);
    setNext(next + 1);
  };
  return (
    <Panel id="write" title={t('write')} aside={<Button onClick={takeExample}>{t('example')}</Button>}>
      <form
        ref={form}
        className="sandbox-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
      >
        <p className="sandbox-quiet">{t('to', { office })}</p>
        <MailFields mail={mail} onChange={(part) => setMail((now) => ({ ...now, ...part }))} />
        {send.isError && (
          <p role="alert" className="sandbox-problem">
            {whyNotSent(send.error)}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('send')}
        </Button>
      </form>
    </Panel>
  );

  function whyNotSent(error: unknown): string {
    const problem = error instanceof ApiProblem ? error.problem : null;
    if (problem === null) return t('notSent');
    const { fields = [], title } = problem;
    return t('refused', { why: fields[0]?.problem ?? title });
  }
}

type FieldsProps = { readonly mail: Mail; readonly onChange: (part: Partial<Mail>) => void };

function MailFields({ mail, onChange }: FieldsProps) {
  const t = useTexts('sandbox');
  return (
    <>
      <Labelled name={t('sender')}>
        {(id) => (
          <Input
            id={id}
            name="sender"
            value={mail.sender}
            maxLength={320}
            onChange={({ target }) => onChange({ sender: target.value })}
            spellCheck={false}
          />
        )}
      </Labelled>
      <Labelled name={t('subject')}>
        {(id) => (
          <Input
            id={id}
            name="subject"
            value={mail.subject}
            maxLength={500}
            onChange={({ target }) => onChange({ subject: target.value })}
          />
        )}
      </Labelled>
      <Labelled name={t('text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            name="text"
            rows={9}
            value={mail.text}
            maxLength={50_000}
            onChange={({ target }) => onChange({ text: target.value })}
          />
        )}
      </Labelled>
    </>
  );
}

type LabelledProps = { readonly name: string; readonly children: (id: string) => ReactNode };

function Labelled({ name, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="sandbox-field">
      <label htmlFor={id}>{name}</label>
      {children(id)}
    </div>
  );
}
