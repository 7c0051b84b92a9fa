import { Checkbox, Select } from 'antd';
import { useTexts } from '../../texts/texts.ts';
import { suspectsOf, type Suspect } from './decision-draft.ts';
import type { Decision } from './use-decision.ts';
import type { Words } from './use-words.ts';

type Props = { readonly decision: Decision; readonly words: Words };

/**
 * Who is complained about, in one look: whom the rules suspect stands there chosen, more can be added, and that nobody is accused
 * is said and not left open. Whoever is chosen here, and every unit under the same roof, never sees the case.
 */
export function AccusedUnits({ decision, words }: Props) {
  const t = useTexts('case');
  const { seen, draft, change } = decision;
  const suspects = suspectsOf(seen);
  const suspected = new Set(suspects.flatMap(({ units }) => units.map(({ code }) => code)));
  const added = draft.accused.filter((unit) => !suspected.has(unit));
  const elsewhere = (seen.verdict?.proposal?.accused ?? []).map(({ name }) => name);
  const choose = (units: readonly string[], chosen: boolean): void => {
    const others = draft.accused.filter((unit) => !units.includes(unit));
    change({ accused: chosen ? [...others, ...units] : others, nobodyAccused: false });
  };
  return (
    <fieldset className="case-accused">
      <legend>{t('accused')}</legend>
      <p className="case-quiet">{suspects.length > 0 ? t('accusedHint') : t('accusedNoneFound')}</p>
      {suspects.map((suspect) => (
        <SuspectBox key={suspect.reason} suspect={suspect} accused={draft.accused} onChoose={choose} />
      ))}
      {added.map((unit) => (
        <Checkbox key={unit} checked onChange={() => choose([unit], false)}>
          {words.unitName(unit)}
        </Checkbox>
      ))}
      <Select
        aria-label={t('accusedAdd')}
        placeholder={t('accusedAdd')}

        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        options={words.unit.filter(({ value }) => !suspected.has(value) && !added.includes(value))}
        onChange={(unit: string | null) => {
          if (unit !== null) choose([unit], true);
        }}
      />
      <Checkbox
        checked={draft.nobodyAccused}
        onChange={({ target }) =>
          change(target.checked ? { accused: [], nobodyAccused: true } : { nobodyAccused: false })
        }
      >
        {t('nobodyAccused')}
      </Checkbox>
      {elsewhere.length > 0 && <p className="case-quiet">{t('accusedWords', { words: elsewhere.join('、') })}</p>}
    </fieldset>
  );
}

type SuspectBoxProps = {
  readonly suspect: Suspect;
  readonly accused: readonly string[];
  onChoose(units: readonly string[], chosen: boolean): void;
};

/** One suspicion, one box: leaders stand for all the units that they head. */
function SuspectBox({ suspect, accused, onChoose }: SuspectBoxProps) {
  const t = useTexts('case');
  const { units, words, reason } = suspect;
  const codes = units.map(({ code }) => code);
  const chosen = codes.filter((code) => accused.includes(code)).length;
  const name = units.length === 1 ? units[0]?.name : t('suspectMany', { reason, count: units.length });
  return (
    <Checkbox
      checked={chosen === codes.length}
      indeterminate={chosen > 0 && chosen < codes.length}
      onChange={({ target }) => onChoose(codes, target.checked)}
    >
      {name} <span className="case-quiet">{t('suspectWords', { words: words.join('、') })}</span>
    </Checkbox>
  );
}
