import { Checkbox, Select } from 'antd';
import type { RefObject } from 'react';
import type { RefSelectProps } from 'antd';
import { useTexts } from '../../texts/texts.ts';
import { canAssign, deniedUnits } from './decision-draft.ts';
import type { Decision } from './use-decision.ts';
import type { Words } from './use-words.ts';

type Props = { readonly decision: Decision; readonly words: Words; readonly field: RefObject<RefSelectProps | null> };

/** Whom the case goes to. Units that must not receive it stand in the list, out of reach, with the reason. */
export function AssignUnit({ decision, words, field }: Props) {
  const t = useTexts('case');
  const { seen, draft, change } = decision;
  if (!canAssign(seen, draft.fields)) {
    return (
      <p className="case-quiet">{draft.fields.lane === 'sealed' ? t('sealedNotAssigned') : t('nobodyToAssign')}</p>
    );
  }
  const denied = deniedUnits(seen);
  const why = (unit: string): string | null => {
    if (draft.accused.includes(unit)) return t('deniedAsAccused');
    const source = denied.get(unit);
    return source === undefined ? null : t(source === 'person' ? 'deniedByPerson' : 'deniedByRules');
  };
  const options = words.unit.map((one) => {
    const reason = why(one.value);
    return reason === null ? one : { ...one, label: t('unitDenied', { unit: one.label, why: reason }), disabled: true };
  });
  return (
    <div className="case-assign">
      <Checkbox checked={draft.assigning} onChange={({ target }) => change({ assigning: target.checked })}>
        {t('assignTo')}
      </Checkbox>
      <Select
        ref={field}
        aria-label={t('assignUnit')}
        placeholder={t('assignUnit')}

        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={draft.assignTo}
        options={options}
        onChange={(unit: string | null) => change({ assignTo: unit, assigning: unit !== null })}
      />
      {seen.assignedUnit !== null && <p className="case-quiet">{t('assignedNow', { unit: seen.assignedUnit.name })}</p>}
    </div>
  );
}
