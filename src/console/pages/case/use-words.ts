import { useRegistry } from '../../api/registry.ts';
import { useCodeName, useTexts } from '../../texts/texts.ts';

export type Choice = { readonly value: string; readonly label: string };

/** The closed sets and the units as choices, and how each code reads. */
export function useWords() {
  const t = useTexts('case');
  const name = useCodeName();
  const registry = useRegistry() ?? NOT_HERE_YET;
  const choices = (set: 'kind' | 'lane' | 'level' | 'state', coded: readonly { code: string; name: string }[]) =>
    coded.map((one) => ({ value: one.code, label: name(set, one) }));
  const sets = {
    kind: choices('kind', registry.kinds),
    lane: choices('lane', registry.lanes),
    level: choices('level', registry.levels),
    state: choices('state', registry.caseStates),
    category: registry.categories.map((one) => ({ value: one.code, label: name('category', one) })),
    unit: registry.units.map(({ id, name: label }) => ({ value: id, label })),
  };
  const nowhere: readonly Choice[] = [
    { value: 'NONEDU', label: t('unitElsewhere') },
    { value: 'UNRESOLVED', label: t('unitOpen') },
  ];
  const unitName = (code: string): string =>
    [...sets.unit, ...nowhere].find(({ value }) => value === code)?.label ?? code;
  return { ...sets, nowhere, unitName };
}

export type Words = ReturnType<typeof useWords>;

const NOT_HERE_YET = { units: [], categories: [], kinds: [], lanes: [], levels: [], caseStates: [] } as const;
