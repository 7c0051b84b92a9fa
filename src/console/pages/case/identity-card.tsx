import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import { Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { ProblemWords } from './problem-words.tsx';
import { Fact } from './verdict-summary.tsx';

/** Who wrote or called: shut until asked for, each time written into the journal, and forgotten when the page is left. */
export function IdentityCard({ caseId }: { readonly caseId: number }) {
  const t = useTexts('case');
  const open = useMutation({
    mutationFn: async () => askIdentity(caseId),
    gcTime: 0,
  });
  return (
    <Panel id="case-identity" title={t('identity')}>
      {open.data === undefined ? (
        <Button loading={open.isPending} onClick={() => open.mutate()}>
          {t('showIdentity')}
        </Button>
      ) : (
        <>
          {open.data.items.map((one) => (
            <Person key={one.itemId} person={one} />
          ))}
          <Button onClick={open.reset}>{t('hideIdentity')}</Button>
        </>
      )}
      <p className="case-quiet">{t('identityHint')}</p>
      <ProblemWords fault={open.error} />
    </Panel>
  );
}

async function askIdentity(caseId: number) {
  return ask(api.GET('/api/cases/{id}/identity', { params: { path: { id: String(caseId) } } }));
}

type Identity = Awaited<ReturnType<typeof askIdentity>>['items'][number];

function Person({ person }: { readonly person: Identity }) {
  const t = useTexts('case');
  const facts: readonly (readonly [string, string | null])[] = [
    [t('personName'), person.anonymous ? t('anonymous') : person.name],
    [t('personAddress'), person.address],
    [t('personReplyTo'), person.replyTo.length === 0 ? null : person.replyTo.join('、')],
    [t('personPhone'), person.phone],
    [t('personPlace'), person.place],
    [t('personAccused'), person.accusedUnit],
  ];
  return (
    <>
      <dl className="case-facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <Fact key={name} name={name}>
              <bdi>{value}</bdi>
            </Fact>
          ),
        )}
        {person.keepSecret && <Fact name={t('personSecret')}>{t('keepSecret')}</Fact>}
      </dl>
      {person.headers !== null && (
        <details className="case-headers">
          <summary>{t('personHeaders')}</summary>
          <pre tabIndex={0}>{person.headers}</pre>
        </details>
      )}
    </>
  );
}
