import { Select } from 'antd';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { VIEWS } from './queue-filter.ts';

type ViewChoiceProps = {
  readonly view: string | undefined;
  readonly onView: (view: string | null | undefined) => void;
};

const WORDS = { mine: 'viewMine', unit: 'viewUnit', 'due-soon': 'viewDueSoon', waiting: 'viewWaiting' } as const;

/** Whose work the list shows. Who belongs to no unit has no work of a unit. */
export function ViewChoice({ view, onView }: ViewChoiceProps) {
  const t = useTexts('queue');
  const unit = useSession()?.unit ?? null;
  return (
    <Select<string>
      aria-label={t('view')}
      placeholder={t('view')}
      className="queue-filter"
      value={view ?? null}
      options={VIEWS.map((value) => ({
        value,
        label: t(WORDS[value]),
        disabled: value === 'unit' && unit === null,
      }))}
      onChange={onView}
      allowClear
      popupMatchSelectWidth={false}
    />
  );
}
