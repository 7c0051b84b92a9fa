import { sql } from 'kysely';
import type { ClaimedItem, EarlierItem, NewItem, SettledItem } from '../casework/records.ts';
import type { Db, Tx } from './database.ts';

export async function insertItems(tx: Tx, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  const of = <K extends keyof NewItem>(key: K) => items.map((item) => item[key]);
  await sql`insert into intake_items (id, channel, raw_id, state, disposition, case_id, provisional_case_id, same_as, flags, received_at, settled_at, answer)
            select id, channel, raw_id, state, disposition, case_id, provisional, same_as, string_to_array(flags, ','), received_at,
                   case when state = 'settled' then now() end, answer
            from unnest(${of('id')}::bigint[], ${of('channel')}::text[], ${of('rawId')}::bigint[], ${of('state')}::text[],
              ${of('disposition')}::text[], ${of('caseId')}::bigint[], ${of('provisionalCaseId')}::bigint[], ${of('sameAs')}::bigint[],
              ${items.map((item) => item.flags.join(','))}::text[], ${of('receivedAt')}::timestamptz[],
              ${of('answer')}::boolean[])
              as t(id, channel, raw_id, state, disposition, case_id, provisional, same_as, flags, received_at, answer)`.execute(
    tx,
  );
}

/**
 * Takes unread items for `leaseMs`. A lease that runs out gives the item back: nothing is lost when the reader dies.
 * Runs in a transaction of its own, so that a crash later is seen by everybody.
 */
export async function claimItems(db: Db, limit: number, leaseMs: number): Promise<ClaimedItem[]> {
  const { rows } = await sql<ClaimedItem>`
    with next as (
      select id from intake_items where state = 'received' and (lease_until is null or lease_until < now())
      order by id limit ${limit} for update skip locked)
    update intake_items i set lease_until = now() + make_interval(secs => ${leaseMs / 1000}), claims = i.claims + 1
    from next, raw_messages r where i.id = next.id and r.id = i.raw_id
    returning i.id as "itemId", i.raw_id as "rawId", r.source, i.channel, coalesce(r.name, '') as name, i.answer, i.claims, i.read_failures as "readFailures",
              i.provisional_case_id as "caseId", i.received_at as "receivedAt", i.flags, r.headers_only as "headersOnly",
              r.stored_bytes as "storedBytes"`.execute(db);
  return rows.toSorted((a, b) => a.itemId - b.itemId);
}

export async function countReadFailure(db: Db, itemId: number, retryAfterMs: number): Promise<void> {
  await sql`update intake_items set read_failures = read_failures + 1, lease_until = now() + make_interval(secs => ${retryAfterMs / 1000})
            where id = ${itemId}`.execute(db);
}

export async function postponeItem(db: Db, itemId: number, retryAfterMs: number): Promise<void> {
  await sql`update intake_items set lease_until = now() + make_interval(secs => ${retryAfterMs / 1000}) where id = ${itemId}`.execute(
    db,
  );
}

/** Locks the items and says which of them still wait: another worker may have settled one whose lease ran out. */
export async function lockUnsettled(tx: Tx, itemIds: readonly number[]): Promise<Set<number>> {
  const ids = [...itemIds].toSorted((a, b) => a - b);
  const { rows } = await sql<{ id: number }>`
    select id from intake_items where id = any(${ids}::bigint[]) and state = 'received' order by id for update`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.id));
}

/** Arrivals that could be the same mail take turns from here to COMMIT: whoever comes second sees the first. */
export async function lockArrivals(tx: Tx, keys: readonly string[]): Promise<void> {
  const ordered = [...new Set(keys)].toSorted();
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 11)) from unnest(${ordered}::text[]) key`.execute(tx);
}

/** Items read earlier that share the Message-ID or the content with one of ours, oldest first. */
export async function findEarlier(
  tx: Tx,
  messageIds: readonly string[],
  contents: readonly Buffer[],
): Promise<EarlierItem[]> {
  const { rows } = await sql<EarlierItem>`
    select i.id as "itemId", i.message_id as "messageId", encode(i.content_sha256, 'hex') as "contentHash", i.case_id as "caseId",
           i.disposition, i.received_at as "receivedAt", encode(d.sender_key, 'hex') as "senderKey"
    from intake_items i left join item_identities d on d.item_id = i.id
    where i.state = 'settled' and (i.message_id = any(${[...messageIds]}::text[]) or i.content_sha256 = any(${[...contents]}::bytea[]))
    order by i.id`.execute(tx);
  return rows;
}

export async function settleItems(tx: Tx, items: readonly SettledItem[]): Promise<void> {
  if (items.length === 0) return;
  const of = <K extends keyof SettledItem>(key: K) => items.map((item) => item[key]);
  await sql`update intake_items i set state = 'settled', settled_at = now(), lease_until = null, disposition = t.disposition,
              case_id = t.case_id, same_as = t.same_as, automatic = t.automatic, flags = string_to_array(t.flags, ','),
              message_id = t.message_id, content_sha256 = t.content, call_ref = t.call_ref, ack_send = t.ack_send, ack_reason = t.ack_reason
            from unnest(${of('itemId')}::bigint[], ${of('disposition')}::text[], ${of('caseId')}::bigint[], ${of('sameAs')}::bigint[],
              ${of('automatic')}::text[], ${items.map((item) => item.flags.join(','))}::text[], ${of('messageId')}::text[],
              ${of('contentSha256')}::bytea[], ${of('callRef')}::text[], ${of('ackSend')}::boolean[], ${of('ackReason')}::text[])
              as t(id, disposition, case_id, same_as, automatic, flags, message_id, content, call_ref, ack_send, ack_reason)
            where i.id = t.id`.execute(tx);
  await insertTexts(tx, items);
  await insertIdentities(tx, items);
}

async function insertTexts(tx: Tx, items: readonly SettledItem[]): Promise<void> {
  const texts = items.flatMap(({ itemId, text }) => (text === null ? [] : [{ item_id: itemId, ...text }]));
  if (texts.length === 0) return;
  await sql`insert into item_texts (item_id, subject, body, bigrams, parts, attachments, turns)
            select item_id, subject, body, bigrams, parts, attachments, nullif(turns, 'null')
            from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as
              t(item_id bigint, subject text, body text, bigrams int[], parts jsonb, attachments jsonb, turns jsonb)
            on conflict (item_id) do nothing`.execute(tx);
}

async function insertIdentities(tx: Tx, items: readonly SettledItem[]): Promise<void> {
  const identities = items.flatMap((item) =>
    item.identity === null ? [] : [{ itemId: item.itemId, ...item.identity }],
  );
  if (identities.length === 0) return;
  await sql`insert into item_identities (item_id, sealed, sender_key, domain_key)
            select * from unnest(${identities.map((i) => i.itemId)}::bigint[], ${identities.map((i) => i.sealed)}::bytea[],
              ${identities.map((i) => i.senderKey)}::bytea[], ${identities.map((i) => i.domainKey)}::bytea[])
            on conflict (item_id) do nothing`.execute(tx);
}

/** Cases of calls by the telephone system's id of the call. */
export async function findCallCases(tx: Tx, callRefs: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ call_ref: string; case_id: number }>`
    select distinct on (call_ref) call_ref, case_id from intake_items
    where call_ref = any(${[...callRefs]}::text[]) and case_id is not null order by call_ref, id`.execute(tx);
  return new Map(rows.map((row) => [row.call_ref, row.case_id]));
}
