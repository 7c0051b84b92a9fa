import type { House } from '../compose.ts';
import type { Names } from '../http/names.ts';
import { reasonOf } from '../rules/reason.ts';

/** Every name as it stands at the moment when somebody looks at it. */
export function namesOf({ rules, timing }: Pick<House, 'rules' | 'timing'>): Names {
  const now = () => rules.current().rules;
  const others = new Map([
    ['NONEDU', '非教育事项'],
    ['UNRESOLVED', '待人工确定'],
  ]);
  return {
    category: (category) => now().categories.find(({ id }) => id === category)?.name ?? String(category),
    unit: (id) => others.get(id) ?? now().units.find((unit) => unit.id === id)?.name ?? null,
    clock: (kind) => timing.clocks[kind].name,
    reason: (id) => reasonOf(now(), id),
  };
}
