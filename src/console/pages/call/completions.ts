const MOST_SHOWN = 8;

/** Names that go on from what is typed, those that begin with it first; `heard`, what the rules found in the text, before all. */
export function completions(typed: string, names: readonly string[], heard: string | null): { value: string }[] {
  const wanted = typed.trim();
  const known = heard === null || heard === wanted ? [] : [heard];
  if (wanted === '') return known.map((value) => ({ value }));
  const containing = names.filter((name) => name.includes(wanted) && name !== wanted);
  const ranked = containing.toSorted((a, b) => a.indexOf(wanted) - b.indexOf(wanted) || a.length - b.length);
  const offered = known.filter((name) => name.includes(wanted));
  return [...new Set([...offered, ...ranked])].slice(0, MOST_SHOWN).map((value) => ({ value }));
}
