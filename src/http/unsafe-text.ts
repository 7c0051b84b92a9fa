/** NUL, which PostgreSQL refuses in text (22021), and half of a surrogate pair, which it refuses in jsonb (22P02). */
const UNSAFE = /\0|\p{Surrogate}/u;

/**
 * Where in parsed input a text stands that no database of ours can keep: "promises.0", or "" for the value itself. null when
 * all is well. Nesting is bounded by whoever parsed it.
 */
export function findUnsafeText(value: unknown): string | null {
  return find(value, []);
}

function find(value: unknown, path: readonly string[]): string | null {
  if (typeof value === 'string') return UNSAFE.test(value) ? path.join('.') : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    if (UNSAFE.test(key)) return path.join('.');
    const found = find(child, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
