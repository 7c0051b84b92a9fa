import { Input, Select } from 'antd';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import type { DocumentForm, Problem } from './document-types.ts';

type FieldProps = {
  readonly field: DocumentForm['fields'][number];
  /** What the case itself says; it cannot be typed. */
  readonly known: string | null;
  readonly value: string;
  readonly problems: readonly Problem[];
  onChange(value: string): void;
};

/** One field of a document with the article that asks for it, and beneath it what is wrong with it. */
export function DraftField(props: FieldProps) {
  const t = useTexts('documents');
  const name = useCodeName();
  const { field, known, problems } = props;
  const { optional, requiredBy } = field;
  const label = name('document-field', { code: field.id, name: field.label });
  return (
    <div className="document-field">
      <span>
        <strong>{label}</strong>{' '}
        <span className="case-quiet">
          {optional && `${t('optional')} · `}
          <span lang="zh-CN">{requiredBy}</span>
        </span>
      </span>
      {known === null ? <Control {...props} label={label} /> : <span>{t('fromCase', { value: known })}</span>}
      <ProblemLines problems={problems} />
    </div>
  );
}

/** What is wrong, read out as soon as it is. */
export function ProblemLines({ problems }: { readonly problems: readonly Problem[] }) {
  const name = useCodeName();
  return (
    <div role="status" className="document-problems">
      {problems.map(({ reason, advice }) => (
        <p key={reason}>{name('document-problem', { code: reason, name: advice })}</p>
      ))}
    </div>
  );
}

function Control({ field, label, value, problems, onChange }: FieldProps & { readonly label: string }) {
  const name = useCodeName();
  const { type, usual, options } = field;
  const status = problems.length > 0 ? ('error' as const) : ('' as const);
  const shared = {
    'aria-label': label,
    'aria-invalid': problems.length > 0,
    status,
    placeholder: usual ?? '',
    value,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
  switch (type) {
    case 'text':
      return <Input.TextArea rows={3} {...shared} />;
    case 'date':
      return <Input type="date" {...shared} />;
    case 'line':
    case 'whole':
      return <Input {...shared} />;
    case 'choice':
      return (
        <Select
          aria-label={label}
          status={status}
          value={value === '' ? null : value}
          options={options.map((one) => ({
            value: one.value,
            label: name('document-option', { code: `${field.id}.${one.value}`, name: one.label }),
          }))}
          onChange={(chosen: string | null) => onChange(chosen ?? '')}
          getPopupContainer={(trigger: HTMLElement) => trigger.closest('dialog') ?? trigger} // what is outside lies beneath it
        />
      );
  }
}
