import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/platform/logger.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { createShutdown } from '../../../src/platform/shutdown.ts';

const silent = createLogger({ level: 'silent', name: 'test' });

describe('a shutdown', () => {
  it('closes in reverse order, one after the other', async () => {
    const order: string[] = [];
    const shutdown = createShutdown(silent);
    for (const name of ['database', 'queue', 'http']) {
      shutdown.add(name, async () => {
        order.push(`${name} closing`);
        await Promise.resolve();
        order.push(`${name} closed`);
      });
    }
    await shutdown.close();
    expect(order).toEqual(['http', 'queue', 'database'].flatMap((name) => [`${name} closing`, `${name} closed`]));
  });

  it('tells loops to take no new work before anything closes', async () => {
    const shutdown = createShutdown(silent);
    let abortedFirst = false;
    shutdown.add('loop', () => {
      abortedFirst = shutdown.signal.aborted;
    });
    expect(shutdown.signal.aborted).toBe(false);
    await shutdown.close();
    expect(abortedFirst).toBe(true);
  });

  it('knows which part it waits for', async () => {
    const shutdown = createShutdown(silent);
    const seen: (string | null)[] = [];
    for (const name of ['database', 'queue']) shutdown.add(name, () => void seen.push(shutdown.pending()));
    await shutdown.close();
    expect(seen).toEqual(['queue', 'database']);
    expect(shutdown.pending()).toBeNull();
  });

  it('closes everything once, however often it is asked', async () => {
    const shutdown = createShutdown(silent);
    let closed = 0;
    shutdown.add('once', () => {
      closed += 1;
    });
    await Promise.all([shutdown.close(), shutdown.close()]);
    await shutdown.close();
    expect(closed).toBe(1);
  });

  it('goes on when a part fails to close, and says which', async () => {
    const lines: string[] = [];
    const shutdown = createShutdown(
      createLogger({ level: 'error', name: 'test', stream: { write: (line) => lines.push(line) } }),
    );
    let closed = false;
    shutdown.add('database', () => {
      closed = true;
    });
    shutdown.add('queue', () => Promise.reject(new Error('no')));
    await shutdown.close();
    expect(closed).toBe(true);
    expect(JSON.parse(lines.join(''))).toMatchObject({ part: 'queue', msg: 'could not close cleanly' });
  });
});

/** A process with a shutdown: `body` runs in it, and closing takes `closeMs`. */
async function run(body: string, closeMs: number, act: (child: ReturnType<typeof spawn>) => void) {
  const from = (name: string): string => join(projectRoot(), 'dist/src/platform', name);
  const script = `
    import { createLogger } from '${from('logger.js')}';
    import { closeOnSignals, createShutdown } from '${from('shutdown.js')}';
    const log = createLogger({ level: 'info', name: 'child' });
    const shutdown = createShutdown(log);
    closeOnSignals(shutdown, log);
    shutdown.add('part', () => new Promise((resolve) => setTimeout(resolve, ${String(closeMs)})).then(() => console.log('closed')));
    setInterval(() => undefined, 1000);
    ${body}
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
    if (chunk.toString().includes('ready')) act(child);
  });
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

describe('a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('closes its parts on %s and ends with 0', async (signal) => {
    const ended = await run('', 50, (child) => child.kill(signal));
    expect(ended).toMatchObject({ code: 0, stdout: 'ready\nclosed\n' });
  });

  it('ends at once on a second signal', async () => {
    const ended = await run(`process.on('SIGTERM', () => console.log('again ready'))`, 60_000, (child) =>
      child.kill('SIGTERM'),
    );
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stdout).not.toContain('closed');
  });

  it.each([
    ['an error nobody caught', `setTimeout(() => { throw new Error('王某某'); }, 20);`],
    ['a rejection nobody caught', `Promise.reject(new Error('王某某'));`],
  ])('ends with 1 after %s, which it logs without its words', async (_, body) => {
    const ended = await run(body, 0, () => undefined);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('"level":"fatal"');
    expect(ended.stderr).not.toContain('王某某');
  });
});
