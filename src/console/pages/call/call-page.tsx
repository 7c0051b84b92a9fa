import { Alert, Button, Spin } from 'antd';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import { blankEntry, entryOfDraft, type CallDraft, type CallEntry } from './call-entry.ts';
import { CallRecord } from './call-record.tsx';
import { draftPorts } from './draft-ports.ts';
import { UnfinishedDrafts } from './unfinished-drafts.tsx';
import type { OpenedDraft } from './use-call-draft.ts';
import './call-page.css';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;
const DRAFTS = ['call-drafts'];

/** Enter a call. The address names the draft, so a reload or a dead browser comes back to it. */
export function CallPage() {
  const [search, setSearch] = useSearchParams();
  // Two while the address changes from one to the next: the page shows the one that the address names.
  const [known, setKnown] = useState<readonly OpenedDraft[]>([]);
  const asked = search.get('draft');
  const wanted = asked !== null && UUID.test(asked) ? asked : null;

  // What was left is read anew when somebody comes back to it.
  useEffect(() => setKnown((before) => before.filter(({ id }) => id === wanted)), [wanted]);
  const know = useCallback((draft: OpenedDraft): void => setKnown((before) => [draft, ...before]), []);
  const open = useCallback(
    (draft: OpenedDraft): void => {
      know(draft);
      setSearch({ draft: draft.id }, { replace: true });
    },
    [know, setSearch],
  );
  const callRef = search.get('callRef') ?? '';
  const openNew = useCallback((): void => open(fresh(blankEntry(callRef))), [open, callRef]);

  const opened = known.find(({ id }) => id === wanted);
  if (opened !== undefined) {
    const onAnew = (entry: CallEntry): void => open(fresh(entry));
    return <CallRecord key={opened.id} opened={opened} onNext={openNew} onAnew={onAnew} />;
  }
  if (wanted !== null) return <DraftByAddress id={wanted} onOpened={know} />;
  return <ChooseDraft onNew={openNew} onOpened={open} />;
}

function fresh(entry: CallEntry): OpenedDraft {
  return { id: crypto.randomUUID(), entry, stored: null };
}

/** A draft that the address names; none under it means that nothing had been typed yet. */
function DraftByAddress({ id, onOpened }: { readonly id: string; onOpened(draft: OpenedDraft): void }) {
  const { data } = useQuery({
    queryKey: [...DRAFTS, id],
    queryFn: async () => ({ stored: await draftPorts.read(id) }),
    refetchInterval: (query) => (query.state.data?.stored === 'no-answer' ? 2_000 : false),
    gcTime: 0,
    staleTime: 0,
  });
  useEffect(() => {
    if (data === undefined || data.stored === 'no-answer') return;
    const { stored } = data;
    onOpened({ id, stored, entry: stored === null ? blankEntry() : entryOfDraft(stored.form) });
  }, [data, id, onOpened]);
  return <Opening isAway={data?.stored === 'no-answer'} />;
}

type ChooseProps = { onNew(): void; onOpened(draft: OpenedDraft): void };

/** Unfinished drafts first; without any the page is ready for the next caller at once. */
function ChooseDraft({ onNew, onOpened }: ChooseProps) {
  const queries = useQueryClient();
  const { data, isError } = useQuery({
    queryKey: DRAFTS,
    queryFn: ({ signal }) => ask(api.GET('/api/call-drafts', { signal })),
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
    refetchInterval: (query) => (query.state.status === 'error' ? 2_000 : false),
  });
  const isEmpty = data?.drafts.length === 0;
  useEffect(() => {
    if (isEmpty) onNew();
  }, [isEmpty, onNew]);
  if (data === undefined || isEmpty) return <Opening isAway={isError} onNew={onNew} />;
  const remove = async ({ id }: CallDraft): Promise<void> => {
    await draftPorts.remove(id);
    await queries.invalidateQueries({ queryKey: DRAFTS });
  };
  return (
    <UnfinishedDrafts
      drafts={data.drafts}
      onNew={onNew}
      onContinue={(draft) => onOpened({ id: draft.id, entry: entryOfDraft(draft.form), stored: draft })}
      onRemove={(draft) => void remove(draft)}
    />
  );
}

/** Nobody has to wait for the service to write down what a caller says. */
function Opening({ isAway, onNew }: { readonly isAway: boolean; onNew?: () => void }) {
  const t = useTexts('call');
  if (!isAway) return <Spin className="call-opening" />;
  return (
    <Alert
      className="call-opening"
      type="warning"
      showIcon
      title={t('openingAway')}
      description={onNew === undefined ? undefined : <Button onClick={onNew}>{t('startNew')}</Button>}
    />
  );
}
