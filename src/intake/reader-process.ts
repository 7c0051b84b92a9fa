import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ReadResult } from './item.ts';
import type { MailContext } from './mail-context.ts';
import type { HtmlJob, HtmlPage, ReadJob } from './read-item.ts';
import type { FromReader, ToReader } from './reader-messages.ts';
import type { RuleFile } from '../rules/rule-problem.ts';

/** How a reading process ended while it worked on a job. */
export type Crash = {
  readonly kind: 'crashed';
  readonly code: 'timeout' | 'memory' | 'died';
  /** The limit or the exit status; never anything of the job. */
  readonly detail: string;
};

/** A job and whoever waits for it. */
export type PendingJob = {
  readonly job: ReadJob | HtmlJob;
  readonly resolve: (result: ReadResult | HtmlPage | Crash) => void;
  readonly reject: (error: unknown) => void;
};

export type ReaderLimits = {
  readonly childPath: string;
  /** The rule files to judge by from now on; asked at each start and at each reload. */
  readonly rules: () => readonly RuleFile[];
  readonly context: MailContext;
  /** Wall time for one job, in ms. */
  readonly timeoutMs: number;
  /** Resident memory of the process, in MB: Buffers live outside the JavaScript heap. */
  readonly memoryMb: number;
};

export type ReaderEvents = {
  /** Something changed: a job was answered, or the process can take jobs. */
  readonly onFree: (reader: ReaderProcess) => void;
  readonly onUnusable: (reader: ReaderProcess) => void;
  /** The process is gone. `lost` were given to it and not begun; `started`: it had come so far as to take jobs. */
  readonly onEnd: (reader: ReaderProcess, lost: readonly PendingJob[], started: boolean) => void;
};

export type ReaderProcess = {
  readonly state: () => 'starting' | 'ready' | 'unusable' | 'gone';
  /** Jobs given and not answered, those taken back included. */
  readonly load: () => { readonly jobs: number; readonly bytes: number };
  /** How long the job at the head has been worked on, in ms; 0 when there is none. */
  readonly busyMs: () => number;
  /** When it last had something to do, on the clock of performance.now(). */
  readonly idleSince: () => number;
  /** It read something so large that its memory should be given back. */
  readonly worn: () => boolean;
  readonly give: (pending: PendingJob) => void;
  /** Jobs given and not begun; their answers, should they still come, are dropped. */
  readonly takeBack: () => PendingJob[];
  readonly reload: () => void;
  /** Ends the process when it is idle or nobody waits for it; resolves when it is gone. */
  readonly end: () => Promise<void>;
};

type Entry = { readonly id: number; readonly bytes: number; pending: PendingJob | null };

type Inside = {
  readonly child: ChildProcess;
  readonly limits: ReaderLimits;
  /** In the order given: the process works on the first. */
  readonly line: Entry[];
  state: 'starting' | 'ready' | 'unusable' | 'gone';
  headSince: number;
  killedFor: 'timeout' | 'memory' | null;
  worn: boolean;
  /** We told it to go: what it still had in hand is nobody's fault. */
  ending: boolean;
  nextId: number;
};

const WATCH_EVERY_MS = 100;
/** Loading the rules takes a second on a busy machine. */
const START_LIMIT_MS = 60_000;
const END_LIMIT_MS = 2_000;
/** A process that read more than this is worn; such a job travels alone. */
export const LARGE_BYTES = 8_000_000;
/** The heap gets a share of the limit; the rest is for Buffers and the program itself. */
const HEAP_SHARE = 0.75;
/** A small young generation: an idle process then keeps 30 MB less, and reads as fast. */
const YOUNG_MB = 4;
/** Nothing else of our environment: it holds passwords, and the process reads what strangers wrote. */
const ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'TZ'];
/** What glibc is told: few heaps, and large pieces go back to the system when they are freed (mallopt(3)). */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' };

/** Starts one reading process and watches over it. */
export function startReaderProcess(limits: ReaderLimits, events: ReaderEvents): ReaderProcess {
  const child = forkReader(limits);
  const inside: Inside = {
    child,
    limits,
    line: [],
    state: 'starting',
    headSince: performance.now(),
    killedFor: null,
    worn: false,
    ending: false,
    nextId: 1,
  };
  const watch = setInterval(() => enforceLimits(inside), WATCH_EVERY_MS);
  const gone = new Promise<void>((resolve) => {
    // 'close' comes after the last message was taken from the channel, 'exit' may come before it
    child.once('close', (status, signal) => {
      clearInterval(watch);
      const started = inside.state !== 'starting';
      inside.state = 'gone';
      events.onEnd(reader, settleCrash(inside, signal ?? `exit ${status}`), started);
      resolve();
    });
  });
  child.on('error', () => child.kill('SIGKILL')); // could not be started, or does not take messages any more
  child.on('message', (message: FromReader) => onMessage(inside, message, reader, events));
  const reader = toReader(inside, gone);
  send(inside, { kind: 'start', rules: limits.rules(), context: limits.context });
  return reader;
}

