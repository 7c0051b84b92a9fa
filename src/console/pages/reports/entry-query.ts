import type { paths } from '../../api/schema.ts';
import type { EntryQuery } from './report-types.ts';

export type Entry =
  paths['/api/reports/{id}/cases']['get']['responses'][200]['content']['application/json']['entries'][number];

const FIELDS = ['measure', 'stage', 'legal', 'by', 'key', 'counted'] as const;

/** What the address asks for, as it stands there: the service refuses what it does not know. */
export function readEntryQuery(search: URLSearchParams): EntryQuery {
  const said = FIELDS.flatMap((field) => {
    const value = search.get(field);
    return value === null ? [] : [[field, value] as const];
  });
  return Object.fromEntries(said) as EntryQuery; // text of a reader: checked by the service, and a 400 is shown as no page
}
