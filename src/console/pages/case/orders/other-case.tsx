import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { useTexts } from '../../../texts/texts.ts';

type Props = {
  readonly caseId: number;
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
};

const SHORTEST = 2;
const MOST = '20';

/** Another case, found by its number or by words of its text. Its id is the value. */
export function OtherCase({ caseId, label, value, onChange }: Props) {
  const t = useTexts('orders');
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const search = sought.trim();
  const { data } = useQuery({
    queryKey: ['cases', 'other', search],
    queryFn: ({ signal }) => ask(api.GET('/api/cases', { params: { query: { search, limit: MOST } }, signal })),
    enabled: search.length >= SHORTEST,
  });
  const found = (data?.rows ?? [])
    .filter(({ id }) => id !== caseId)
    .map((one) => ({ value: String(one.id), label: `${one.numberShown} ${one.subject}` }));
  const kept = value !== '' && chosen !== null ? [{ value, label: chosen }] : [];
  return (
    <Select
      aria-label={label}
      placeholder={t('otherCase')}
      showSearch={{ filterOption: false, onSearch: setSought }}
      notFoundContent={t(search.length < SHORTEST ? 'otherCaseHint' : 'otherCaseNone')}
      popupMatchSelectWidth={false}
      value={value === '' ? null : value}
      options={search === '' ? kept : found}
      onChange={(id: string | null) => {
        setChosen(found.find((one) => one.value === id)?.label ?? chosen);
        onChange(id ?? '');
      }}
    />
  );
}
