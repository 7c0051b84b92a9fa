import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { clockTime } from '../../dates/official-date.ts';
import { useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';
import { ProblemWords } from './problem-words.tsx';
import { useRefresh } from './use-refresh.ts';

/** Who has the case in hand, and the ways to take it, put it back, or (a supervisor) take it over. */
export function ClaimLine({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const user = useSession()?.user;
  const act = useClaim(body.id);
  const { claim } = body;
  const until = claim === null ? '' : clockTime(claim.until);
  return (
    <div className="case-header-line" aria-live="polite">
      {claim === null && (
        <Button loading={act.isPending} onClick={() => act.mutate({ type: 'claim' })}>
          {t('claim')}
        </Button>
      )}
      {claim !== null && claim.by.id === user?.id && (
        <>
          <span className="case-tag">{t('claimedByMe', { until })}</span>
          <Button loading={act.isPending} onClick={() => act.mutate({ type: 'release' })}>
            {t('release')}
          </Button>
        </>
      )}
      {claim !== null && claim.by.id !== user?.id && (
        <>
          <span className="case-tag case-tag-mind">{t('claimedBy', { who: claim.by.name, until })}</span>
          {user?.role === 'supervisor' && (
            <TakeOver sending={act.isPending} onSend={(reason) => act.mutate({ type: 'take-over', reason })} />
          )}
        </>
      )}
      <ProblemWords fault={act.error} />
    </div>
  );
}

type ClaimAct = { readonly type: 'claim' | 'release' } | { readonly type: 'take-over'; readonly reason: string };

function useClaim(caseId: number) {
  const refresh = useRefresh(caseId);
  const params = { path: { id: String(caseId) } };
  return useMutation({
    mutationFn: async (act: ClaimAct): Promise<void> => {
      if (act.type === 'take-over')
        await ask(api.POST('/api/cases/{id}/take-over', { params, body: { reason: act.reason } }));
      else if (act.type === 'claim') await ask(api.POST('/api/cases/{id}/claim', { params }));
      else await ask(api.POST('/api/cases/{id}/release', { params }));
    },
    onSettled: refresh, // refused as well: then somebody else has it, and is shown
  });
}

type TakeOverProps = { readonly sending: boolean; readonly onSend: (reason: string) => void };

function TakeOver({ sending, onSend }: TakeOverProps) {
  const t = useTexts('case');
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) return <Button onClick={() => setReason('')}>{t('takeOver')}</Button>;
  const send = (): void => {
    if (reason.trim() !== '') onSend(reason);
  };
  return (
    <>
      <Input
        className="case-take-over"
        aria-label={t('takeOverReason')}
        placeholder={t('takeOverReason')}
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onPressEnter={send}
      />
      <Button type="primary" loading={sending} disabled={reason.trim() === ''} onClick={send}>
        {t('takeOver')}
      </Button>
    </>
  );
}
