export type Colleague = { readonly id: number; readonly name: string; readonly role: string };
/** A colleague as he is written after an @. */
export type Handle = { readonly id: number; readonly handle: string };

/** Names; where two colleagues have the same one, with the post that tells them apart. */
export function handlesOf(colleagues: readonly Colleague[], roleName: (role: string) => string): readonly Handle[] {
  const bearers = new Map<string, number>();
  for (const { name } of colleagues) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  const taken = new Set<string>();
  return colleagues.map(({ id, name, role }) => {
    const called = bearers.get(name) === 1 ? name : `${name}（${roleName(role)}）`;
    // Two of one name in one post: only a number is left.
    const handle = taken.has(called) ? `${called}${String(id)}` : called;
    taken.add(handle);
    return { id, handle };
  });
}

/** Whom a text calls: whose handle stands behind an @. Of two that fit the longer one is meant, 张三丰 and not 张三. */
export function mentionedIn(text: string, handles: readonly Handle[]): readonly number[] {
  const longestFirst = handles.toSorted((a, b) => b.handle.length - a.handle.length);
  const called = [...text.matchAll(/[@＠]/gu)].flatMap(({ index }) => {
    const found = longestFirst.find(({ handle }) => text.startsWith(handle, index + 1));
    return found === undefined ? [] : [found.id];
  });
  return [...new Set(called)];
}
