import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../src/platform/project-root.ts';

/** When a life ends. `within`: some ms after the worker told of the effect, so in the middle of it; `anytime`: after its start. */
export type KillPlan =
  | { readonly kind: 'before'; readonly effect: string; readonly nth: number }
  | { readonly kind: 'within'; readonly effect: string; readonly afterMs: number }
  | { readonly kind: 'anytime'; readonly afterMs: number };

export type Environment = Readonly<Record<string, string>>;

export type KillableWorker = {
  /** One life that ends with SIGKILL as planned. Answers the last effect that the worker told of, or "start". */
  killOnce(environment: Environment, plan: KillPlan): Promise<string>;
  /** One life without a kill: stopped in order as soon as `done` says so. Answers its exit code. */
  liveUntil(environment: Environment, done: () => Promise<boolean>): Promise<number | null>;
  /** Ends the spare process too. */
  close(): Promise<void>;
};

/** A life that does not end as planned within this time never came to its effect. */
const LIFE_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 50;

type Started = {
  readonly child: ChildProcess;
  readonly told: string[];
  readonly ended: Promise<void>;
  onTold: (effect: string) => void;
};

/**
 * A program of test/support that is started again and again to be killed. Lives run one after another; only the loading of
 * the next one's code is done ahead. `onTold` hears every effect of every life.
 */
export function createKillableWorker(
  program: string,
  onTold: (effect: string) => void = () => undefined,
): KillableWorker {
  const path = join(projectRoot(), 'test/support', program);
  let spare = start(path);
  const next = (environment: Environment, plan: KillPlan | null): Started => {
    const life = spare;
    life.onTold = onTold;
    spare = start(path);
    const killAt = plan?.kind === 'before' ? { effect: plan.effect, nth: plan.nth } : null;
    life.child.stdin?.write(`${JSON.stringify({ environment, killAt })}\n`);
    return life;
  };
  return {
    async killOnce(environment, plan) {
      const life = next(environment, plan);
      const kill = (): void => void life.child.kill('SIGKILL');
      if (plan.kind === 'anytime') setTimeout(kill, plan.afterMs);
      if (plan.kind === 'within') {
        life.onTold = (effect) => {
          onTold(effect);
          if (effect === plan.effect) setTimeout(kill, plan.afterMs);
        };
      }
      await endOf(life, JSON.stringify(plan));
      const last = life.told.at(-1);
      if (life.child.signalCode !== 'SIGKILL') throw new Error(`${program} ended by itself at ${last ?? 'start'}`);
      return last ?? 'start';
    },
    async liveUntil(environment, done) {
      const life = next(environment, null);
      const beganAt = performance.now();
      while (!(await done())) {
        if (performance.now() - beganAt > LIFE_LIMIT_MS * 2) break;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      life.child.kill('SIGTERM');
      await endOf(life, 'an orderly stop');
      return life.child.exitCode;
    },
    async close() {
      spare.child.kill('SIGKILL');
      await spare.ended;
    },
  };
}

function start(path: string): Started {
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin?.on('error', () => undefined); // it may be dead before it has read its orders
  const ended = once(child, 'close').then(() => undefined);
  const life: Started = { child, told: [], ended, onTold: () => undefined };
  if (child.stdout === null) throw new Error('its output is piped');
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') return;
    life.told.push(line);
    life.onTold(line);
  });
  return life;
}

async function endOf(life: Started, planned: string): Promise<void> {
  const limit = setTimeout(() => life.child.kill('SIGABRT'), LIFE_LIMIT_MS);
  await life.ended;
  clearTimeout(limit);
  if (life.child.signalCode === 'SIGABRT') {
    throw new Error(`a worker never came to ${planned}; it told: ${life.told.slice(-20).join(' ')}`);
  }
}
