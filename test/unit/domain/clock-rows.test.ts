import { describe, expect, test } from 'vitest';
import { DEADLINE_KINDS, type DeadlineKind, planDeadline } from '../../../src/domain/deadlines.ts';
import type { Profile } from '../../../src/domain/vocabulary.ts';
import { officeCalendar, officeClocks } from './rule-files.ts';

const clocks = officeClocks();
const calendar = officeCalendar();

/** A Friday before a National Day in each profile, at ten in Lanzhou. */
const TRIGGERS: Readonly<Record<Profile, string>> = {
  '2014': '2014-09-26T10:00:00+08:00',
  '2022': '2026-09-18T10:00:00+08:00',
};

/** The last day of each length, counted by hand on the paper calendar of the year. */
const BY_HAND: Readonly<Record<Profile, Readonly<Record<string, string>>>> = {
  '2014': {
    '1 working': '2014-09-28',
    '3 working': '2014-09-30',
    '5 working': '2014-10-09',
    '7 working': '2014-10-11',
    '15 working': '2014-10-22',
    '30 working': '2014-11-12',
    '15 calendar': '2014-10-11',
    '30 calendar': '2014-10-27',
    '60 calendar': '2014-11-25',
    quarter: '2014-09-30',
  },
  '2022': {
    '1 working': '2026-09-20',
    '3 working': '2026-09-22',
    '5 working': '2026-09-24',
    '7 working': '2026-09-29',
    '15 working': '2026-10-15',
    '20 working': '2026-10-22',
    '30 working': '2026-11-05',
    '15 calendar': '2026-10-08',
    '30 calendar': '2026-10-19',
    '60 calendar': '2026-11-17',
    quarter: '2026-09-30',
  },
};

/** Lengths in time end at an instant, not with a day. */
const IN_TIME: Readonly<Record<string, number>> = {
  'at once': 0,
  '15 seconds': 15_000,
  '3 minutes': 180_000,
  '5 hours': 5 * 3_600_000,
  '24 hours': 24 * 3_600_000,
  '48 hours': 48 * 3_600_000,
};

type Row = readonly [title: string, in2014: string, in2022: string];

