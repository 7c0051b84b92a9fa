import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barScale } from '../../../src/console/pages/today/bar-scale.ts';
import { EXAMPLES } from '../../../src/console/pages/sandbox/examples.ts';
import { becameOf, searchWords } from '../../../src/console/pages/sandbox/sent-mail.ts';
import { worksAtDesk } from '../../../src/console/shell/roles.ts';
import { ROLES } from '../../../src/domain/vocabulary.ts';
import { OFFICE } from '../../../src/http/access.ts';

describe('the desk', () => {
  it('opens its pages to the roles that the service opens the queue to, and to nobody else', () => {
    expect(ROLES.filter((role) => worksAtDesk(role))).toEqual(ROLES.filter((role) => OFFICE.includes(role)));
  });
});

describe('the scale of the chart', () => {
  it('holds the highest bar, begins at nothing, and goes in a few even steps of whole numbers', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), (most) => {
        const { top, lines } = barScale(most);
        expect(top).toBeGreaterThanOrEqual(Math.max(1, most));
        expect(lines[0]).toBe(0);
        expect(lines.at(-1)).toBe(top);
        expect(lines.length).toBeLessThanOrEqual(5);
        const [, step = 1] = lines;
        expect(lines).toEqual(lines.map((_, n) => n * step));
        expect(Number.isInteger(step)).toBe(true);
      }),
    );
  });

  it('wastes little room', () => {
    expect([0, 1, 5, 6, 9, 37].map((most) => barScale(most).top)).toEqual([1, 1, 6, 6, 10, 40]);
  });
});

describe('a mail that was sent for trial', () => {
  const mail = { sender: 'a@example.org', subject: ' 课后服务 ', text: '正文', at: '2026-07-24T06:30:10.400Z' };
  const row = (id: number, subject: string, receivedAt: string) => ({ id, subject, receivedAt });

  it('is the first case of its subject that is not older than the sending', () => {
    const rows = [
      row(9, '课后服务', '2026-07-24T06:31:00Z'),
      row(7, '课后服务', '2026-07-24T06:30:10Z'),
      row(5, '课后服务', '2026-07-24T06:29:00Z'),
      row(6, '课后服务费', '2026-07-24T06:30:11Z'),
    ];
    expect(becameOf(mail, rows)?.id).toBe(7);
    expect(becameOf(mail, rows.slice(2))).toBeNull();
  });

  it('is looked for by its subject, or by how its text begins', () => {
    expect(searchWords(mail)).toBe('课后服务');
    expect(searchWords({ subject: '', text: '\n第一行\n第二行' })).toBe('第一行');
    expect([...searchWords({ subject: '长'.repeat(300), text: '' })]).toHaveLength(40);
  });

  it('can be had ready-made, each from another sender of an invented domain', () => {
    expect(new Set(EXAMPLES.map(({ sender }) => sender)).size).toBe(EXAMPLES.length);
    expect(EXAMPLES.filter(({ sender }) => !sender.endsWith('@example.org'))).toEqual([]);
  });
});
