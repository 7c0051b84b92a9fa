import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process was started, or null when there is none with this number. Together with the number it names one
 * process for ever: numbers are used again, in a restarted container within seconds.
 */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return psColumn(pid, 'lstart=');
  const stat = readOrNull(`/proc/${String(pid)}/stat`);
  if (stat === null) return null;
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name may hold spaces and brackets
  return state === 'Z' || state === 'X' ? null : (fields[18] ?? null); // proc(5): field 22, starttime in clock ticks
}

/** The arguments a process was started with; null when it is gone, empty for one that has ended but was not reaped. */
export function commandLine(pid: number): readonly string[] | null {
  if (process.platform !== 'linux') return psColumn(pid, 'command=')?.split(' ') ?? null;
  return readOrNull(`/proc/${String(pid)}/cmdline`)?.split('\0') ?? null;
}

function psColumn(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null; // ps exits 1 when there is no such process
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the process ended
  }
}
