/** One instruction of a Dockerfile, lines joined. `words` is what follows it. */
export type Step = { readonly instruction: string; readonly words: string };
export type Stage = { readonly name: string; readonly base: string; readonly steps: readonly Step[] };

/** Reads the part of the Dockerfile language that ours uses: stages, comments, continued lines. */
export function parseDockerfile(text: string): readonly Stage[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/u.test(line));
  const joined = lines
    .join('\n')
    .replaceAll(/\\\n\s*/gu, ' ')
    .split('\n');
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const line of joined) {
    const [, instruction = '', words = ''] = /^(\w+)\s+(.*)$/u.exec(line) ?? [];
    const from = /^(\S+)(?: AS (\S+))?$/iu.exec(words);
    if (instruction === 'FROM') stages.push({ name: from?.[2] ?? 'final', base: from?.[1] ?? '', steps: [] });
    else stages.at(-1)?.steps.push({ instruction, words });
  }
  return stages;
}
