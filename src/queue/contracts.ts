import { z } from 'zod';
import { Fault } from '../platform/fault.ts';

/** Every queue of the house. A job in one of them is a hint that a PostgreSQL row is ready, never the work itself. */
export const QUEUE_NAMES = ['triage', 'letters', 'deadlines'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** How far ahead a deadline gets an alarm (ms). Bounds what the queue holds at any time; everything later waits in its row. */
export const ARMING_HORIZON_MS = 7_200_000;

/** Raised when a payload changes meaning. A job of another version is dropped: its row is still found by the sweeper. */
const VERSION = 1;

/**
 * Ids and versions only, so that a neighbour in Redis learns nothing and a forged job can do nothing but make us look.
 * A new field is optional for one release, with a comment saying until when.
 */
export const PAYLOADS = {
  triage: z.strictObject({ version: z.literal(VERSION) }),
  letters: z.strictObject({ version: z.literal(VERSION) }),
  deadlines: z.strictObject({ version: z.literal(VERSION), deadlineId: z.int().positive() }),
} as const satisfies Record<QueueName, z.ZodType>;

export type Payload<N extends QueueName> = z.infer<(typeof PAYLOADS)[N]>;

/** What is done on a hint. Idempotent: it runs once, several times or never for one hint, and the database decides. */
export type Handler<N extends QueueName> = (payload: Payload<N>) => Promise<void>;

/** The next step of a deadline that is to ring at `stepAt` (UTC). */
export type DueStep = { readonly id: number; readonly stepAt: Date };

/** "Look for work": carries nothing, the rows say what there is. */
export const WAKE_UP: Payload<'triage'> & Payload<'letters'> = { version: VERSION };

export function deadlinePayload(step: DueStep): Payload<'deadlines'> {
  return { version: VERSION, deadlineId: step.id };
}

/**
 * One job per deadline and step, whoever arms it and however often. Starts with a letter and has no ':', because
 * BullMQ refuses ids that look like integers or hold exactly one colon. A moved deadline gets another id.
 */
export function deadlineJobId({ id, stepAt }: DueStep): string {
  const stepSecond = Math.floor(stepAt.getTime() / 1000);
  if (!Number.isSafeInteger(id) || id < 1 || !Number.isSafeInteger(stepSecond)) {
    throw new Fault('internal', 'A deadline to arm needs a positive integer id and a valid time.');
  }
  return `t_${id}_${stepSecond}`;
}
