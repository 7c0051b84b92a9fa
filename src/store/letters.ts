import { sql } from 'kysely';
import type { ClaimedLetter, LetterCandidate, LetterOutcome, LookupCode, NewLetter } from '../casework/records.ts';
import type { Db, Tx } from './database.ts';

export async function insertLetters(tx: Tx, letters: readonly NewLetter[]): Promise<void> {
  if (letters.length === 0) return;
  const of = <K extends keyof NewLetter>(key: K) => letters.map((letter) => letter[key]);
  await sql`insert into letters (id, kind, case_id, message_id, envelope_from, recipient_sealed, recipient_key, domain_key,
                                 public_domain, bytes_sealed, bytes_sha256, not_before, state)
            select *, 'pending' from unnest(${of('id')}::bigint[], ${of('kind')}::text[], ${of('caseId')}::bigint[],
              ${of('messageId')}::text[], ${of('envelopeFrom')}::text[], ${of('recipientSealed')}::bytea[], ${of('recipientKey')}::bytea[],
              ${of('domainKey')}::bytea[], ${of('publicDomain')}::boolean[], ${of('bytesSealed')}::bytea[], ${of('bytesSha256')}::bytea[],
              ${of('notBefore')}::timestamptz[])`.execute(tx);
}

export async function writeLookupCodes(tx: Tx, codes: readonly LookupCode[]): Promise<void> {
  if (codes.length === 0) return;
  await sql`insert into lookup_codes (case_id, salt, hash) select * from unnest(${codes.map((c) => c.caseId)}::bigint[],
            ${codes.map((c) => c.salt)}::bytea[], ${codes.map((c) => c.hash)}::bytea[])
            on conflict (case_id) do update set salt = excluded.salt, hash = excluded.hash`.execute(tx);
}

/**
 * Due letters, oldest first, with the counts that the caps are judged by. Claimers take turns until COMMIT, so that two of
 * them cannot each see room for the same last letter.
 */
export async function letterCandidates(tx: Tx, limit: number): Promise<LetterCandidate[]> {
  await sql`select pg_advisory_xact_lock(7414022002)`.execute(tx);
  const { rows } = await sql<LetterCandidate>`
    with due as (
      select * from letters where state in ('pending', 'held') and not_before <= now() order by not_before, id limit ${limit} for update),
    everything as (select ${windowOf('1 hour')} as w from letters s where s.data_at > now() - interval '1 hour')
    select d.id, d.kind, d.state, d.case_id as "caseId", encode(d.recipient_key, 'hex') as "recipientKey",
      encode(d.domain_key, 'hex') as "domainKey", d.public_domain as "publicDomain", d.submissions > 0 as resend,
      (select ${windowOf('1 hour')} from letters s where s.recipient_key = d.recipient_key and s.data_at > now() - interval '1 hour') as "senderHour",
      (select ${windowOf('1 day')} from letters s where s.recipient_key = d.recipient_key and s.data_at > now() - interval '1 day') as "senderDay",
      (select ${windowOf('1 hour')} from letters s where s.domain_key = d.domain_key and s.data_at > now() - interval '1 hour') as "domainHour",
      (select w from everything) as "allHour"
    from due d order by d.not_before, d.id`.execute(tx);
  return rows;
}

const windowOf = (length: string) =>
  sql`json_build_object('letters', count(*), 'oldestAgeMs', coalesce(extract(epoch from now() - min(s.data_at)) * 1000, ${length === '1 day' ? 86_400_000 : 3_600_000}::int))`;

/** A document acknowledges nothing: its fate is its own and tells the case nothing (`caseIds` is empty). `dataAt` is stamped already here: from now on the letter counts against the caps. */
export async function claimLetters(tx: Tx, ids: readonly number[], leaseMs: number): Promise<ClaimedLetter[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ClaimedLetter>`
    update letters l set state = 'claimed', attempts = l.attempts + 1, data_at = now(),
           lease_until = now() + make_interval(secs => ${leaseMs / 1000})
    where id = any(${[...ids]}::bigint[])
    returning id, envelope_from as "envelopeFrom", recipient_sealed as "recipientSealed", bytes_sealed as "bytesSealed", attempts, submissions,
      case kind when 'digest' then array(select case_id from digest_cases dc where dc.letter_id = l.id)
        when 'document' then '{}'::bigint[] else array[case_id] end as "caseIds"`.execute(tx);
  return rows.map((row) => ({ ...row, caseIds: row.caseIds.map(Number) })).toSorted((a, b) => a.id - b.id);
}

/** Every acknowledgement held for one recipient that never went out, with the sealed address. */
export async function heldFor(tx: Tx, recipientKey: string) {
  const { rows } = await sql<{ id: number; caseId: number; recipientSealed: Buffer }>`
    select id, case_id as "caseId", recipient_sealed as "recipientSealed" from letters
    where recipient_key = decode(${recipientKey}, 'hex') and state = 'held' and kind = 'acknowledgement' and submissions = 0
    order by id limit 100 for update`.execute(tx);
  return rows;
}

