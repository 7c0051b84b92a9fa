import { readFileSync, readdirSync } from 'node:fs';

/** The process ids of the children that a process has at this moment. Linux only. */
export function childrenOf(pid: number): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && Number(statOf(name)[1] ?? 0) === pid);
}

/** A process that has ended and waits for somebody to ask how runs no more. */
export function isRunning(pid: string): boolean {
  const [state] = statOf(pid);
  return state !== undefined && state !== '' && state !== 'Z';
}

/** From its state on: proc(5), field 3 and the following. */
function statOf(pid: string): string[] {
  const stat = readOrNull(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** What belongs to a process may be gone while we look. */
export function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
