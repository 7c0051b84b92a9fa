import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { decidesCases } from '../../shell/roles.ts';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';

const ACTS = { approve: 'toApprove', sign: 'toSign', deliver: 'toDeliver' } as const;

/** The official documents in which the next step is this officer's. Not there at all when none is. */
export function SignatureList() {
  const t = useTexts('today');
  const language = useLanguage();
  const name = useCodeName();
  const role = useSession()?.user.role ?? '';
  const { data } = useQuery({
    queryKey: ['tasks', 'documents'],
    queryFn: ({ signal }) => ask(api.GET('/api/documents/waiting', { signal })),
    enabled: decidesCases(role),
  });
  if (data === undefined || data.documents.length === 0) return null;
  return (
    <Panel id="signatures" title={t('signatures', { count: data.documents.length })}>
      <ol className="today-rows">
        {data.documents.map(({ id, caseId, caseNumberShown, kind, act, draftedBy, draftedAt }) => (
          <li key={id}>
            <Link to={`/cases/${String(caseId)}`} className="today-row-name">
              {t(ACTS[act], { kind: name('document', kind) })}
            </Link>
            <p className="today-quiet">
              {[caseNumberShown, draftedBy.name, officialMoment(draftedAt, language)].join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
