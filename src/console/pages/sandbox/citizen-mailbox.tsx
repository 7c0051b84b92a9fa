import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiProblem, ask } from '../../api/client.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import type { SentMail } from './sent-mail.ts';

const LOOK_MS = 2_000;
const LOOK_SELDOM_MS = 15_000;
/** An answer usually leaves within seconds; for this long it is looked for closely. */
const EXPECT_MS = 120_000;

/** What went out, as those who get it see it. The newest answer to the last letter opens by itself. */
export function CitizenMailbox({ lastSent }: { readonly lastSent: SentMail | null }) {
  const t = useTexts('sandbox');
  const language = useLanguage();
  const [picked, setPicked] = useState<number | null>(null);
  const { data, error } = useQuery({
    queryKey: ['answers'],
    queryFn: ({ signal }) => ask(api.GET('/api/sandbox/answers', { signal })),
    refetchInterval: () =>
      lastSent !== null && Date.now() - Date.parse(lastSent.at) < EXPECT_MS ? LOOK_MS : LOOK_SELDOM_MS,
  });
  const answers = data?.answers ?? [];
  const open = answers.find(({ uid }) => uid === picked) ?? answers[0] ?? null;
  return (
    <Panel id="answers" title={t('answers')} aside={<span className="sandbox-quiet">{t('answersHint')}</span>}>
      {data !== undefined && answers.length === 0 && <p className="sandbox-quiet">{t('noAnswers')}</p>}
      {data === undefined && error !== null && (
        <p className="sandbox-problem">{t(isElsewhere(error) ? 'onlyHere' : 'notLoaded')}</p>
      )}
      {answers.length > 0 && (
        <ul className="sandbox-answers" aria-label={t('answers')}>
          {answers.map(({ uid, at, recipient, subject }) => (
            <li key={uid}>
              <button type="button" aria-pressed={uid === open?.uid} onClick={() => setPicked(uid)}>
                <span className="sandbox-name">{subject}</span>
                <span className="sandbox-quiet">
                  {recipient} · {officialMoment(at, language)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {open !== null && <Letter key={open.uid} uid={open.uid} />}
    </Panel>
  );
}

/** The letters hold codes, so they are shown on the service's own machine only. */
function isElsewhere(error: Error): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

/** One letter, on the screen of whoever gets it. */
function Letter({ uid }: { readonly uid: number }) {
  const t = useTexts('sandbox');
  const language = useLanguage();
  const { data, isError } = useQuery({
    queryKey: ['answers', uid],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/sandbox/answers/{uid}', { params: { path: { uid: String(uid) } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: Infinity, // what was sent is sent
  });
  if (data === undefined) return <p className="sandbox-quiet">{isError ? t('notLoaded') : ''}</p>;
  return (
    <article className="sandbox-phone" aria-label={data.subject}>
      <header>
        <h3>{data.subject}</h3>
        <p>{data.from}</p>
        <p className="sandbox-quiet">
          {t('letterTo', { to: data.to })} · {officialMoment(data.at, language)}
        </p>
      </header>
      <p className="sandbox-letter">{data.text.trim()}</p>
      <details>
        <summary>{t('headers')}</summary>
        <dl>
          {data.headers.map(({ name, value }, n) => (
            // A header may come twice, and they never change places.
            <div key={`${n} ${name}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </article>
  );
}
