import type { RuleSet, Unit } from './rule-set.ts';

/** What stands for accused leaders of the department, who head every unit but the stationed supervision. */
export const LEADERS = 'LEADERS';

/** What stands for an education bureau of a county or a city: no unit of the department, so that it cannot be denied. */
export const BUREAU = 'BUREAU';

function isBelow(units: ReadonlyMap<string, Unit>, unit: Unit, ancestor: string): boolean {
  for (let parent = unit.parent; parent !== undefined; parent = units.get(parent)?.parent)
    if (parent === ancestor) return true;
  return false;
}

/** Units that one accused unit drags along: those below it, those of its leader, those staffed by the same people. */
function draggedAlong(units: ReadonlyMap<string, Unit>, accused: Unit, other: Unit): boolean {
  if (isBelow(units, other, accused.id)) return true;
  if (accused.leader !== undefined && accused.leader === other.leader) return true;
  return (accused.same_people ?? []).includes(other.id) || (other.same_people ?? []).includes(accused.id);
}

/**
 * The conflict closure: every unit that must not see a complaint about `unitIds`. A unit's leader heads all his units, and a
 * service window shares its people with the unit behind it, so the closure is repeated until nothing is added. Unknown ids
 * stay in it: what cannot be resolved is denied. In registry order, unknown ids last.
 */
export function denyClosure(rules: Pick<RuleSet, 'units'>, unitIds: Iterable<string>): readonly string[] {
  const byId = new Map(rules.units.map((unit) => [unit.id, unit]));
  const denied = new Set(unitIds);
  for (const id of denied) {
    const accused = byId.get(id);
    if (accused === undefined) continue;
    for (const other of rules.units) if (draggedAlong(byId, accused, other)) denied.add(other.id);
  }
  const known = rules.units.map(({ id }) => id).filter((id) => denied.has(id));
  return [...known, ...[...denied].filter((id) => !byId.has(id))];
}

/** Every unit that the department's own leaders head: all but the stationed supervision, which answers to others. */
export function unitsOfLeaders(rules: Pick<RuleSet, 'units'>): readonly string[] {
  return rules.units.filter(({ kind }) => kind !== 'supervision').map(({ id }) => id);
}

/**
 * True for mail domains, and their sub-domains, of bodies in the registry: mail from there may come from the accused, and an
 * answer to it may be read by them. `domain` in any case, with or without a final dot.
 */
export function ownedMailDomain(
  rules: Pick<RuleSet, 'department' | 'units' | 'universities'>,
  domain: string,
): boolean {
  const name = domain.toLowerCase().replace(/\.$/, '');
  const owned = [rules.department, ...rules.units, ...rules.universities].flatMap((body) => body.mail_domains ?? []);
  return owned.some((own) => name === own || name.endsWith(`.${own}`));
}
