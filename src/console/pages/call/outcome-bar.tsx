import { Button, Radio, Select } from 'antd';
import { useTexts } from '../../texts/texts.ts';
import { INVALID_REASONS, type CallEntry, type InvalidReason } from './call-entry.ts';
import type { FieldProblems } from './field-problems.ts';

const REASON_KEYS = {
  silence: 'reasonSilence',
  'hang-up': 'reasonHangUp',
  'wrong-number': 'reasonWrongNumber',
  abusive: 'reasonAbusive',
  test: 'reasonTest',
} as const satisfies Record<InvalidReason, string>;

type Props = {
  readonly entry: CallEntry;
  readonly problems: FieldProblems;
  readonly isReadOnly: boolean;
  readonly isSending: boolean;
  onChange(change: Partial<CallEntry>): void;
  onSave(): void;
};

/** A case, or a call that is none; and the way to save it. */
export function OutcomeBar({ entry, problems, isReadOnly, isSending, onChange, onSave }: Props) {
  const t = useTexts('call');
  const isInvalid = entry.outcome === 'invalid';
  return (
    <div className="call-outcome">
      <Radio.Group
        aria-label={t('outcome')}
        value={entry.outcome}
        disabled={isReadOnly}
        options={[
          { value: 'case', label: t('outcomeCase') },
          { value: 'invalid', label: t('outcomeInvalid') },
        ]}
        onChange={(event) => onChange({ outcome: event.target.value === 'invalid' ? 'invalid' : 'case' })}
      />
      {isInvalid && (
        <Select<InvalidReason>
          aria-label={t('invalidReason')}
          placeholder={t('invalidReason')}
          value={entry.invalidReason}
          disabled={isReadOnly}
          {...(problems.invalidReason === undefined ? {} : { status: 'error' as const })}
          options={INVALID_REASONS.map((value) => ({ value, label: t(REASON_KEYS[value]) }))}
          onChange={(invalidReason) => onChange({ invalidReason })}
        />
      )}
      <Button type="primary" size="large" loading={isSending} disabled={isReadOnly && !isSending} onClick={onSave}>
        {isInvalid ? t('saveInvalid') : t('save')}
        <kbd>Ctrl+Enter</kbd>
      </Button>
      {problems.invalidReason !== undefined && (
        <p className="call-problem" role="alert">
          {problems.invalidReason}
        </p>
      )}
    </div>
  );
}
