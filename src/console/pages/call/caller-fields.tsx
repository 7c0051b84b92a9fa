import { AutoComplete, Checkbox, Input } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTexts } from '../../texts/texts.ts';
import type { CallEntry } from './call-entry.ts';
import { completions } from './completions.ts';
import type { FieldProblems } from './field-problems.ts';
import type { Registry } from '../../api/registry.ts';
import type { Reading } from './use-reading.ts';

type Props = {
  readonly entry: CallEntry;
  readonly registry: Registry | null;
  readonly reading: Reading | null;
  readonly problems: FieldProblems;
  readonly isReadOnly: boolean;
  onChange(change: Partial<CallEntry>): void;
};

/** Whom it is about, where, and who rings, in the order in which one asks. */
export function CallerFields(props: Props) {
  const t = useTexts('call');
  const { entry, problems, isReadOnly, onChange } = props;
  return (
    <>
      <div className="call-fields">
        <CompletedFields {...props} />
        <Field id="callerName" label={t('callerName')} problem={problems.callerName}>
          <Input
            id="call-callerName"
            value={entry.callerName}
            disabled={isReadOnly || entry.anonymous}
            autoComplete="off"
            onChange={(event) => onChange({ callerName: event.target.value })}
          />
        </Field>
        <Field id="callerPhone" label={t('callerPhone')} problem={problems.callerPhone}>
          <Input
            id="call-callerPhone"
            type="tel"
            value={entry.callerPhone}
            disabled={isReadOnly || entry.anonymous}
            autoComplete="off"
            onChange={(event) => onChange({ callerPhone: event.target.value })}
          />
        </Field>
      </div>
      <p className="call-hint">{t('callerHint')}</p>
      <div className="call-switches">
        <Choice name="anonymous" {...props} />
        <Choice name="keepSecret" {...props} />
      </div>
    </>
  );
}

function CompletedFields({ entry, registry, reading, problems, isReadOnly, onChange }: Props) {
  const t = useTexts('call');
  const units = useMemo(
    () => (registry === null ? [] : [...registry.units.map(({ name }) => name), ...registry.universities]),
    [registry],
  );
  const heard = reading?.verdict.target.name ?? null;
  return (
    <>
      <Field id="accusedUnit" label={t('accusedUnit')} problem={problems.accusedUnit}>
        <AutoComplete
          id="call-accusedUnit"
          value={entry.accusedUnit}
          disabled={isReadOnly}
          options={completions(entry.accusedUnit, units, heard)}
          placeholder={t('accusedUnitHint')}
          onChange={(accusedUnit: string) => onChange({ accusedUnit: accusedUnit ?? '' })}
        />
      </Field>
      <Field id="place" label={t('place')} problem={problems.place}>
        <AutoComplete
          id="call-place"
          value={entry.place}
          disabled={isReadOnly}
          options={completions(entry.place, registry?.places ?? [], reading?.place ?? null)}
          placeholder={t('placeHint')}
          onChange={(place: string) => onChange({ place: place ?? '' })}
        />
      </Field>
    </>
  );
}

function Choice({ name, entry, isReadOnly, onChange }: Props & { readonly name: 'anonymous' | 'keepSecret' }) {
  const t = useTexts('call');
  return (
    <Checkbox
      checked={entry[name]}
      disabled={isReadOnly}
      onChange={(event) => onChange({ [name]: event.target.checked })}
    >
      {t(name)}
      <span className="call-second">{t(name === 'anonymous' ? 'anonymousMeans' : 'keepSecretMeans')}</span>
    </Checkbox>
  );
}

type FieldProps = {
  readonly id: string;
  readonly label: string;
  readonly problem: string | undefined;
  readonly children: ReactNode;
};

export function Field({ id, label, problem, children }: FieldProps) {
  return (
    <div className="call-field">
      <label htmlFor={`call-${id}`}>{label}</label>
      {children}
      {problem !== undefined && (
        <p className="call-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
