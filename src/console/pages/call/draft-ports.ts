import { api, ask, ApiProblem } from '../../api/client.ts';
import type { DraftPorts, PutAnswer } from './draft-keeper.ts';

/** A browser sends at most 64 KiB of `keepalive` bodies together, in bytes; Chinese takes three a character. */
const MOST_KEEPALIVE = 60_000;

/** A save that is not answered by then counts as not saved, ms: the person must not be told otherwise. */
const ANSWER_MS = 10_000;

/** Drafts at the service. */
export const draftPorts: DraftPorts = {
  async put({ id, version, form, leaving }): Promise<PutAnswer> {
    const body = { version, form };
    const keepalive = leaving && new TextEncoder().encode(JSON.stringify(body)).length < MOST_KEEPALIVE;
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const path = { uuid: id };
      const saved = await ask(api.PUT('/api/call-drafts/{uuid}', { params: { path }, body, keepalive, signal }));
      return { kind: 'saved', version: saved.version };
    } catch (error) {
      return putProblem(error);
    }
  },

  async read(id) {
    try {
      return await ask(api.GET('/api/call-drafts/{uuid}', { params: { path: { uuid: id } } }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return error.status === 404 ? null : 'no-answer';
    }
  },

  async remove(id) {
    try {
      await ask(api.DELETE('/api/call-drafts/{uuid}', { params: { path: { uuid: id } } }));
    } catch (error) {
      // The list of drafts shows it again, and there it can be thrown away; nothing is lost by it.
      if (!(error instanceof ApiProblem)) throw error;
    }
  },

  now: () => new Date(),
};

function putProblem(error: unknown): PutAnswer {
  if (!(error instanceof ApiProblem)) throw error;
  const { status } = error;
  if (status === 0 || status === 429 || status >= 500) return { kind: 'no-answer' };
  if (status === 401) return { kind: 'signed-out' };
  return { kind: status === 409 ? 'stale' : 'refused' };
}