/** Every limit of the field: under 信访条例 and under 信访工作条例. `!` is set by law, without it the office's own target. */
const ROWS: readonly Row[] = [
  ['`ACK_MAIL` answers a mail within a day', '24 hours', '24 hours'],
  ['`ACK_PHONE` takes a ringing telephone', '15 seconds', '15 seconds'],
  ['`ACK_MEDIA` answers a short message', '3 minutes', '3 minutes'],
  ['`REG` registers without delay', 'at once!', 'at once!'],
  ['`NOTICE15` tells whether the matter is taken up', '15 calendar!', '15 calendar!'],
  ['`NOTICE15_FWD` tells the same for what came from above', '15 calendar!', '15 calendar!'],
  ['`OBJECT5` lets a unit send it back', '5 working', '5 working!'],
  ['`FWD15` passes it on', '15 calendar!', '15 calendar!'],
  ['`DONE60` does what was asked', '60 calendar!', '60 calendar!'],
  ['`EXT30` gives thirty days at most', '30 calendar!', '30 calendar!'],
  ['`REVIEW_ASK` lets the citizen ask for review', '30 calendar!', '30 calendar!'],
  ['`REVIEW` answers it', '30 calendar!', '30 calendar!'],
  ['`RECHECK_ASK` lets the citizen ask once more', '30 calendar!', '30 calendar!'],
  ['`RECHECK` answers for the last time', '30 calendar!', '30 calendar!'],
  ['`SUGG30` answers a proposal for improvement', '30 calendar!', '30 calendar'],
  ['`NAMED15` tells who gave his name that it is taken up', '15 working', '15 working!'],
  ['`NAMED_FB15` tells him what came of it', '15 working', '15 working!'],
  ['`DISC_UP5` hands it up within the inspection', '5 working', '5 working!'],
  ['`DISC_DOWN5` takes it below', '5 working', '5 working!'],
  ['`DISC_Q` reports by the end of the quarter', 'quarter', 'quarter!'],
  ['`STUREC_ISSUE` sends out the sheet', '3 working!', '3 working!'],
  ['`STUREC_CHECK` looks into it', '5 working!', '5 working!'],
  ['`STUREC_DECIDE` decides', '5 working!', '5 working!'],
  ['`STUREC_DONE` is done', '5 working!', '5 working!'],
  ['`TEACH30` decides on a teacher', '30 calendar!', '30 calendar!'],
  ['`UNIAPP_ASK` lets a student go on to the department', '15 working', '15 calendar!'],
  ['`UNIAPP` decides on a student', '30 working', '30 working!'],
  ['`INFO20` discloses', '15 working!', '20 working!'],
  ['`INFO_EXT20` discloses later', '15 working!', '20 working!'],
  ['`INFO_FIX7` asks what is meant', '7 working', '7 working!'],
  ['`REVIEW_ADMIN` lets the citizen go to 复议', '60 calendar!', '60 calendar!'],
  ['`MEDIA5` speaks first', '5 hours', '5 hours!'],
  ['`MEDIA24` meets the press', '24 hours', '24 hours!'],
  ['`MEDIA48` answers the public', '48 hours', '48 hours!'],
  ['`URGENT` reports up without delay', 'at once!', 'at once!'],
  ['`TRIAGE` confirms', '3 working', '3 working'],
  ['`SUPPLEMENT` waits for what is missing', '5 working', '5 working'],
  ['`SIGN1` signs', '1 working', '1 working'],
  ['`FEEDBACK` reports back where no day is named', '30 calendar', '30 calendar'],
  ['`SUPERIOR` reports up where no day is named', '30 calendar', '30 calendar'],
  ['`TARGET30` is the office’s own target', '30 calendar', '30 calendar'],
  ['`CHECK3` looks at a report', '3 working', '3 working'],
  ['`CALLBACK3` calls back', '3 working', '3 working'],
  ['`LEADER15` does what a leader has asked for', '15 calendar', '15 calendar'],
  ['`CALLBACK` keeps a promise to the instant', 'at once', 'at once'],
  ['`PERSON` does what only a person can do', '1 working', '1 working'],
];

const kindOf = (title: string): DeadlineKind => (/`(\w+)`/u.exec(title)?.[1] ?? '') as DeadlineKind; // compared below

describe('a limit of the field', () => {
  test('is in the table, each once, and nothing else is', () => {
    expect(ROWS.map(([title]) => kindOf(title)).toSorted()).toEqual(DEADLINE_KINDS.toSorted());
  });

  test.each(ROWS)('%s: %s, today %s', (title, in2014, in2022) => {
    for (const [profile, said] of [
      ['2014', in2014],
      ['2022', in2022],
    ] as const) {
      const length = said.replace('!', '');
      const trigger = new Date(TRIGGERS[profile]);
      const plan = planDeadline(clocks, calendar, kindOf(title), profile, trigger);
      const inTime = IN_TIME[length];
      const lastDay = new Date(`${BY_HAND[profile][length] ?? ''}T24:00:00+08:00`);
      const due = inTime === undefined ? lastDay : new Date(trigger.getTime() + inTime);
      expect([profile, plan.legal, plan.dueAt]).toEqual([profile, said.endsWith('!'), due]);
      expect(plan.basis).not.toBe('');
    }
  });

  test('that a person sets the length of ends with the day that was named', () => {
    const plan = planDeadline(clocks, calendar, 'FEEDBACK', '2022', new Date(TRIGGERS['2022']), 11);
    expect(plan).toMatchObject({ amount: 11, dueAt: new Date('2026-09-29T16:00:00Z') });
  });
});
