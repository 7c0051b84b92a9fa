import type { Registry } from '../http/registry.ts';
import type { OfficeRules } from '../office-rules.ts';
import { placeName } from '../rules/rule-set.ts';

/** What the forms of the desk may complete and say, from the rules in force. */
export function registryOf({ version, rules, script }: OfficeRules): Registry {
  return {
    version: version.slice(0, 22),
    units: rules.units.map(({ id, name, kind }) => ({ id, name, kind })),
    places: rules.places.map((place) => placeName(rules, place)),
    universities: rules.universities.map(({ name }) => name),
    categories: rules.categories.map(({ id, name, notice }) => ({ code: id, name, notice })),
    script,
  };
}
