import { join } from 'node:path';
import { orderMany } from '../casework/bulk-orders.ts';
import { changeCase } from '../casework/change-case.ts';
import { logCall } from '../casework/log-call.ts';
import { settleSuggestion } from '../casework/settle-suggestion.ts';
import { splitCase } from '../casework/split-case.ts';
import { readCaseLinks } from '../store/case-suggestions.ts';
import { receiveFiles } from '../casework/receive.ts';
import type { House } from '../compose.ts';
import { workingDaysUntil } from '../domain/calendar.ts';
import { projectRoot } from '../platform/project-root.ts';
import { createHttpApp } from '../http/create-http-app.ts';
import type { HttpDependencies } from '../http/dependencies.ts';
import { readDeskFiles } from '../http/desk-files.ts';
import { explainDeadline } from '../http/explain-deadline.ts';
import { splitCalls } from '../intake/split-file.ts';
import { systemClock } from '../platform/clock.ts';
import { Fault } from '../platform/fault.ts';
import { systemRandom } from '../platform/random.ts';
import { startLoop } from '../queue/sweep-loop.ts';
import { judge } from '../rules/judge.ts';
import { findMissing } from '../rules/find-missing.ts';
import { denyClosure } from '../rules/deny.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { ClassifyInput } from '../rules/verdict.ts';
import { viewerOfToken } from '../store/accounts.ts';
import { openBulkOrder } from '../store/bulk-orders.ts';
import { countWaiting } from '../store/doctor.ts';
import { findSimilar } from '../store/similar.ts';
import { listenToChanges, whoSees } from '../store/listen-changes.ts';
import { listTasks } from '../store/task-list.ts';
import { createChangeHub, type ChangeHub } from './change-hub.ts';
import { draftFunctions } from './call-drafts.ts';
import { documentFunctions, documentRules } from './documents.ts';
import { readOpenOrders } from './open-orders.ts';
import { forecastFor } from './forecast.ts';
import { diagnose } from './diagnose.ts';
import { folderViews, notReady } from './health.ts';
import { finishVisibleTask, readingFunctions } from './reading.ts';
import { workFunctions } from './queue-work.ts';
import { noteFunctions } from './notes.ts';
import { ruleFunctions } from './rule-office.ts';
import type { RunningRoles } from './run-roles.ts';
import { registryOf } from './registry.ts';
import { namesOf } from './names-of.ts';
import { reportFunctions } from './reports.ts';
import { openReaderPool } from './triage-role.ts';
import { sandboxMail } from './sandbox-mail.ts';
import { sessionFunctions } from './sessions.ts';
import { readToday } from './today.ts';
import { receiveDependencies } from './receiving.ts';

/** Serves the API. Answers the address it listens on. */
export async function startApi(house: House, running: RunningRoles): Promise<{ address: string }> {
  const { config } = house;
  const hub = createChangeHub(
    (viewers, cases) => whoSees(house.database.db, viewers, cases),
    (error) => house.log.warn({ err: error }, 'a change could not be announced'),
  );
  listenToChanges(house.database, house.shutdown.signal, hub.hear);
  const { app } = await createHttpApp({
    dependencies: httpDependencies(house, running, hub),
    log: house.log,
    metrics: house.metrics,
    publicUrl: config.publicUrl,
    metricsToken: config.metricsToken,
  });
  house.shutdown.add('http', () => app.close());
  house.shutdown.add('listeners at the desk', () => hub.close()); // they would keep the server open
  startGauges(house);
  return { address: await app.listen({ host: config.httpHost, port: config.httpPort }) };
}

const GAUGES_MS = 15_000;

/** What waits, from the database, so that one process can tell it of all others. */
function startGauges(house: House): void {
  startLoop({
    everyMs: GAUGES_MS,
    signal: house.shutdown.signal,
    onError: (error) => house.log.warn({ err: error }, 'the gauges could not be read'),
    async run() {
      const { overdue, ...waiting } = await countWaiting(house.database.db);
      house.metrics.overdueDeadlines.set(overdue);
      for (const [state, count] of Object.entries(waiting)) house.metrics.waiting.set({ state }, count);
    },
  });
}

