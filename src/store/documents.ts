import { sql } from 'kysely';
import type {
  CaseOfDocument,
  DocumentOnItsWay,
  DocumentTransaction,
  DocumentView,
  NewDelivery,
  SignedContent,
  StoredDocument,
} from '../casework/documents.ts';
import type { DocumentKind } from '../domain/official-document.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';
import { person } from './person-json.ts';

/** What a case tells its documents. The clocks of acceptance are DONE60 and, after an extension, EXT30. */
export async function readDocumentCase(tx: Tx, viewer: Viewer, caseId: number): Promise<CaseOfDocument | null> {
  const { rows } = await sql<CaseOfDocument>`
    select c.number, c.profile, c.channel, c.lane, c.confirmed, c.state, c.category, c.urgent, c.assigned_unit as "assignedUnit",
      c.target_name as "targetName", c.received_at as "receivedAt", done.trigger_at as "acceptedAt", done.due_at as "dueAt",
      extended.due_at as "extendedDueAt",
      array(select unit from case_denials where case_id = c.id order by unit) as denied,
      array(select distinct u.name from users u where u.id = ${viewer.userId} or u.id in
              (select user_id from assignments where case_id = c.id and user_id is not null)) as staff
    from cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
      left join lateral (select trigger_at, due_at from deadlines where case_id = c.id and kind = 'DONE60' order by cycle desc limit 1) done on true
      left join lateral (select due_at from deadlines where case_id = c.id and kind = 'EXT30' order by cycle desc limit 1) extended on true
    where c.id = ${caseId} and not c.provisional`.execute(tx);
  return rows[0] ?? null;
}

/** Locks it until the transaction ends. */
export async function lockDocument(tx: Tx, viewer: Viewer, documentId: number): Promise<StoredDocument | null> {
  const { rows } = await sql<StoredDocument>`
    select d.id, d.case_id as "caseId", d.kind, d.state, d.version, d.drafted_by as "draftedBy", d.number,
           (select number from documents w where w.id = d.corrects) as corrects, d.fields_sealed as "fieldsSealed",
           d.pdf_sealed as "pdfSealed"
    from documents d join visible_cases v on v.case_id = d.case_id and v.viewer_id = ${viewer.userId}
    where d.id = ${documentId} for update of d`.execute(tx);
  return rows[0] ?? null;
}

export async function insertDocument(
  tx: Tx,
  document: Parameters<DocumentTransaction['insertDocument']>[0],
): Promise<void> {
  const { id, caseId, kind, corrects, fieldsSealed, draftedBy } = document;
  await sql`insert into documents (id, case_id, kind, corrects, fields_sealed, drafted_by)
            values (${id}, ${caseId}, ${kind}, ${corrects}, ${fieldsSealed}, ${draftedBy})`.execute(tx);
}

export async function reviseDocument(tx: Tx, id: number, fieldsSealed: Buffer, draftedBy: number): Promise<void> {
  await sql`update documents set fields_sealed = ${fieldsSealed}, drafted_by = ${draftedBy}, drafted_at = now(), state = 'draft',
              approved_by = null, approved_at = null, version = version + 1 where id = ${id}`.execute(tx);
}

export async function approveDocument(tx: Tx, id: number, by: number, at: Date): Promise<void> {
  await sql`update documents set state = 'approved', approved_by = ${by}, approved_at = ${at}, version = version + 1
            where id = ${id}`.execute(tx);
}

