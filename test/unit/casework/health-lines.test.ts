import { describe, expect, it } from 'vitest';
import { healthLines, type HealthFacts } from '../../../src/casework/health-lines.ts';
import type { FolderView } from '../../../src/casework/views.ts';

const FOLDER: FolderView = {
  mailbox: 'imap.example/office',
  path: 'INBOX',
  spam: false,
  listed: 3,
  lastPolledAt: new Date('2014-07-25T02:00:00Z'),
  lastError: null,
  health: 'ok',
};
const WELL: HealthFacts = {
  folders: [FOLDER],
  queueReachable: true,
  stuckItems: 0,
  lateSteps: 0,
  clockSuspended: false,
  lateLetters: 0,
  letterProblems: 0,
};

const codes = (facts: Partial<HealthFacts>) =>
  healthLines({ ...WELL, ...facts })
    .filter(({ state }) => state !== 'ok')
    .map(({ state, code }) => `${state} ${code}`);

describe('how the service is', () => {
  it('has one line for each part, and nothing to do when all is well', () => {
    const lines = healthLines(WELL);
    expect(lines.map(({ part }) => part).toSorted()).toEqual([
      'clocks',
      'database',
      'letters',
      'mailbox',
      'queue',
      'reader',
    ]);
    for (const line of lines) expect(line).toMatchObject({ state: 'ok', code: 'ok', todo: null });
  });

  it.each<[string, Partial<HealthFacts>]>([
    ['warning mailbox.none', { folders: [] }],
    ['failing mailbox.silent', { folders: [FOLDER, { ...FOLDER, health: 'silent' }] }],
    ['failing imap.refused-login', { folders: [{ ...FOLDER, health: 'failing', lastError: 'imap.refused-login' }] }],
    ['failing imap.protocol', { folders: [{ ...FOLDER, health: 'failing', lastError: 'imap.protocol' }] }],
    ['failing reader.stuck', { stuckItems: 2 }],
    ['failing clocks.suspended', { clockSuspended: true, lateSteps: 9 }],
    ['failing clocks.late', { lateSteps: 1 }],
    ['failing letters.late', { lateLetters: 4, letterProblems: 1 }],
    ['warning letters.problems', { letterProblems: 1 }],
    ['warning queue.unreachable', { queueReachable: false }],
  ])('%s', (code, facts) => {
    expect(codes(facts)).toEqual([code]);
  });

  it('says in Chinese what is wrong and what an official can do, whatever is wrong', () => {
    const broken = healthLines({
      folders: [{ ...FOLDER, health: 'failing', lastError: 'something.new' }],
      queueReachable: false,
      stuckItems: 1,
      lateSteps: 1,
      clockSuspended: false,
      lateLetters: 1,
      letterProblems: 0,
    });
    for (const { state, sentence, todo } of broken.filter((line) => line.state !== 'ok')) {
      expect(sentence, state).toMatch(/^[\p{Script=Han}0-9，、。；]+。$/u);
      expect(todo).toMatch(/^[\p{Script=Han}0-9，、。；]+。$/u);
    }
  });

  it('puts what is worst first', () => {
    const states = healthLines({ ...WELL, queueReachable: false, stuckItems: 1 }).map(({ state }) => state);
    expect(states).toEqual(['failing', 'warning', 'ok', 'ok', 'ok', 'ok']);
  });
});
