import { Checkbox, Input, Select } from 'antd';
import { useTexts } from '../../texts/texts.ts';
import type { Category } from './decision-draft.ts';
import type { Decision } from './use-decision.ts';
import type { Words } from './use-words.ts';

type Props = { readonly decision: Decision; readonly words: Words };

/** Every field of the verdict that a person may correct, and why he does. */
export function CorrectionFields({ decision, words }: Props) {
  const t = useTexts('case');
  const { draft, change, changeFields } = decision;
  const { fields, accused } = draft;
  const none = { value: 0, label: t('none') };
  const category = (value: number): Category | null => words.category.find((one) => one.value === value)?.value ?? null;
  const units = [...words.unit, ...words.nowhere].map((one) => ({ ...one, disabled: accused.includes(one.value) }));
  const others = words.category.filter(({ value }) => value !== fields.category);
  return (
    <div className="case-correction">
      <Chosen
        id="case-correct-first"
        label={t('category')}
        value={fields.category ?? 0}
        options={[...words.category, none]}
        onChoose={(value) => changeFields({ category: category(value) })}
      />
      <Chosen
        label={t('secondary')}
        value={fields.secondary ?? 0}
        options={[none, ...others]}
        onChoose={(value) => changeFields({ secondary: category(value) })}
      />
      <Chosen label={t('unit')} value={fields.unit} options={units} onChoose={(unit) => changeFields({ unit })} />
      <Chosen label={t('lane')} value={fields.lane} options={words.lane} onChoose={(lane) => changeFields({ lane })} />
      <Chosen label={t('kind')} value={fields.kind} options={words.kind} onChoose={(kind) => changeFields({ kind })} />
      <Chosen
        label={t('level')}
        value={fields.level}
        options={words.level}
        onChoose={(level) => changeFields({ level })}
      />
      <label>
        <span>{t('place')}</span>
        <Input
          maxLength={100}
          value={fields.place ?? ''}
          onChange={({ target }) => changeFields({ place: target.value.trim() === '' ? null : target.value })}
        />
      </label>
      <Checkbox checked={fields.urgent} onChange={({ target }) => changeFields({ urgent: target.checked })}>
        {t('urgent')}
      </Checkbox>
      <label className="case-reason">
        <span>{t('reasonWhy')}</span>
        <Input.TextArea
          rows={2}
          maxLength={2_000}
          value={draft.reason}
          aria-describedby="case-teaching"
          onChange={({ target }) => change({ reason: target.value })}
        />
      </label>
      <p id="case-teaching" className="case-quiet">
        {t('teaching')}
      </p>
    </div>
  );
}

type ChosenProps<V> = {
  readonly id?: string;
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly disabled?: boolean }[];
  onChoose(value: V): void;
};

function Chosen<V extends string | number>({ id, label, value, options, onChoose }: ChosenProps<V>) {
  return (
    <label>
      <span>{label}</span>
      <Select
        {...(id === undefined ? {} : { id })}

        showSearch={{ optionFilterProp: 'label' }}
        value={value}
        options={[...options]}
        onChange={onChoose}
      />
    </label>
  );
}
