import {
  type Clock,
  type ClockLimit,
  type Clocks,
  CLOCK_UNITS,
  DEADLINE_KINDS,
  type DeadlineKind,
} from './deadlines.ts';
import { type Checked, checkData, type DataReader } from './plain-data.ts';

/** Whether the law sets the limit or the office itself, as rules/clocks.yaml says it. */
const FORCES = ['legal', 'internal'] as const;

/** Checks rules/clocks.yaml: every kind, every profile, and nothing else. */
export function checkClocks(data: unknown): Checked<Clocks> {
  return checkData((reader) => {
    const { clocks } = reader.fields(data, 'clocks', ['clocks']);
    const kinds = reader.fields(clocks, 'clocks', DEADLINE_KINDS);
    const read = DEADLINE_KINDS.map((kind) => [kind, readClock(reader, kinds[kind], `clocks.${kind}`)] as const);
    return Object.fromEntries(read) as Record<DeadlineKind, Clock>; // of all kinds, by the line above
  });
}

function readClock(reader: DataReader, data: unknown, at: string): Clock {
  const fields = reader.fields(data, at, ['name', '2014', '2022']);
  return {
    name: reader.text(fields.name, `${at}.name`),
    limits: {
      '2014': readLimit(reader, fields['2014'], `${at}.2014`),
      '2022': readLimit(reader, fields['2022'], `${at}.2022`),
    },
  };
}

function readLimit(reader: DataReader, data: unknown, at: string): ClockLimit {
  const fields = reader.fields(data, at, ['amount', 'unit', 'force', 'basis']);
  return {
    amount: reader.whole(fields.amount, `${at}.amount`, 0, 1000),
    unit: reader.oneOf(fields.unit, `${at}.unit`, CLOCK_UNITS),
    legal: reader.oneOf(fields.force, `${at}.force`, FORCES) === 'legal',
    basis: reader.text(fields.basis, `${at}.basis`),
  };
}
