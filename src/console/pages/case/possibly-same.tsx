import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import type { components } from '../../api/schema.ts';
import { Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { ProblemWords } from './problem-words.tsx';

type Suggestion = components['schemas']['CaseLinks']['suggestions'][number];

/** Cases that may belong to this one, and those that do. Nothing here until the service has found one. */
export function PossiblySame({ caseId, decides }: { readonly caseId: number; readonly decides: boolean }) {
  const t = useTexts('case');
  const { data } = useQuery({
    queryKey: ['case-links', caseId],
    queryFn: async ({ signal }) =>
      ask(api.GET('/api/cases/{id}/suggestions', { params: { path: { id: String(caseId) } }, signal })),
  });
  const open = data?.suggestions.filter(({ state }) => state === 'open') ?? [];
  if (data === undefined || open.length + data.links.length === 0) return null;
  return (
    <Panel id="case-same" title={t('same')}>
      {data.clusterSize > 1 && <p>{t('clusterSize', { count: data.clusterSize })}</p>}
      <ul className="case-same">
        {open.map((suggestion) => (
          <li key={suggestion.id}>
            <OtherCase other={suggestion.other} />
            <span className="case-quiet">
              {suggestion.kind.name} · {suggestion.why}
            </span>
            {decides && <Answer caseId={caseId} suggestion={suggestion} />}
          </li>
        ))}
        {data.links.map(({ kind, other }) => (
          <li key={other.id}>
            <OtherCase other={other} />
            <span className="case-quiet">{t('linked', { kind: kind.name })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OtherCase({ other }: { readonly other: Suggestion['other'] }) {
  return (
    <Link to={`/cases/${String(other.id)}`}>
      {other.numberShown} {other.subject}
    </Link>
  );
}

function Answer({ caseId, suggestion }: { readonly caseId: number; readonly suggestion: Suggestion }) {
  const t = useTexts('case');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const params = { path: { id: String(caseId), suggestionId: String(suggestion.id) } };
  const answer = useMutation({
    mutationFn: async (verb: 'accept' | 'dismiss') =>
      verb === 'accept'
        ? ask(api.POST('/api/cases/{id}/suggestions/{suggestionId}/accept', { params, body: { reason } }))
        : ask(api.POST('/api/cases/{id}/suggestions/{suggestionId}/dismiss', { params, body: { reason } })),
    onSettled: async () => queries.invalidateQueries({ queryKey: ['case-links'] }),
  });
  const blocked = reason.trim() === '' || answer.isPending;
  return (
    <div className="case-same-answer">
      <Input
        aria-label={t('sameReason', { number: suggestion.other.numberShown })}
        placeholder={t('sameReasonHint')}
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button size="small" disabled={blocked} onClick={() => answer.mutate('accept')}>
        {t('sameAccept')}
      </Button>
      <Button size="small" disabled={blocked} onClick={() => answer.mutate('dismiss')}>
        {t('sameDismiss')}
      </Button>
      <ProblemWords fault={answer.error} />
    </div>
  );
}
