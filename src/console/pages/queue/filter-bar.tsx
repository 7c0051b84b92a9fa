import { Select } from 'antd';
import { useRegistry } from '../../api/registry.ts';
import { useCodeName, useTexts } from '../../texts/texts.ts';
import { withFilter, type FilterName, type QueueFilter } from './queue-filter.ts';
import { QueueSearch } from './queue-search.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { ViewChoice } from './view-choice.tsx';

type FilterBarProps = {
  readonly searchField: string;
  readonly filter: QueueFilter;
  readonly onFilter: (filter: QueueFilter) => void;
};
type Choice = { readonly value: string; readonly label: string };
type Choices = Readonly<Record<'category' | 'unit' | 'kind' | 'lane' | 'channel' | 'state', readonly Choice[]>>;

const NO_CHOICES: Choices = { category: [], unit: [], kind: [], lane: [], channel: [], state: [] };

/** What the queue is searched and narrowed by. */
export function FilterBar({ searchField, filter, onFilter }: FilterBarProps) {
  const t = useTexts('queue');
  const choices = useChoices();
  const set = (name: FilterName) => (value: string | null | undefined) =>
    onFilter(withFilter(filter, name, value ?? null));
  return (
    <search className="queue-filters" aria-label={t('filters')}>
      <QueueSearch id={searchField} search={filter.search ?? ''} onSearch={set('search')} />
      <ViewChoice view={filter.view} onView={set('view')} />
      {(['category', 'unit', 'lane', 'channel', 'state'] as const).map((name) => (
        <Select<string>
          key={name}
          aria-label={t(name)}
          placeholder={t(name)}
          className={`queue-filter queue-filter-${name}`}
          value={filter[name] ?? null}
          options={[...choices[name]]}
          onChange={set(name)}
          allowClear
          popupMatchSelectWidth={false}
          showSearch={name === 'unit' ? { optionFilterProp: 'label' } : false}
        />
      ))}
      <SavedFilters filter={filter} onFilter={onFilter} />
      <OtherFilters filter={filter} onFilter={onFilter} choices={choices} />
      {Object.keys(filter).length > 0 && (
        <button type="button" className="queue-plain" onClick={() => onFilter({})}>
          {t('clear')}
        </button>
      )}
    </search>
  );
}

/** What an address can narrow by and the bar has no field for: shown, so that nobody wonders where the rest is. */
function OtherFilters({ filter, onFilter, choices }: Omit<FilterBarProps, 'searchField'> & { choices: Choices }) {
  const t = useTexts('queue');
  const { kind, assignedUnit, review, urgent, confirmed, overdue } = filter;
  const others: readonly (readonly [FilterName, string | null])[] = [
    ['kind', labelOf(choices.kind, kind)],
    ['assignedUnit', labelOf(choices.unit, assignedUnit)],
    ['review', review === undefined ? null : t(review === 'true' ? 'review' : 'noReview')],
    ['urgent', urgent === 'false' ? t('notUrgent') : null],
    ['confirmed', confirmed === 'true' ? t('confirmed') : null],
    ['overdue', overdue === 'false' ? t('notOverdue') : null],
  ];
  return others.map(
    ([name, label]) =>
      label !== null && (
        <button
          key={name}
          type="button"
          className="queue-chip"
          aria-pressed="true"
          onClick={() => onFilter(withFilter(filter, name, null))}
        >
          {label} <span aria-hidden="true">×</span>
        </button>
      ),
  );
}

function labelOf(choices: readonly Choice[], value: string | undefined): string | null {
  return value === undefined ? null : (choices.find((one) => one.value === value)?.label ?? value);
}

/** The closed sets and the units, from the service. */
function useChoices(): Choices {
  const codeName = useCodeName();
  const data = useRegistry();
  if (data === undefined) return NO_CHOICES;
  const coded = (
    set: 'category' | 'kind' | 'lane' | 'channel' | 'state',
    codes: readonly { code: string | number; name: string }[],
  ) => codes.map((one) => ({ value: String(one.code), label: codeName(set, one) }));
  return {
    category: coded('category', data.categories).map(({ value, label }) => ({ value, label: `${value} ${label}` })),
    unit: data.units.map(({ id, name }) => ({ value: id, label: name })),
    kind: coded('kind', data.kinds),
    lane: coded('lane', data.lanes),
    channel: coded('channel', data.channels),
    state: coded('state', data.caseStates),
  };
}
