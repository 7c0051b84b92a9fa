import { childrenOf, readOrNull } from './process-tree.ts';

/** Memory of a process and its children, in bytes, shared pages divided among those who share them (PSS). Linux only. */
export function treeMemory(pid: number): number {
  return [String(pid), ...childrenOf(pid)].reduce((sum, one) => sum + memoryOf(one), 0);
}

/** A child may end while we look, as autovacuum workers do; it then uses no memory. */
function memoryOf(pid: string): number {
  const text = readOrNull(`/proc/${pid}/smaps_rollup`) ?? '';
  return Number(/^Pss:\s+(\d+) kB$/mu.exec(text)?.[1] ?? 0) * 1024;
}