/** One letter in the place of several: those it merges are never sent themselves. */
export async function insertDigest(
  tx: Tx,
  letter: NewLetter,
  caseIds: readonly number[],
  merged: readonly number[],
): Promise<void> {
  await insertLetters(tx, [letter]);
  await sql`insert into digest_cases (letter_id, case_id) select ${letter.id}, case_id from unnest(${[...caseIds]}::bigint[]) case_id`.execute(
    tx,
  );
  await sql`update letters set state = 'merged', merged_into = ${letter.id} where id = any(${[...merged]}::bigint[])`.execute(
    tx,
  );
}

export async function holdLetters(
  tx: Tx,
  held: readonly { readonly id: number; readonly until: Date }[],
): Promise<void> {
  if (held.length === 0) return;
  await sql`update letters l set state = 'held', not_before = t.until
            from unnest(${held.map((h) => h.id)}::bigint[], ${held.map((h) => h.until)}::timestamptz[]) as t(id, until) where l.id = t.id`.execute(
    tx,
  );
}

/**
 * The point of no return: after this COMMIT a letter may have reached the other side whatever happens to us.
 * Answers the ids that were still ours.
 */
export async function commitData(db: Db, ids: readonly number[], leaseMs: number): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    update letters set state = 'data', submissions = submissions + 1, data_at = now(), lease_until = now() + make_interval(secs => ${leaseMs / 1000})
    where id = any(${[...ids]}::bigint[]) and state = 'claimed' returning id`.execute(db);
  return new Set(rows.map((row) => row.id));
}

export async function recordOutcomes(tx: Tx, outcomes: readonly LetterOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const of = <K extends keyof LetterOutcome>(key: K) => outcomes.map((outcome) => outcome[key]);
  await sql`update letters l set state = t.state, smtp_code = t.code, lease_until = null, not_before = coalesce(t.retry_at, l.not_before),
              submissions = l.submissions - case when t.give_back and l.state = 'data' then 1 else 0 end,
              data_at = case when t.give_back then null else l.data_at end,
              sent_at = case when t.state = 'sent' then now() else l.sent_at end
            from unnest(${of('id')}::bigint[], ${of('state')}::text[], ${of('retryAt')}::timestamptz[], ${of('smtpCode')}::int[],
              ${of('giveBack')}::boolean[]) as t(id, state, retry_at, code, give_back)
            where l.id = t.id and l.state in ('claimed', 'data')`.execute(tx);
}

/**
 * Puts letters right whose sender died: claimed goes back to pending (nothing was sent yet), data becomes unknown
 * (it may have been), and an unknown one is tried once more, or given up after the second time.
 */
export async function recoverLetters(tx: Tx): Promise<
  {
    readonly id: number;
    readonly caseIds: readonly number[];
    readonly became: 'pending' | 'unknown' | 'resend' | 'given-up';
  }[]
> {
  const { rows } = await sql<{ id: number; caseIds: number[]; became: 'pending' | 'unknown' | 'resend' | 'given-up' }>`
    with stuck as (
      select id, state, submissions from letters
      where (state in ('claimed', 'data') and lease_until < now()) or (state = 'unknown' and not_before < now())
      order by id limit 200 for update skip locked)
    update letters l set
      state = case when s.state = 'claimed' then 'pending' when s.state = 'data' then 'unknown' when s.submissions < 2 then 'pending' else 'unknown' end,
      not_before = case when s.state = 'unknown' and s.submissions >= 2 then 'infinity' else now() end,
      data_at = case when s.state = 'claimed' and s.submissions = 0 then null else l.data_at end,
      lease_until = null
    from stuck s where s.id = l.id
    returning l.id, case when s.state = 'claimed' then 'pending' when s.state = 'data' then 'unknown'
                         when s.submissions < 2 then 'resend' else 'given-up' end as became,
      case l.kind when 'digest' then array(select case_id from digest_cases dc where dc.letter_id = l.id)
        when 'document' then '{}'::bigint[] else array[l.case_id] end as "caseIds"`.execute(tx);
  return rows.map((row) => ({ ...row, caseIds: row.caseIds.map(Number) }));
}

/** The letter of a token that came back, if it exists: its first case, its recipient and state. */
export async function findLetters(tx: Tx | Db, ids: readonly number[]) {
  const { rows } = await sql<{ id: number; caseId: number; recipientKey: string; sentAt: Date | null }>`
    select id, case_id as "caseId", encode(recipient_key, 'hex') as "recipientKey", coalesce(sent_at, data_at) as "sentAt"
    from letters where id = any(${[...ids]}::bigint[])`.execute(tx);
  return rows;
}

export async function recordDelivery(
  tx: Tx,
  letterId: number,
  delivery: 'bounced' | 'delayed' | 'delivered',
): Promise<void> {
  // A delay report that arrives after the bounce changes nothing.
  await sql`update letters set delivery = ${delivery} where id = ${letterId} and (delivery is null or delivery = 'delayed')`.execute(
    tx,
  );
}

/** The clear code exists only in these bytes: once delivered for `hours`, they go. */
export async function wipeSentLetters(db: Db, hours: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update letters set bytes_sealed = null
    where bytes_sealed is not null and state in ('sent', 'merged') and coalesce(sent_at, created_at) < now() - make_interval(hours => ${hours}) returning id`.execute(
    db,
  );
  return rows.length;
}
