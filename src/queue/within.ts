export type Within<T> = { readonly kind: 'settled'; readonly value: T } | { readonly kind: 'late' };

/** Waits at most `ms` for `work`. A rejection in time is passed on; what happens later is nobody's business any more. */
export async function within<T>(ms: number, work: Promise<T>): Promise<Within<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Within<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late' }), ms);
  });
  try {
    return await Promise.race([work.then((value): Within<T> => ({ kind: 'settled', value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
