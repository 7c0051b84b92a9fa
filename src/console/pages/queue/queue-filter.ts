/** What the queue can be narrowed by: the names of the API's own parameters, so that an address of the desk is one of them. */
export const FILTER_NAMES = [
  'search',
  'category',
  'unit',
  'lane',
  'kind',
  'channel',
  'state',
  'assignedUnit',
  'urgent',
  'review',
  'confirmed',
  'overdue',
  'view',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type QueueFilter = Readonly<Partial<Record<FilterName, string>>>;

/** Fewer characters are in nearly every text, and the service does not look for them. */
export const SHORTEST_SEARCH = 2;

/** Whose work it is. */
export const VIEWS = ['mine', 'unit', 'due-soon', 'waiting'] as const;

/** The three narrowings that a count leads to. */
export const FLAGS = { urgent: 'true', confirmed: 'false', overdue: 'true' } as const;
export type Flag = keyof typeof FLAGS;

/** A filter as an address has it; what the queue does not know is left out. */
export function readFilter(params: URLSearchParams): QueueFilter {
  const values = FILTER_NAMES.map((name) => [name, params.get(name)?.trim() ?? ''] as const);
  return Object.fromEntries(
    values.filter(([name, value]) => value.length >= (name === 'search' ? SHORTEST_SEARCH : 1)),
  );
}

/** The same filter is always the same text. */
export function filterText(filter: QueueFilter): string {
  const params = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = filter[name];
    if (value !== undefined) params.set(name, value);
  }
  return params.toString();
}

/** With another value of one name; null takes it out. */
export function withFilter(filter: QueueFilter, name: FilterName, value: string | null): QueueFilter {
  const { [name]: _before, ...others } = filter;
  return value === null || value === '' ? others : { ...others, [name]: value };
}

/** Without what the counts stand for: what they count in. */
export function withoutFlags(filter: QueueFilter): QueueFilter {
  const { urgent: _urgent, confirmed: _confirmed, overdue: _overdue, ...others } = filter;
  return others;
}

export function hasFlag(filter: QueueFilter, flag: Flag): boolean {
  return filter[flag] === FLAGS[flag];
}
