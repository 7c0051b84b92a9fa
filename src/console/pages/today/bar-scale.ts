/** The top of a scale for counts up to `most`, and where its lines are: whole numbers, at most four steps. */
export function barScale(most: number): { readonly top: number; readonly lines: readonly number[] } {
  const step = STEPS.find((one) => one * 4 >= most) ?? Math.ceil(most / 4);
  const top = step * Math.max(1, Math.ceil(most / step));
  return { top, lines: Array.from({ length: top / step + 1 }, (_, n) => n * step) };
}

const STEPS = [
  1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 50_000,
] as const;