function forkReader({ childPath, memoryMb }: ReaderLimits): ChildProcess {
  const inherited = ENVIRONMENT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return fork(childPath, [], {
    serialization: 'advanced', // Buffers cross as bytes, not as JSON
    execArgv: [`--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`, `--max-semi-space-size=${YOUNG_MB}`],
    env: { ...Object.fromEntries(inherited), ...MALLOC },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // what V8 prints on its way down may quote the mail
  });
}

function toReader(inside: Inside, gone: Promise<void>): ReaderProcess {
  return {
    state: () => inside.state,
    load: () => ({ jobs: inside.line.length, bytes: inside.line.reduce((sum, entry) => sum + entry.bytes, 0) }),
    busyMs: () => (inside.line.length === 0 ? 0 : performance.now() - inside.headSince),
    idleSince: () => inside.headSince,
    worn: () => inside.worn,
    give: (pending) => {
      if (inside.line.length === 0) inside.headSince = performance.now();
      const entry: Entry = { id: inside.nextId++, bytes: pending.job.bytes.length, pending };
      inside.line.push(entry);
      send(inside, { kind: 'read', id: entry.id, job: pending.job });
    },
    takeBack: () => takeBack(inside.line.slice(1)),
    reload: () => send(inside, { kind: 'reload', rules: inside.limits.rules() }),
    end: async () => {
      inside.ending = true;
      send(inside, { kind: 'end' }); // not disconnect(): after it Node reports no 'close'
      const force = setTimeout(() => inside.child.kill('SIGKILL'), END_LIMIT_MS);
      await gone;
      clearTimeout(force);
    },
  };
}

function onMessage(inside: Inside, message: FromReader, reader: ReaderProcess, events: ReaderEvents): void {
  switch (message.kind) {
    case 'ready':
      inside.state = 'ready';
      if (inside.line.length === 0) inside.headSince = performance.now();
      events.onFree(reader);
      return;
    case 'unusable':
      inside.state = 'unusable';
      events.onUnusable(reader);
      return;
    case 'done': {
      const entry = inside.line.shift();
      inside.headSince = performance.now();
      if ((entry?.bytes ?? 0) > LARGE_BYTES) inside.worn = true;
      entry?.pending?.resolve(message.result);
      events.onFree(reader);
    }
  }
}

function enforceLimits(inside: Inside): void {
  const elapsed = performance.now() - inside.headSince;
  if (inside.state === 'starting' && elapsed > START_LIMIT_MS) inside.child.kill('SIGKILL');
  if (inside.line.length === 0 || inside.killedFor !== null) return;
  if (elapsed > inside.limits.timeoutMs) inside.killedFor = 'timeout';
  else if (residentMb(inside.child.pid) > inside.limits.memoryMb) inside.killedFor = 'memory';
  if (inside.killedFor !== null) inside.child.kill('SIGKILL');
}

/** Resident memory in MB; 0 where the system does not tell (only Linux does), which leaves the heap limit. */
function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // gone meanwhile, or no such system
  }
}

/** The job being worked on is answered with the crash; the others were innocent and are handed back. */
function settleCrash(inside: Inside, status: string): PendingJob[] {
  const entries = inside.line.splice(0);
  if (inside.ending && inside.killedFor === null) return takeBack(entries);
  const [head, ...rest] = entries;
  const limit = inside.killedFor === 'timeout' ? `${inside.limits.timeoutMs} ms` : `${inside.limits.memoryMb} MB`;
  const detail = inside.killedFor === null ? status : limit;
  head?.pending?.resolve({ kind: 'crashed', code: inside.killedFor ?? 'died', detail });
  return takeBack(rest);
}

function takeBack(entries: readonly Entry[]): PendingJob[] {
  return entries.flatMap((entry) => {
    const { pending } = entry;
    entry.pending = null;
    return pending === null ? [] : [pending];
  });
}

function send(inside: Inside, message: ToReader): void {
  // A process that died this instant takes nothing more; its exit event hands the job back.
  inside.child.send(message, () => undefined);
}
