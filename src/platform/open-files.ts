import { existsSync, readFileSync } from 'node:fs';
import { Fault } from './fault.ts';

/** Connections of database, queue, mailboxes and browsers, with room to spare. Node itself raises the soft limit to the hard one. */
const LEAST_OPEN_FILES = 1024;

/**
 * Refuses to start where so few files may be open that the service would fail in the middle of the day, at the busiest
 * moment. Only Linux tells; elsewhere nothing is checked.
 */
export function refuseFewOpenFiles(limits: string | null = processLimits()): void {
  const most = /^Max open files\s+(\d+)/mu.exec(limits ?? '')?.[1]; // "unlimited" is not a number, and is fine
  if (most === undefined || Number(most) >= LEAST_OPEN_FILES) return;
  throw new Fault(
    'config.invalid',
    `only ${most} files may be open at a time, at least ${String(LEAST_OPEN_FILES)} are needed: raise ulimit -n`,
  );
}

function processLimits(): string | null {
  const path = '/proc/self/limits';
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
