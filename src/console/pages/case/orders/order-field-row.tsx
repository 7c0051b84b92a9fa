import { Input, Radio, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import { deniedUnits, type CaseBody } from '../decision-draft.ts';
import { useWords } from '../use-words.ts';
import { OtherCase } from './other-case.tsx';
import type { OrderField, OrderOption } from './order-draft.ts';

type Value = string | readonly string[];
type Props = {
  readonly body: CaseBody;
  readonly field: OrderField;
  readonly value: Value | undefined;
  readonly missing: boolean;
  onChange(value: Value): void;
};
type ControlProps = Omit<Props, 'missing' | 'value'> & {
  readonly text: string;
  readonly many: readonly string[];
  readonly label: string;
  /** The line that says what is missing, for whoever hears the page. */
  readonly hint: string;
  readonly missing: boolean;
};

/** One field with its name above it, and beneath it what it lacks once the button was pressed. */
export function OrderFieldRow({ body, field, value = '', missing, onChange }: Props) {
  const t = useTexts('orders');
  const name = useCodeName();
  const id = useId();
  const label = name('field', { code: field.path, name: field.label });
  const text = typeof value === 'string' ? value : '';
  const many = typeof value === 'string' ? [] : value;
  const control = { body, field, text, many, label, missing, onChange, hint: `${id}-hint` };
  return (
    <div className="orders-field" data-path={field.path}>
      <span className="orders-label" aria-hidden="true">
        {label}
        {!field.required && <span className="case-quiet">{t('optional')}</span>}
      </span>
      <Control {...control} />
      <span id={`${id}-hint`} className="orders-missing">
        {missing && t('missing', { field: label })}
      </span>
    </div>
  );
}

/** Up to so many values stand beneath each other, so that each can be read with the article that it rests on. */
const MOST_RADIOS = 6;

function Control(props: ControlProps): ReactNode {
  const t = useTexts('orders');
  const name = useCodeName();
  const { field, onChange } = props;
  const options = field.options.map((one) => ({ ...one, label: name('option', { code: one.value, name: one.label }) }));
  switch (field.type) {
    case 'text':
      return <Input.TextArea rows={3} maxLength={field.most ?? 20_000} {...typed(props)} />;
    case 'choice':
      return field.options.length > MOST_RADIOS ? (
        <Listed {...props} options={options} />
      ) : (
        <Radios {...props} options={options} />
      );
    case 'yes-no':
      return <Radios {...props} options={[plain('true', t('yes')), plain('false', t('no'))]} />;
    case 'unit':
    case 'units':
      return <Units {...props} />;
    case 'case':
      return <OtherCase caseId={props.body.id} label={props.label} value={props.text} onChange={onChange} />;
    case 'day':
      return <Input type="date" {...typed(props)} />;
    case 'instant':
      return <Input type="datetime-local" {...typed(props)} />;
    case 'whole':
    case 'money':
      return <Input inputMode="decimal" maxLength={12} {...typed(props)} />;
    case 'line':
      return <Input maxLength={field.most ?? 200} {...typed(props)} />;
  }
}

function plain(value: string, label: string): OrderOption {
  return { value, label, article: null, hint: null };
}

function typed({ label, hint, text, missing, field, onChange }: ControlProps) {
  return {
    'aria-label': label,
    'aria-describedby': hint,
    'aria-required': field.required,
    'aria-invalid': missing,
    status: missing ? ('error' as const) : ('' as const),
    value: text,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
}

type ChoiceProps = ControlProps & { readonly options: readonly OrderOption[] };

function Radios({ options, label, hint, text, onChange }: ChoiceProps) {
  return (
    <Radio.Group
      className={options.some(({ article }) => article !== null) ? 'orders-grounds' : ''}
      aria-label={label}
      aria-describedby={hint}
      value={text}
      onChange={({ target }) => onChange(String(target.value))}
    >
      {options.map((option) => (
        <Radio key={option.value} value={option.value}>
          {option.label}
          {option.article !== null && (
            <span className="orders-ground">
              {[option.article, option.hint].filter((part) => part !== null).join(' · ')}
            </span>
          )}
        </Radio>
      ))}
    </Radio.Group>
  );
}

function Listed({ options, label, text, missing, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      status={missing ? 'error' : ''}
      showSearch={{ optionFilterProp: 'label' }}
      value={text === '' ? null : text}
      options={options.map(({ value, label: shown }) => ({ value, label: shown }))}
      onChange={(value: string | null) => onChange(value ?? '')}
    />
  );
}

/** Units that must not receive the case stand in the list, out of reach. The service refuses them as well. */
function Units({ body, field, label, text, many, missing, onChange }: ControlProps) {
  const t = useTexts('orders');
  const words = useWords();
  const denied = deniedUnits(body);
  const options = words.unit.map((one) =>
    denied.has(one.value) ? { ...one, label: t('deniedUnit', { unit: one.label }), disabled: true } : one,
  );
  const shared = {
    'aria-label': label,
    placeholder: label,
    status: missing ? ('error' as const) : ('' as const),
    showSearch: { optionFilterProp: 'label' },
    popupMatchSelectWidth: false,
    options,
  };
  return field.type === 'units' ? (
    <Select mode="multiple" {...shared} value={[...many]} onChange={(units: string[]) => onChange(units)} />
  ) : (
    <Select {...shared} value={text === '' ? null : text} onChange={(unit: string | null) => onChange(unit ?? '')} />
  );
}
