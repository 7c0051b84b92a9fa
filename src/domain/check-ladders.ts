import { DEADLINE_KINDS, type DeadlineKind } from './deadlines.ts';
import { type Ladders, LADDER_STEPS, type Rung } from './ladder.ts';
import { type Checked, checkData, type DataReader } from './plain-data.ts';

/** Checks rules/ladders.yaml: every clock has a ladder, and each ladder climbs. */
export function checkLadders(data: unknown): Checked<Ladders> {
  return checkData((reader) => {
    const { ladders } = reader.fields(data, 'ladders', ['ladders']);
    const kinds = reader.fields(ladders, 'ladders', DEADLINE_KINDS);
    const read = DEADLINE_KINDS.map((kind) => [kind, readLadder(reader, kinds[kind], `ladders.${kind}`)] as const);
    return Object.fromEntries(read) as Record<DeadlineKind, readonly Rung[]>; // of all kinds, by the line above
  });
}

function readLadder(reader: DataReader, data: unknown, at: string): readonly Rung[] {
  const rungs = reader.list(data, at).map((rung, index) => readRung(reader, rung, `${at}[${index}]`));
  // A deadline that nobody is told of would pass unseen.
  if (!rungs.some(({ workingDays }) => workingDays === 0)) reader.problem(at, '应有 workingDays 为 0 的一级');
  rungs.forEach((rung, index) => {
    const below = rungs[index - 1];
    if (below !== undefined && !climbs(below, rung)) reader.problem(`${at}[${index}]`, '应在前一级之后');
  });
  return rungs;
}

function climbs(below: Rung, above: Rung): boolean {
  return above.workingDays > below.workingDays && LADDER_STEPS.indexOf(above.step) > LADDER_STEPS.indexOf(below.step);
}

function readRung(reader: DataReader, data: unknown, at: string): Rung {
  const fields = reader.fields(data, at, ['step', 'workingDays']);
  const step = reader.oneOf(fields.step, `${at}.step`, LADDER_STEPS);
  const workingDays = reader.whole(fields.workingDays, `${at}.workingDays`, -30, 90);
  if ((step === 'warn') !== workingDays < 0) reader.problem(at, 'warn 应在到期之前，其余各级应在到期当时或之后');
  return { step, workingDays };
}
