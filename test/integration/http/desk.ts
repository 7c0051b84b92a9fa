import { randomBytes } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { orderMany } from '../../../src/casework/bulk-orders.ts';
import { changeCase } from '../../../src/casework/change-case.ts';
import { logCall } from '../../../src/casework/log-call.ts';
import { settleSuggestion } from '../../../src/casework/settle-suggestion.ts';
import { splitCase } from '../../../src/casework/split-case.ts';
import { readCaseLinks } from '../../../src/store/case-suggestions.ts';
import { receiveFiles } from '../../../src/casework/receive.ts';
import type { House } from '../../../src/compose.ts';
import { workingDaysUntil } from '../../../src/domain/calendar.ts';
import type { Role, Viewer } from '../../../src/domain/vocabulary.ts';
import { createHttpApp, type HttpLimits } from '../../../src/http/create-http-app.ts';
import type { HttpDependencies } from '../../../src/http/dependencies.ts';
import { explainDeadline } from '../../../src/http/explain-deadline.ts';
import type { HttpApp } from '../../../src/http/http-app.ts';
import type { RouteTable } from '../../../src/http/route-table.ts';
import { createDocumentPress } from '../../../src/letters/document-press.ts';
import { readMailHtml } from '../../../src/intake/mail-html.ts';
import type { ParsedMail } from '../../../src/intake/item.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { systemRandom } from '../../../src/platform/random.ts';
import { draftFunctions } from '../../../src/roles/call-drafts.ts';
import { documentFunctions } from '../../../src/roles/documents.ts';
import { noteFunctions } from '../../../src/roles/notes.ts';
import { readOpenOrders } from '../../../src/roles/open-orders.ts';
import { reportFunctions } from '../../../src/roles/reports.ts';
import { finishVisibleTask, readingFunctions } from '../../../src/roles/reading.ts';
import { createChangeHub, type ChangeHub } from '../../../src/roles/change-hub.ts';
import { workFunctions } from '../../../src/roles/queue-work.ts';
import { ruleFunctions } from '../../../src/roles/rule-office.ts';
import { forecastFor } from '../../../src/roles/forecast.ts';
import { createRulesInForce } from '../../../src/office-rules.ts';
import { sessionFunctions } from '../../../src/roles/sessions.ts';
import { readToday } from '../../../src/roles/today.ts';
import type { Verdict } from '../../../src/rules/verdict.ts';
import { createUser, issueToken, viewerOfToken } from '../../../src/store/accounts.ts';
import { openBulkOrder } from '../../../src/store/bulk-orders.ts';
import { openDatabase, type OpenDatabase } from '../../../src/store/database.ts';
import { findSimilar } from '../../../src/store/similar.ts';
import { listenToChanges, whoSees } from '../../../src/store/listen-changes.ts';
import { listTasks } from '../../../src/store/task-list.ts';
import { createTestDatabase } from '../../support/database.ts';
import { shippedOffice } from '../../support/shipped-office.ts';
import { createIntake, receiveMail, verdictOn, type ReceivedMail, type TestIntake } from './receive-mail.ts';

/** Everybody who may stand at the door. `disabled` was a triage officer once. */
export const STAFF = [
  'operator',
  'triage',
  'investigator',
  'unit-head',
  'supervisor',
  'discipline',
  'custodian',
  'auditor',
  'admin',
] as const satisfies readonly Role[];
export type Persona = (typeof STAFF)[number] | 'disabled' | 'bad-token' | 'nobody';

export type Desk = {
  readonly app: HttpApp;
  readonly routes: RouteTable;
  readonly database: OpenDatabase;
  readonly dependencies: HttpDependencies;
  /** Who listens to what changes. */
  readonly hub: ChangeHub;
  /** Everything that was logged, line by line. */
  readonly log: string[];
  viewer(persona: (typeof STAFF)[number]): Viewer;
  token(persona: Persona): string | null;
  /** A request of one persona, JSON in and out. */
  as(persona: Persona, request: InjectOptions): Promise<LightMyRequestResponse>;
  /** A mail through the real intake, read by hand: what a parser would have answered is given. */
  receiveMail(mail: Partial<ParsedMail>, options?: { verdict?: Partial<Verdict>; raw?: Buffer }): Promise<ReceivedMail>;
  close(): Promise<void>;
};

