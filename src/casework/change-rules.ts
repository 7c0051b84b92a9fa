import type { Role, Viewer } from '../domain/vocabulary.ts';
import type { RuleFile } from '../rules/rule-problem.ts';
import type { JournalEntry } from './records.ts';
import type {
  ActivationKind,
  NewRuleVersion,
  ProposeOutcome,
  RuleOutcome,
  RuleRefusal,
  RuleState,
  RuleTrial,
  RuleVersion,
} from './rule-records.ts';

/** Who may propose other rules. */
export const RULE_AUTHORS: readonly Role[] = ['triage', 'supervisor', 'discipline', 'admin'];
/** Who may approve what another proposed, put it in force, and go back. */
export const RULE_JUDGES: readonly Role[] = ['supervisor', 'discipline', 'admin'];

/** What is in force, read under a lock that lets one change happen at a time. */
export type InForce = { readonly version: string; readonly how: ActivationKind };

export type RuleTransaction = {
  lockInForce(): Promise<InForce | null>;
  findVersion(version: string): Promise<RuleVersion | null>;
  readFiles(version: string): Promise<readonly RuleFile[]>;
  /** False: the version is here already. */
  insertVersion(version: NewRuleVersion): Promise<boolean>;
  judgeVersion(
    version: string,
    judgement: { state: Exclude<RuleState, 'proposed'>; by: number; why: string },
  ): Promise<void>;
  putInForce(change: {
    readonly version: string;
    readonly how: ActivationKind;
    readonly insteadOf: string | null;
    readonly by: number;
    readonly reason: string;
  }): Promise<void>;
  /** What was in force when this version was last put in force other than by a rollback; null: nothing. */
  versionBefore(version: string): Promise<string | null>;
  /** Units that hold open cases, or for which they are proposed. */
  unitsInUse(): Promise<readonly string[]>;
  setShadow(version: string | null, by: number): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type RuleDependencies = {
  transact<T>(work: (tx: RuleTransaction) => Promise<T>): Promise<T>;
  /** Checks files and, with `examples`, runs every example in them; in a process of its own. */
  tryFiles(files: readonly RuleFile[], examples: boolean): Promise<RuleTrial>;
};

const refused = (reason: RuleRefusal, units?: readonly string[]) =>
  units === undefined ? ({ kind: 'refused', reason } as const) : ({ kind: 'refused', reason, units } as const);

/** Stores files as a version that somebody else may approve. Only what checks and does as its examples say can be proposed. */
export async function proposeRules(
  { transact, tryFiles }: RuleDependencies,
  viewer: Viewer,
  files: readonly RuleFile[],
  why: string,
): Promise<ProposeOutcome> {
  if (!RULE_AUTHORS.includes(viewer.role)) return refused('role');
  const trial = await tryFiles(files, true);
  if (trial.kind === 'invalid') return trial;
  const { version, examples } = trial;
  return transact(async (tx): Promise<ProposeOutcome> => {
    const missing = await unitsMissing(tx, trial.units);
    if (missing.length > 0) return refused('units-in-use', missing);
    if (!(await tx.insertVersion({ version, files, proposedBy: viewer.userId, why }))) {
      const known = await tx.findVersion(version);
      return { kind: 'known', version, state: known?.state ?? 'proposed' };
    }
    await tx.appendJournal([{ actor: viewer.userId, kind: 'rules.proposed', data: { version } }]);
    return { kind: 'proposed', version, examples };
  });
}

/** A second person says yes or no. The author may take back his own proposal, and never approve it. */
export async function judgeRules(
  { transact }: RuleDependencies,
  viewer: Viewer,
  version: string,
  { state, why }: { readonly state: Exclude<RuleState, 'proposed'>; readonly why: string },
): Promise<RuleOutcome> {
  return transact(async (tx): Promise<RuleOutcome> => {
    const inForce = await tx.lockInForce();
    const found = await tx.findVersion(version);
    if (found === null) return refused('unknown');
    const reason = judgementRefusal(viewer, found, state);
    if (reason !== null) return refused(reason);
    if (state === 'rejected' && inForce?.version === version) return refused('in-force');
    await tx.judgeVersion(version, { state, by: viewer.userId, why });
    await tx.appendJournal([{ actor: viewer.userId, kind: `rules.${state}`, data: { version } }]);
    return { kind: 'done', version };
  });
}

function judgementRefusal(viewer: Viewer, found: RuleVersion, state: RuleState): RuleRefusal | null {
  const own = found.proposedBy === viewer.userId;
  if (!RULE_JUDGES.includes(viewer.role) && !(own && state === 'rejected')) return 'role';
  if (found.state !== 'proposed') return 'judged-already';
  return own && state === 'approved' ? 'same-person' : null;
}

/** Puts an approved version in force, everywhere, in one step. */
export async function activateRules(
  dependencies: RuleDependencies,
  viewer: Viewer,
  version: string,
  reason: string,
): Promise<RuleOutcome> {
  if (!RULE_JUDGES.includes(viewer.role)) return refused('role');
  return switchRules(dependencies, viewer, { how: 'activated', reason }, async (tx, inForce) => {
    const found = await tx.findVersion(version);
    if (found === null) return refused('unknown');
    if (found.state !== 'approved') return refused('not-approved');
    // The very version that is in force because it came along may be chosen: from then on no new files replace it.
    if (inForce?.version === version && inForce.how !== 'installed') return refused('in-force');
    return { kind: 'done', version };
  });
}

/** Back to what was in force before. That was approved once, or came with the program: one person and a reason are enough. */
export async function rollBackRules(
  dependencies: RuleDependencies,
  viewer: Viewer,
  reason: string,
): Promise<RuleOutcome> {
  if (!RULE_JUDGES.includes(viewer.role)) return refused('role');
  return switchRules(dependencies, viewer, { how: 'rolled-back', reason }, async (tx, inForce) => {
    const before = inForce === null ? null : await tx.versionBefore(inForce.version);
    return before === null ? refused('nothing-before') : { kind: 'done', version: before };
  });
}

/** `choose` runs under the lock, before the files are tried and again after it: what was tried is what takes effect. */
async function switchRules(
  { transact, tryFiles }: RuleDependencies,
  viewer: Viewer,
  { how, reason }: { readonly how: ActivationKind; readonly reason: string },
  choose: (tx: RuleTransaction, inForce: InForce | null) => Promise<RuleOutcome>,
): Promise<RuleOutcome> {
  const chosen = await transact(async (tx) => {
    const outcome = await choose(tx, await tx.lockInForce());
    return outcome.kind === 'refused' ? outcome : { ...outcome, files: await tx.readFiles(outcome.version) };
  });
  if (chosen.kind === 'refused') return chosen;
  const trial = await tryFiles(chosen.files, false);
  if (trial.kind === 'invalid' || trial.version !== chosen.version) return refused('check-failed');
  return transact(async (tx): Promise<RuleOutcome> => {
    const inForce = await tx.lockInForce();
    const again = await choose(tx, inForce);
    if (again.kind === 'refused') return again;
    if (again.version !== chosen.version) return refused('in-force'); // somebody was faster
    const missing = await unitsMissing(tx, trial.units);
    if (missing.length > 0) return refused('units-in-use', missing);
    const { version } = chosen;
    const insteadOf = inForce === null || inForce.version === version ? null : inForce.version;
    await tx.putInForce({ version, how, insteadOf, by: viewer.userId, reason });
    await tx.appendJournal([{ actor: viewer.userId, kind: `rules.${how}`, data: { version, insteadOf } }]);
    return { kind: 'done', version };
  });
}

async function unitsMissing(tx: RuleTransaction, units: readonly string[]): Promise<readonly string[]> {
  const known = new Set([...units, 'NONEDU', 'UNRESOLVED']);
  return (await tx.unitsInUse()).filter((unit) => !known.has(unit));
}

/** Tries a version beside the one in force, on what comes in from now on; null ends it. Its verdicts are never acted on. */
export async function shadowRules(
  { transact, tryFiles }: RuleDependencies,
  viewer: Viewer,
  version: string | null,
): Promise<RuleOutcome> {
  if (!RULE_JUDGES.includes(viewer.role)) return refused('role');
  const found = version === null ? null : await transact((tx) => tx.findVersion(version));
  if (version !== null && found === null) return refused('unknown');
  if (found?.state === 'rejected') return refused('judged-already');
  const files = version === null ? null : await transact((tx) => tx.readFiles(version));
  if (files !== null && (await tryFiles(files, false)).kind === 'invalid') return refused('check-failed');
  return transact(async (tx): Promise<RuleOutcome> => {
    await tx.setShadow(version, viewer.userId);
    await tx.appendJournal([{ actor: viewer.userId, kind: 'rules.shadow', data: { version } }]);
    return { kind: 'done', version: version ?? '' };
  });
}

const CAME_ALONG = 'came with the program';

/**
 * Makes the files beside the program known, as proposed by the machine itself. They take effect only while nobody has chosen
 * another version; after that they wait for a person like any other proposal.
 */
export async function installRules(
  transact: RuleDependencies['transact'],
  version: string,
  files: readonly RuleFile[],
): Promise<'in-force' | 'waiting'> {
  const by = 1; // the machine
  return transact(async (tx) => {
    const inForce = await tx.lockInForce();
    const isNew = await tx.insertVersion({ version, files, proposedBy: by, why: CAME_ALONG });
    const follows = inForce === null || inForce.how === 'installed';
    if (inForce?.version === version) return 'in-force';
    if (!follows) {
      if (isNew) await tx.appendJournal([{ actor: by, kind: 'rules.proposed', data: { version } }]);
      return 'waiting';
    }
    const insteadOf = inForce?.version ?? null;
    await tx.putInForce({ version, how: 'installed', insteadOf, by, reason: CAME_ALONG });
    await tx.appendJournal([{ actor: by, kind: 'rules.installed', data: { version, insteadOf } }]);
    return 'in-force';
  });
}
