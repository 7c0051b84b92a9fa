import { join } from 'node:path';
import type { AcknowledgeContext } from './casework/acknowledge.ts';
import type { DocumentPress } from './casework/document-press.ts';
import type { Timing } from './casework/case-change.ts';
import type { LetterWriter, Observe } from './casework/ports.ts';
import { createLetterWriter } from './letters/compose-letter.ts';
import { createDocumentPress } from './letters/document-press.ts';
import { readRuleFiles } from './intake/read-rule-files.ts';
import {
  compileOfficeRules,
  createRulesInForce,
  openOfficeRules,
  type OfficeRules,
  type RefusedVersion,
  type RulesInForce,
} from './office-rules.ts';
import type { Config } from './platform/config.ts';
import { loadDataKey } from './platform/data-key.ts';
import { openEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { Fault } from './platform/fault.ts';
import type { Logger } from './platform/logger.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { projectRoot } from './platform/project-root.ts';
import { systemRandom } from './platform/random.ts';
import { createSealer, type Sealer } from './platform/sealing.ts';
import type { Shutdown } from './platform/shutdown.ts';
import { listActivations, readFiles, readInForce } from './store/rule-versions.ts';
import { createCaseworkStore } from './store/casework-store.ts';
import { openDatabase, refuseUnsafeDatabase, type Db, type OpenDatabase } from './store/database.ts';
import { claimInstance } from './store/instance.ts';
import { migrate } from './store/migrate.ts';

/** Everything a role is made of, opened once and closed by the shutdown in reverse order. */
export type House = {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly shutdown: Shutdown;
  readonly databaseUrl: string;
  readonly database: OpenDatabase;
  readonly store: ReturnType<typeof createCaseworkStore>;
  readonly instance: string;
  readonly sealer: Sealer;
  readonly tokenKey: Buffer;
  readonly rules: RulesInForce;
  /** By the rules in force at the moment when it is looked at. */
  readonly timing: Timing;
  readonly acknowledge: AcknowledgeContext;
  /** Official letters. */
  readonly press: DocumentPress;
  readonly ownAddresses: readonly string[];
  readonly ownDomains: readonly string[];
  readonly observe: Observe;
};

export const rulesDirectory = (): string => join(projectRoot(), 'rules');

/**
 * Opens database, keys and rules of time. `connections`: how many database connections this process may hold, its own session
 * locks not counted.
 */
export async function openHouse(
  config: Config,
  parts: {
    readonly log: Logger;
    readonly shutdown: Shutdown;
    readonly connections: number;
    /** False for a process that never looks at the rules of classification: it starts in a tenth of the time. */
    readonly classifies?: boolean;
    readonly observe?: Observe;
  },
): Promise<House> {
  const { log, shutdown } = parts;
  const databaseUrl = await openServer(config, log, shutdown);
  const { applied } = await migrate(databaseUrl);
  if (applied.length > 0) log.info({ applied }, 'database schema brought up to date');
  const database = openDatabase(databaseUrl, { max: parts.connections, applicationName: 'shouli' });
  shutdown.add('database', () => database.close());
  const { warnings } = await refuseUnsafeDatabase(database.db);
  for (const warning of warnings) log.warn({ warning }, 'the database could be safer');
  const sealer = createSealer(await loadDataKey(config));
  const { id: instance } = await claimInstance(database.db, sealer.keyFingerprint);
  const tokenKey = sealer.mac('letter-tokens', 'key');
  const rules = await firstRules(database.db, log, parts.classifies === false ? openOfficeRules : compileOfficeRules);
  const addressDomain = config.officeAddress.slice(config.officeAddress.lastIndexOf('@') + 1);
  const domain = config.bounceAddressDomain ?? addressDomain;
  return {
    config,
    log,
    shutdown,
    databaseUrl,
    database,
    instance,
    sealer,
    tokenKey,
    metrics: createMetrics(),
    store: createCaseworkStore(database),
    rules,
    timing: rules.timing,
    acknowledge: { sealer, random: systemRandom, writer: letterWriter(config, rules), domain, tokenKey },
    press: documentPress(config, rules),
    ownAddresses: [config.officeAddress],
    ownDomains: [...new Set([domain, addressDomain])],
    observe: parts.observe ?? (() => undefined),
  };
}

async function openServer(config: Config, log: Logger, shutdown: Shutdown): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl;
  const server = await openEmbeddedPostgres({
    dataDir: config.dataDir,
    embeddedPostgresDir: config.embeddedPostgresDir,
    log,
  });
  shutdown.add('embedded database', () => server.close());
  return server.url;
}

function letterWriter({ officeAddress }: Config, rules: RulesInForce): LetterWriter {
  return {
    compose: (request) => createLetterWriter({ templates: rules.current().templates, officeAddress }).compose(request),
  };
}

function documentPress({ officeAddress }: Config, rules: RulesInForce): DocumentPress {
  return createDocumentPress({
    get catalogue() {
      return rules.current().catalogue;
    },
    get templates() {
      return rules.current().templates;
    },
    officeAddress,
  });
}

/** How many earlier versions are tried before the files beside the program are. */
const MOST_EARLIER = 10;

/**
 * What this process begins to work by: the version in force, or where this program does not accept it the last one that it
 * does accept; without any, the files beside the program. Throws `rules.invalid` when there is nothing good at all.
 */
async function firstRules(db: Db, log: Logger, compile: typeof compileOfficeRules): Promise<RulesInForce> {
  const inForce = await readInForce(db);
  if (inForce === null) return createRulesInForce(shippedRules(), null);
  let refused: RefusedVersion | null = null;
  const earlier = (await listActivations(db, MOST_EARLIER)).map(({ version }) => version);
  for (const version of new Set([inForce.version, ...earlier])) {
    const compiled = compile((await readFiles(db, version)) ?? []);
    if (compiled.kind === 'ok') return createRulesInForce(compiled.office, refused);
    refused ??= { version, problems: compiled.problems.length };
    log.error({ version, problems: compiled.problems.length }, 'a version of the rules does not check in this program');
  }
  return createRulesInForce(shippedRules(), refused);
}

/** The files beside the program. Throws `rules.invalid` when they do not check. */
export function shippedRules(directory = rulesDirectory()): OfficeRules {
  const compiled = compileOfficeRules(readRuleFiles(directory));
  if (compiled.kind === 'ok') return compiled.office;
  const many = compiled.problems.length;
  throw new Fault(
    'rules.invalid',
    `The rule files have ${many} problems: \`npm run rules -- check\` names each of them.`,
  );
}