/** The API on a real PostgreSQL with the real use cases. Only the rules and the mail parser are given their answers. */
export async function openDesk(
  options: { limits?: Partial<HttpLimits>; replace?: Partial<HttpDependencies>; metricsToken?: string } = {},
): Promise<Desk> {
  const test = await createTestDatabase();
  const database = openDatabase(test.url, { max: 8, applicationName: 'shouli-test' });
  const log: string[] = [];
  const accounts = await createAccounts(database);
  const intake = createIntake(database);
  const stop = new AbortController();
  const hub = createChangeHub(
    (viewers, cases) => whoSees(database.db, viewers, cases),
    (error) => log.push(String(error)),
  );
  listenToChanges(database, stop.signal, hub.hear);
  const dependencies = { ...createDependencies(database, intake, hub), ...options.replace };
  const { app, routes } = await createHttpApp({
    dependencies,
    log: createLogger({ level: 'trace', name: 'api', stream: { write: (line) => log.push(line) } }),
    metrics: createMetrics(),
    publicUrl: 'https://xiaoneng.example',
    metricsToken: options.metricsToken ?? null,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  await app.ready();
  return {
    app,
    routes,
    database,
    dependencies,
    log,
    viewer: (persona) => ({ userId: accounts.ids.get(persona) ?? 0, role: persona }),
    token: (persona) => accounts.tokens.get(persona) ?? null,
    as(persona, request) {
      const token = accounts.tokens.get(persona);
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return app.inject({ ...request, headers: { ...authorization, ...request.headers } });
    },
    receiveMail: (mail, more = {}) => receiveMail(intake, mail, more),
    hub,
    async close() {
      stop.abort();
      hub.close();
      await app.close();
      await database.close();
      await test.drop();
    },
  };
}

async function createAccounts({ db }: OpenDatabase) {
  const ids = new Map<Persona, number>();
  const tokens = new Map<Persona, string>([['bad-token', `shouli_${randomBytes(32).toString('base64url')}`]]);
  for (const role of STAFF) {
    const id = await createUser(db, `岗位 ${role}`, role);
    ids.set(role, id);
    tokens.set(role, await issueToken(db, id, 'test'));
  }
  const disabled = await createUser(db, '已停用', 'triage');
  tokens.set('disabled', await issueToken(db, disabled, 'test'));
  await db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', disabled).execute();
  return { ids, tokens };
}

const UNITS: ReadonlyMap<string, string> = new Map([
  ['FIN', '财务处'],
  ['BASIC', '基础教育处'],
  ['EXAM', '教育考试院'],
  ['DISC', '驻厅纪检监察组'],
  ['NONEDU', '非教育事项'],
  ['UNRESOLVED', '待人工确定'],
]);

const unitsNamed = (name: string): string[] => [...UNITS].filter(([, called]) => called === name).map(([id]) => id);

function createDependencies(
  database: OpenDatabase,
  { store, sealer, timing, settle }: TestIntake,
  hub: ChangeHub,
): HttpDependencies {
  const { db } = database;
  const house = { database, sealer } as House; // the functions taken from the roles use nothing else of it
  const casework = { timing, sealer, clock: systemClock, random: systemRandom };
  const orders = { ...casework, denyClosure: (units: readonly string[]) => units, claimMinutes: 30 };
  const judge = ({ text }: { readonly text: string }) => ({ verdict: verdictOn(text), rulesVersion: 'test-1' });
  return {
    viewerOfToken: (token) => viewerOfToken(db, token),
    names: {
      category: (category) => `第${String(category)}类`,
      unit: (id) => UNITS.get(id) ?? null,
      clock: (kind) => timing.clocks[kind].name,
      reason: (id) => `理由 ${id}`,
    },
    readRegistry: () => REGISTRY,
    readToday: (viewer) =>
      readToday({ ...house, timing }, { reachable: () => Promise.resolve(true) }, viewer, new Date()),
    forecastDeadlines: (viewer, days) => forecastFor({ ...house, timing }, viewer, days, new Date()),
    findSimilar: (viewer, text, excludeCaseId) => findSimilar(db, viewer, text, excludeCaseId),
    ...workFunctions({ database, timing, store, sealer, unitsNamed }, 30),
    workingDaysLeft: (dueAt) => workingDaysUntil(timing.calendar, new Date(), dueAt),
    explainDeadline: (deadline, profile) => explainDeadline(timing, deadline, profile, new Date()),
    ...readingFunctions(house, { readHtml: async (bytes) => ({ kind: 'html', page: await readMailHtml(bytes) }) }),
    changeCase: (viewer, caseId, version, order) =>
      changeCase({ ...orders, transact: store.change }, viewer, caseId, version, order),
    orderMany: (viewer, key, action, items) => {
      const openOrder = openBulkOrder.bind(null, db);
      return orderMany({ ...orders, transact: store.bulk, openOrder }, viewer, key, action, items);
    },
    readOrders: (viewer, caseId) => readOpenOrders(db, timing, viewer, caseId),
    splitCase: (viewer, caseId, version, order) =>
      splitCase(
        { ...casework, transact: store.split, denyClosure: (units) => units },
        viewer,
        { caseId, version },
        order,
      ),
    readCaseLinks: (viewer, caseId) => readCaseLinks(db, viewer, caseId),
    settleSuggestion: (viewer, place, answer) => settleSuggestion(store.suggestion, viewer, place, answer),
    notes: noteFunctions({ database, sealer, store }),
    documents: documentFunctions(
      { database, store, sealer, acknowledge: settle.acknowledge, press: createPress() },
      { unitWords: (unit) => [UNITS.get(unit) ?? unit], categoryName: (category) => `第${String(category)}类` },
      () => undefined,
    ),
    reports: reportFunctions({ database, store }),
    listTasks: (viewer) => listTasks(db, viewer, null),
    finishTask: (viewer, taskId) => finishVisibleTask(house, viewer, taskId),
    ...draftFunctions(house),
    logCall: (viewer, key, form) => logCall({ ...casework, transact: store.call, classify: judge }, viewer, key, form),
    async receiveTranscript(_viewer, { name, bytes }) {
      const files = [{ source: 'transcript' as const, name, bytes, receivedAt: new Date(), answer: false }];
      const [itemId = 0] = await receiveFiles(
        { transact: store.receive, opening: casework, sealer, observe: () => undefined },
        files,
      );
      return { itemId };
    },
    classify: (input) => Promise.resolve({ ...judge(input), missing: ['where', 'wish'], place: null }),
    ...ruleFunctions({ database, rules: createRulesInForce(SHIPPED, null) }),
    listFolders: () => Promise.resolve([]),
    doctor: () => Promise.resolve(HEALTHY),
    notReady: () => Promise.resolve([]),
    ...sessionFunctions({ database }, hub, 30),
    installation: { office: 'xiaoneng@office.example', sandbox: false },
    desk: null,
    sandbox: null,
  };
}

/** The real letters. Fonts are read by the first document, and only then. */
function createPress() {
  const { catalogue, templates } = SHIPPED;
  return createDocumentPress({ catalogue, templates, officeAddress: 'xiaoneng@office.example' });
}

const SHIPPED = shippedOffice();

const REGISTRY = {
  version: 'test-1',
  units: [{ id: 'FIN', name: '财务处', kind: 'office' }],
  places: ['兰州市', '兰州市榆中县'],
  universities: [],
  categories: [{ code: 7, name: '第7类', notice: '第7类' }],
  script: SHIPPED.script,
} as const;

const HEALTHY = {
  mailbox: { listed: 0, stored: 0, missing: 0 },
  items: { total: 0, withoutDisposition: 0, stuck: 0 },
  cases: 0,
  letters: { pending: 0, claimed: 0, data: 0, sent: 0, failed: 0, unknown: 0 },
  deadlines: { armed: 0, fired: 0, overdue: 0 },
  queue: { backend: 'postgres', reachable: true, rearmed: 0 },
  journal: { entries: 0, intact: true },
  ok: true,
  problems: [],
} as const;
