import { dayOf } from '../domain/calendar-date.ts';
import { CASE_STATE_NAMES } from '../domain/case-states.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { CaseFacts, FillContext } from './document-press.ts';
import type { CaseOfDocument, DocumentDependencies, DocumentTransaction } from './documents.ts';
import { identityContext } from './settle-mail.ts';
import type { SealedIdentity } from './views.ts';

type Opened = {
  readonly from?: string;
  readonly address?: string | null;
  readonly callerName?: string;
  readonly callerPhone?: string;
  readonly anonymous?: boolean;
  readonly keepSecret?: boolean;
};

/** Who wrote, for comparing and for addressing; never shown by what is done with it here. */
export type Writers = {
  readonly words: readonly string[];
  readonly anonymous: boolean;
  /** Of the first mail: the only address that we write to. */
  readonly address: string | null;
};

function openWriters({ sealer }: Pick<DocumentDependencies, 'sealer'>, identities: readonly SealedIdentity[]): Writers {
  const opened = identities.map(
    ({ itemId, sealed }) => JSON.parse(sealer.unseal(sealed, identityContext(itemId)).toString('utf8')) as Opened,
  );
  const address = opened.flatMap((one) => one.address ?? [])[0] ?? null;
  const names = opened.flatMap(({ from, callerName }) => [nameIn(from ?? ''), callerName ?? '']);
  const ways = opened.flatMap(({ address: written, callerPhone }) => [written ?? '', callerPhone ?? '']);
  return {
    words: [...names, ...ways].map((word) => word.trim()).filter((word) => word !== ''),
    anonymous: opened.some((one) => one.anonymous === true || one.keepSecret === true),
    address,
  };
}

/** "a@b (来信人)" and "来信人 <a@b>": what is not the address. */
function nameIn(shown: string): string {
  return shown.replaceAll(/[<(]?[\w.+-]+@[\w.-]+[>)]?/gu, '').replaceAll(/[()"<>]/gu, '');
}

/** Everything that the rules of documents need to know of a case. null: unknown, or not for this viewer. */
export async function loadFillContext(
  dependencies: DocumentDependencies,
  tx: DocumentTransaction,
  viewer: Viewer,
  caseId: number,
): Promise<{ readonly context: FillContext; readonly writers: Writers; readonly number: string } | null> {
  const found = await tx.readDocumentCase(viewer, caseId);
  const identities = await tx.readSealedIdentities(viewer, caseId);
  if (found === null || identities === null) return null;
  const writers = openWriters(dependencies, identities);
  const denied = found.denied.flatMap((unit) => [unit, ...dependencies.unitWords(unit)]);
  const context: FillContext = {
    profile: found.profile,
    lane: found.lane ?? 'request',
    confirmed: found.confirmed,
    today: dayOf(dependencies.clock.now()),
    facts: factsOf(dependencies, found),
    names: {
      complainant: writers.words,
      accused: [...denied, ...(found.targetName === null ? [] : [found.targetName])],
      handlers: found.staff,
      denied,
    },
    anonymous: writers.anonymous,
    signed: null,
    corrects: null,
  };
  return { context, writers, number: shownNumber(found.number) };
}

const CHANNEL_WORDS = { email: '电子邮件', phone: '电话' } as const;

function factsOf({ categoryName, unitWords }: DocumentDependencies, found: CaseOfDocument): CaseFacts {
  const { channel, category, assignedUnit, urgent, state, receivedAt, acceptedAt, dueAt, extendedDueAt } = found;
  const entries: readonly (readonly [string, string | null])[] = [
    ['caseNumber', shownNumber(found.number)],
    ['receivedOn', dayOf(receivedAt)],
    ['channel', CHANNEL_WORDS[channel]],
    ['acceptedOn', acceptedAt === null ? null : dayOf(acceptedAt)],
    ['dueOn', lastDay(dueAt)],
    ['extendedDueOn', lastDay(extendedDueAt)],
    ['category', category === null ? null : categoryName(category)],
    ['unit', assignedUnit === null ? null : (unitWords(assignedUnit)[0] ?? assignedUnit)],
    ['urgent', urgent ? '是' : '否'],
    ['state', CASE_STATE_NAMES[state]],
  ];
  return Object.fromEntries(entries.flatMap(([id, value]) => (value === null ? [] : [[id, value]])));
}

/** Clocks end at 24:00, which is 00:00 of the next day. */
function lastDay(dueAt: Date | null): string | null {
  return dueAt === null ? null : dayOf(new Date(dueAt.getTime() - 1));
}

/** In groups of three, as the citizen was told. */
function shownNumber(number: string): string {
  return number.replaceAll(/(\d{3})(?=\d)/gu, '$1 ');
}
