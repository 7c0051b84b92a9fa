import { z } from 'zod';
import { INVALID_CALL_REASONS, type CallForm } from '../intake/call-form.ts';
import { line, prose } from './fields.ts';

/** The hotline form. Nothing in it is trusted and nothing is prettied up: what the operator typed is what is kept. */
const FIELDS = {
  callRef: line(200).exactOptional().describe('Id of the call in the telephone system.'),
  startedAt: z.iso.datetime({ offset: true }).exactOptional().describe('When the call came in.'),
  callerName: line(100).exactOptional(),
  callerPhone: line(50).exactOptional(),
  anonymous: z.boolean(),
  keepSecret: z.boolean(),
  place: line(200).exactOptional(),
  accusedUnit: line(200).exactOptional(),
  text: prose(50_000),
  wants: prose(5_000).exactOptional(),
  transcript: prose(200_000).exactOptional(),
  promises: z.array(prose(500)).max(20).readonly().exactOptional(),
  outcome: z.enum(['case', 'invalid']),
  invalidReason: z.enum(INVALID_CALL_REASONS).exactOptional(),
};

export const CALL_FORM = z.strictObject(FIELDS).meta({ id: 'CallForm' }) satisfies z.ZodType<CallForm>;

/** A form that is still being typed: anything may be missing or empty. */
export const CALL_DRAFT_FORM = z.strictObject({
  callRef: z.string().max(200).exactOptional(),
  startedAt: FIELDS.startedAt,
  callerName: z.string().max(100).exactOptional(),
  callerPhone: z.string().max(50).exactOptional(),
  anonymous: z.boolean().exactOptional(),
  keepSecret: z.boolean().exactOptional(),
  place: z.string().max(200).exactOptional(),
  accusedUnit: z.string().max(200).exactOptional(),
  text: prose(50_000).exactOptional(),
  wants: FIELDS.wants,
  transcript: FIELDS.transcript,
  promises: FIELDS.promises,
  outcome: FIELDS.outcome.exactOptional(),
  invalidReason: FIELDS.invalidReason,
}) satisfies z.ZodType<Partial<CallForm>>;
