import { useTexts } from '../../texts/texts.ts';
import type { DecisionField, FieldValue } from './compare-versions.ts';
import type { Words } from './use-words.ts';

/** How the value of a field reads: a code by its name, units by theirs, nothing as nothing. */
export function useShownValue(words: Words) {
  const t = useTexts('case');
  const named = (field: DecisionField, code: string | number): string => {
    if (field === 'unit' || field === 'assignedUnit') return words.unitName(String(code));
    const choices: readonly { readonly value: string | number; readonly label: string }[] = choicesOf(field, words);
    return choices.find(({ value }) => value === code)?.label ?? String(code);
  };
  return (field: DecisionField, value: FieldValue): string => {
    if (value === null) return t('none');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'object') return value.map(words.unitName).join('、') || t('nobodyAccused');
    return named(field, value);
  };
}

function choicesOf(field: DecisionField, words: Words) {
  switch (field) {
    case 'category':
    case 'secondary':
      return words.category;
    case 'kind':
    case 'lane':
    case 'level':
    case 'state':
      return words[field];
    case 'accused':
    case 'assignedUnit':
    case 'confirmed':
    case 'place':
    case 'unit':
    case 'urgent':
      return []; // no closed set
  }
}