function httpDependencies(house: House, running: RunningRoles, hub: ChangeHub): HttpDependencies {
  const { db } = house.database;
  const { queue, servers } = running;
  const rules = () => house.rules.current().rules;
  const read = (input: ClassifyInput) => ({
    verdict: judge(rules(), input),
    rulesVersion: rules().version,
  });
  const casework = { timing: house.timing, clock: systemClock, random: systemRandom, sealer: house.sealer };
  return {
    viewerOfToken: (token) => viewerOfToken(db, token),
    ...sessionFunctions(house, hub, house.config.sessionIdleMinutes),
    installation: { office: house.config.officeAddress, sandbox: servers.sandbox !== null },
    desk: readDeskFiles(join(projectRoot(), 'dist/console')),
    names: namesOf(house),
    notes: noteFunctions(house),
    documents: documentFunctions(house, documentRules(rules), () => queue.wakeUps.letters()),
    reports: reportFunctions(house),
    readRegistry: () => registryOf(house.rules.current()),
    readToday: (viewer) => readToday(house, queue, viewer, systemClock.now()),
    ...workFunctions({ ...house, unitsNamed: (name) => unitsNamed(rules(), name) }, house.config.claimMinutes),
    workingDaysLeft: (dueAt) => workingDaysUntil(house.timing.calendar, systemClock.now(), dueAt),
    explainDeadline: (deadline, profile) => explainDeadline(house.timing, deadline, profile, systemClock.now()),
    forecastDeadlines: (viewer, days) => forecastFor(house, viewer, days, systemClock.now()),
    findSimilar: (viewer, text, excludeCaseId) => findSimilar(db, viewer, text, excludeCaseId),
    ...readingFunctions(house, running.reader ?? openReaderPool(house)),
    ...orderFunctions(house),
    readOrders: (viewer, caseId) => readOpenOrders(db, house.timing, viewer, caseId),
    ...linkFunctions(house),
    listTasks: (viewer) => listTasks(db, viewer, null),
    finishTask: (viewer, taskId) => finishVisibleTask(house, viewer, taskId),
    ...draftFunctions(house),
    logCall: (viewer, key, form) =>
      logCall({ ...casework, transact: house.store.call, classify: read }, viewer, key, form),
    receiveTranscript: (_viewer, file) => receiveTranscript(house, running, file),
    classify: (input) => Promise.resolve({ ...read(input), ...findMissing(rules(), input) }),
    ...ruleFunctions(house),
    listFolders: () => folderViews(house),
    doctor: () => diagnose(house, queue, 0),
    notReady: () => notReady(house),
    sandbox: servers.sandbox === null ? null : sandboxMail(house.config.officeAddress, servers.sandbox),
  };
}

/** Orders to one case, and one order to many. */
function orderFunctions({ timing, store, rules, config, database: { db } }: House) {
  const given = {
    timing,
    clock: systemClock,
    denyClosure: (units: readonly string[]) => denyClosure(rules.current().rules, units),
    claimMinutes: config.claimMinutes,
  };
  const many = { ...given, transact: store.bulk, openOrder: openBulkOrder.bind(null, db) };
  return {
    changeCase: (viewer, caseId, version, order) =>
      changeCase({ ...given, transact: store.change }, viewer, caseId, version, order),
    orderMany: (viewer, key, action, items) => orderMany(many, viewer, key, action, items),
  } satisfies Partial<HttpDependencies>;
}

/** What takes cases apart and links them. */
function linkFunctions(house: House) {
  const { timing, store, database } = house;
  const casework = { timing, clock: systemClock, random: systemRandom, transact: store.split };
  const deny = (units: readonly string[]): readonly string[] => denyClosure(house.rules.current().rules, units);
  return {
    splitCase: (viewer, caseId, version, order) =>
      splitCase({ ...casework, denyClosure: deny }, viewer, { caseId, version }, order),
    readCaseLinks: (viewer, caseId) => readCaseLinks(database.db, viewer, caseId),
    settleSuggestion: (viewer, place, answer) => settleSuggestion(store.suggestion, viewer, place, answer),
  } satisfies Partial<HttpDependencies>;
}

async function receiveTranscript(
  house: House,
  { queue }: RunningRoles,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<{ itemId: number }> {
  const calls = splitCalls(file.bytes, file.name);
  const receivedAt = systemClock.now();
  const [itemId] = await receiveFiles(
    receiveDependencies(house),
    calls.map((call) => ({ source: 'transcript', name: call.name, receivedAt, bytes: call.bytes, answer: false })),
  );
  queue.wakeUps.triage();
  if (itemId === undefined) throw new Fault('input.invalid', 'The file holds no call.');
  return { itemId };
}

/** By its name, a former one, or a word that means no other unit. */
function unitsNamed({ units }: RuleSet, name: string): string[] {
  const called = units.filter((unit) => [unit.name, ...(unit.former_names ?? []), ...unit.aliases].includes(name));
  return called.map(({ id }) => id);
}
