import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { paths } from '../../api/schema.ts';
import { useSession } from '../../api/session.ts';
import { useProblemWords } from '../../shell/use-problem-words.ts';
import { useTexts } from '../../texts/texts.ts';
import { filterText, readFilter, withFilter, type QueueFilter } from './queue-filter.ts';

type SavedFiltersProps = { readonly filter: QueueFilter; readonly onFilter: (filter: QueueFilter) => void };

const KEY = ['saved-filters'] as const;

/** The filters that are kept: choosing one narrows the queue, the one that is looked at can be kept or thrown away. */
export function SavedFilters({ filter, onFilter }: SavedFiltersProps) {
  const t = useTexts('queue');
  const userId = useSession()?.user.id;
  const { data: saved = [] } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await ask(api.GET('/api/saved-filters', { signal }))).filters,
  });
  const kept = withFilter(filter, 'search', null); // what was searched may name a person
  const now = saved.find((one) => filterText(filterOf(one.filter)) === filterText(kept));
  return (
    <>
      {saved.length > 0 && (
        <Select<number>
          aria-label={t('savedFilters')}
          placeholder={t('savedFilters')}
          className="queue-filter queue-filter-saved"
          value={now?.id ?? null}
          options={saved.map(({ id, name, shared, by }) => ({
            value: id,
            label: shared && by.id !== userId ? t('sharedBy', { name, who: by.name }) : name,
          }))}
          onChange={(id) => {
            const chosen = saved.find((one) => one.id === id);
            if (chosen !== undefined) onFilter(filterOf(chosen.filter));
          }}
          popupMatchSelectWidth={false}
        />
      )}
      {Object.keys(kept).length > 0 && now === undefined && <KeepFilter key={filterText(kept)} filter={kept} />}
      {now?.by.id === userId && now !== undefined && <ForgetFilter id={now.id} />}
    </>
  );
}

type Kept = paths['/api/saved-filters']['post']['requestBody']['content']['application/json']['filter'];

/** The service knows the words and refuses any other. */
function asKept(filter: QueueFilter): Kept {
  return filter as Kept;
}

function filterOf(words: Readonly<Record<string, string>>): QueueFilter {
  return readFilter(new URLSearchParams({ ...words }));
}

function KeepFilter({ filter }: { readonly filter: QueueFilter }) {
  const t = useTexts('queue');
  const words = useProblemWords('refusal');
  const queries = useQueryClient();
  const maySupervise = useSession()?.user.role === 'supervisor';
  const [name, setName] = useState<string | null>(null);
  const [shared, setShared] = useState(false);
  const keep = useMutation({
    mutationFn: async (called: string) =>
      ask(api.POST('/api/saved-filters', { body: { name: called, filter: asKept(filter), shared } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  if (name === null) {
    return (
      <button type="button" className="queue-plain" onClick={() => setName('')}>
        {t('keepFilter')}
      </button>
    );
  }
  const send = (): void => {
    if (name.trim() !== '') keep.mutate(name);
  };
  return (
    <>
      <Input
        className="queue-filter"
        aria-label={t('filterName')}
        placeholder={t('filterName')}
        maxLength={40}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onPressEnter={send}
      />
      {maySupervise && (
        <Checkbox checked={shared} onChange={({ target }) => setShared(target.checked)}>
          {t('shareFilter')}
        </Checkbox>
      )}
      <Button size="small" loading={keep.isPending} disabled={name.trim() === ''} onClick={send}>
        {t('keepFilter')}
      </Button>
      {keep.error !== null && <span role="alert">{words(keep.error) ?? t('notKept')}</span>}
    </>
  );
}

function ForgetFilter({ id }: { readonly id: number }) {
  const t = useTexts('queue');
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: async () => ask(api.DELETE('/api/saved-filters/{id}', { params: { path: { id: String(id) } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <button type="button" className="queue-plain" disabled={forget.isPending} onClick={() => forget.mutate()}>
      {t('forgetFilter')}
    </button>
  );
}
