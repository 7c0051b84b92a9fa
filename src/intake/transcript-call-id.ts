import type { JsonObject } from './transcript-rows.ts';

const CALL_ID_FIELDS = [
  'callId',
  'call_id',
  'CallId',
  'callID',
  'callRef',
  'call_ref',
  'recordId',
  'record_id',
  'recordingId',
  'sessionId',
  'session_id',
  'uuid',
  'key', // FunASR: the name under which the recording was handed in
];
const AUDIO_HASH_FIELDS = ['audioSha256', 'audio_sha256', 'audioHash', 'audio_hash', 'sha256'];
const ID = /^[A-Za-z0-9](?:[A-Za-z0-9_.:-]{6,78})[A-Za-z0-9]$/;
const SHA256 = /^[0-9a-f]{64}$/i;

/** Id of the call in the telephone system, by which a transcript finds the operator's form: from a known field, else from a file name that looks like an id. */
export function callIdOf(around: readonly JsonObject[], fileName: string): string | null {
  for (const object of around) {
    for (const field of CALL_ID_FIELDS) {
      const value = object[field];
      if (typeof value === 'number' && Number.isSafeInteger(value) && value > 9_999) return String(value);
      if (typeof value === 'string' && looksLikeId(value.trim())) return value.trim();
    }
  }
  const stem = fileStem(fileName);
  // Recorders like to put the caller's number into the name: that is identity, not an id to show.
  return looksLikeId(stem) && !SHA256.test(stem) && !/(?:^|\D)1[3-9]\d{9}(?:\D|$)/.test(stem) ? stem : null;
}

/** SHA-256 of the recording in lower-case hex: equal for one recording delivered under two call ids. */
export function audioSha256Of(around: readonly JsonObject[], fileName: string): string | null {
  const claimed = around.flatMap((object) => AUDIO_HASH_FIELDS.map((field) => object[field]));
  const hash = [...claimed, fileStem(fileName)].find((value) => typeof value === 'string' && SHA256.test(value));
  return typeof hash === 'string' ? hash.toLowerCase() : null;
}

/** Ids are long and mostly counted: "zh" (a FunASR key), "call" and "12345-transcript" are names, "20140722-0007" is an id. */
function looksLikeId(text: string): boolean {
  return ID.test(text) && (text.match(/\d/g)?.length ?? 0) >= 6;
}

/** The name without folders and without its endings (".wav.json"). */
function fileStem(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  return base.replace(/(?:\.[A-Za-z][A-Za-z0-9]{1,5}){1,3}$/, '');
}
