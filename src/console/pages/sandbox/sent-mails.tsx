import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { clockTime } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useTexts } from '../../texts/texts.ts';
import { becameOf, searchWords, type SentMail } from './sent-mail.ts';

const LOOK_MS = 1_500;
/** A mail that is no case after this long is something else: a follow-up, a duplicate, an automatic mail. */
const WAIT_MS = 30_000;

/** What was sent from this page, and what became of each. */
export function SentMails({ sent }: { readonly sent: readonly SentMail[] }) {
  const t = useTexts('sandbox');
  return (
    <Panel id="sent" title={t('sent')}>
      {sent.length === 0 && <p className="sandbox-quiet">{t('nothingSent')}</p>}
      <ol className="sandbox-list" aria-live="polite">
        {sent.map((mail) => (
          <li key={mail.at}>
            <span className="sandbox-name">{mail.subject.trim() === '' ? t('noSubject') : mail.subject}</span>
            <span className="sandbox-quiet">{clockTime(mail.at)}</span>
            <Outcome mail={mail} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Outcome({ mail }: { readonly mail: SentMail }) {
  const t = useTexts('sandbox');
  const name = useCodeName();
  const { data, isError } = useQuery({
    queryKey: ['cases', 'sent', mail.at],
    queryFn: async ({ signal }) => {
      const query = { search: searchWords(mail), limit: '200' };
      const { rows } = await ask(api.GET('/api/cases', { params: { query }, signal }));
      return { row: becameOf(mail, rows), isLate: Date.now() - Date.parse(mail.at) > WAIT_MS };
    },
    refetchInterval: ({ state }) => (state.data === undefined || waits(state.data) ? LOOK_MS : false),
  });
  if (data === undefined || waits(data)) return <p className="sandbox-quiet">{t(isError ? 'notLoaded' : 'waits')}</p>;
  const { row } = data;
  if (row === null) return <p className="sandbox-quiet">{t('noCase')}</p>;
  const facts = [
    row.category === null ? null : name('category', row.category),
    row.lane === null ? null : name('lane', row.lane),
    row.unit?.name ?? null,
    row.urgent ? t('urgent') : null,
  ].filter((fact) => fact !== null);
  return (
    <p>
      <Link to={`/cases/${row.id}`}>{t('became', { number: row.numberShown })}</Link>
      <span className="sandbox-quiet"> {facts.join(' · ')}</span>
    </p>
  );
}

type Look = { readonly row: { readonly lane: unknown } | null; readonly isLate: boolean };

/** It has a number before it has been read: what it is about comes a moment later. */
function waits({ row, isLate }: Look): boolean {
  return !isLate && (row === null || row.lane === null);
}