/** Signers of the same kind take turns here until COMMIT; a rollback gives the number back. */
export async function drawDocumentNumber(tx: Tx, kind: DocumentKind, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into document_numbers (kind, year, last) values (${kind}, ${year}, 1)
    on conflict (kind, year) do update set last = document_numbers.last + 1 returning last`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('unreachable: an upsert returns its row');
  return row.last;
}

export async function signDocument(tx: Tx, id: number, by: number, at: Date, content: SignedContent): Promise<void> {
  const { number, year, serial, contentSealed, pdfSealed, pdfSha256, docxSealed, docxSha256 } = content;
  await sql`update documents set state = 'signed', signed_by = ${by}, signed_at = ${at}, number = ${number}, year = ${year},
              serial = ${serial}, content_sealed = ${contentSealed}, pdf_sealed = ${pdfSealed}, pdf_sha256 = ${pdfSha256},
              docx_sealed = ${docxSealed}, docx_sha256 = ${docxSha256}, version = version + 1
            where id = ${id}`.execute(tx);
}

export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<void> {
  const { documentId, way, at, byUser, letterId, postNumber } = delivery;
  await sql`insert into document_deliveries (document_id, way, at, by_user, letter_id, post_number)
            values (${documentId}, ${way}, ${at}, ${byUser}, ${letterId}, ${postNumber})`.execute(tx);
}

export async function markDelivered(tx: Tx, id: number): Promise<void> {
  await sql`update documents set state = 'delivered' where id = ${id} and state = 'signed'`.execute(tx);
}

/** What became of the mails that carry documents: taken by the server is delivered, refused for good is a person's task. */
export async function recordDocumentMails(
  tx: Tx,
  fates: readonly { readonly letterId: number; readonly fate: 'sent' | 'failed' }[],
): Promise<void> {
  if (fates.length === 0) return;
  const of = (fate: 'sent' | 'failed') => fates.filter((one) => one.fate === fate).map(({ letterId }) => letterId);
  await sql`update documents d set state = 'delivered' from document_deliveries v
            where v.document_id = d.id and d.state = 'signed' and v.letter_id = any(${of('sent')}::bigint[])`.execute(
    tx,
  );
  await sql`insert into tasks (kind, reason, case_id)
            select 'delivery-failed', 'refused', d.case_id from document_deliveries v join documents d on d.id = v.document_id
            where v.letter_id = any(${of('failed')}::bigint[]) on conflict do nothing`.execute(tx);
}

type ViewRow = Omit<DocumentView, 'deliveries' | 'pdfSha256' | 'docxSha256'> & {
  readonly pdfSha256: string | null;
  readonly docxSha256: string | null;
};

const VIEW = sql`
  d.id, d.case_id as "caseId", d.kind, d.state, d.version, d.number, d.drafted_at as "draftedAt", d.approved_at as "approvedAt",
  d.signed_at as "signedAt", encode(d.pdf_sha256, 'hex') as "pdfSha256", encode(d.docx_sha256, 'hex') as "docxSha256",
  (select number from documents w where w.id = d.corrects) as corrects, ${person('a')} as "draftedBy",
  case when p.id is null then null else ${person('p')} end as "approvedBy",
  case when s.id is null then null else ${person('s')} end as "signedBy"`;
const PEOPLE = sql`join users a on a.id = d.drafted_by left join users p on p.id = d.approved_by left join users s on s.id = d.signed_by`;

/** The documents of a case, oldest first. null: no such case for this viewer. */
export async function listDocuments(db: Db, viewer: Viewer, caseId: number): Promise<readonly DocumentView[] | null> {
  const seen =
    await sql`select 1 from visible_cases where viewer_id = ${viewer.userId} and case_id = ${caseId}`.execute(db);
  if (seen.rows.length === 0) return null;
  const { rows } =
    await sql<ViewRow>`select ${VIEW} from documents d ${PEOPLE} where d.case_id = ${caseId} order by d.id`.execute(db);
  return withDeliveries(db, rows);
}

const MOST_WAITING = 200;

/** What is drafted, approved or signed and not delivered, in the cases of this viewer, oldest first. */
export async function listDocumentsOnTheirWay(db: Db, viewer: Viewer): Promise<readonly DocumentOnItsWay[]> {
  const { rows } = await sql<DocumentOnItsWay>`
    select d.id, d.case_id as "caseId", c.number as "caseNumber", d.kind, d.state, d.number, ${person('a')} as "draftedBy",
           d.drafted_at as "draftedAt",
           exists (select 1 from document_deliveries v left join letters l on l.id = v.letter_id
                   where v.document_id = d.id and l.state is distinct from 'failed')
             or exists (select 1 from documents r where r.corrects = d.id and r.number is not null) as "underWay"
    from documents d join users a on a.id = d.drafted_by join cases c on c.id = d.case_id
      join visible_cases s on s.case_id = d.case_id and s.viewer_id = ${viewer.userId}
    where d.state <> 'delivered' order by d.drafted_at, d.id limit ${MOST_WAITING}`.execute(db);
  return rows;
}

export type SealedDocument = {
  readonly view: DocumentView;
  readonly fieldsSealed: Buffer;
  readonly contentSealed: Buffer | null;
  readonly pdfSealed: Buffer | null;
  readonly docxSealed: Buffer | null;
};

/** null: unknown, or of a case that this viewer may not see. */
export async function readDocument(db: Db, viewer: Viewer, documentId: number): Promise<SealedDocument | null> {
  type Sealed = {
    fieldsSealed: Buffer;
    contentSealed: Buffer | null;
    pdfSealed: Buffer | null;
    docxSealed: Buffer | null;
  };
  const { rows } = await sql<ViewRow & Sealed>`
    select ${VIEW}, d.fields_sealed as "fieldsSealed", d.content_sealed as "contentSealed", d.pdf_sealed as "pdfSealed",
           d.docx_sealed as "docxSealed"
    from documents d ${PEOPLE} join visible_cases v on v.case_id = d.case_id and v.viewer_id = ${viewer.userId}
    where d.id = ${documentId}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { fieldsSealed, contentSealed, pdfSealed, docxSealed, ...seen } = row;
  const [view] = await withDeliveries(db, [seen]);
  return view === undefined ? null : { view, fieldsSealed, contentSealed, pdfSealed, docxSealed };
}

async function withDeliveries(db: Db, documents: readonly ViewRow[]): Promise<readonly DocumentView[]> {
  type Row = Omit<DocumentView['deliveries'][number], 'letter'> &
    NonNullable<DocumentView['deliveries'][number]['letter']> & { documentId: number };
  const { rows } = await sql<Row>`
    select v.document_id as "documentId", v.way, v.at, v.post_number as "postNumber", ${person('u')} as by,
           l.state, l.smtp_code as "smtpCode", l.sent_at as "sentAt"
    from document_deliveries v join users u on u.id = v.by_user left join letters l on l.id = v.letter_id
    where v.document_id = any(${documents.map(({ id }) => id)}::bigint[]) order by v.id`.execute(db);
  return documents.map((document) => ({
    ...document,
    deliveries: rows
      .filter(({ documentId }) => documentId === document.id)
      .map(({ way, at, by, postNumber, state, smtpCode, sentAt }) => ({
        way,
        at,
        by,
        postNumber,
        letter: way === 'mail' ? { state, smtpCode, sentAt } : null,
      })),
  }));
}
