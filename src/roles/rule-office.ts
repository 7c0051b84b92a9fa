import {
  activateRules,
  judgeRules,
  proposeRules,
  rollBackRules,
  shadowRules,
  type RuleDependencies,
} from '../casework/change-rules.ts';
import type { RulesView, RunningShadow, ShadowPair } from '../casework/rule-records.ts';
import type { House } from '../compose.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { RuleFile } from '../rules/rule-problem.ts';
import { reportShadow } from '../rules/shadow-report.ts';
import { countFollowers } from '../store/rule-followers.ts';
import { listActivations, listVersions, readFiles, transactRules } from '../store/rule-versions.ts';
import { readShadow, shadowPairs } from '../store/shadow-verdicts.ts';
import { tryRuleFiles } from './try-rules.ts';

const MOST_LISTED = 200;

/** Everything that is done with versions of the rules, for the API and for commands. */
export function ruleFunctions({ database, rules }: Pick<House, 'database' | 'rules'>) {
  const dependencies: RuleDependencies = {
    transact: (work) => transactRules(database, work),
    tryFiles: tryRuleFiles,
  };
  return {
    async readRules(): Promise<RulesView> {
      const [activations, shadow, followers] = await Promise.all([
        listActivations(database.db, MOST_LISTED),
        readShadow(database.db),
        countFollowers(database.db),
      ]);
      return {
        here: { version: rules.current().version, refused: rules.refused?.version ?? null },
        history: activations,
        shadow: shadow === null ? null : { version: shadow.version, since: shadow.since },
        followers,
      };
    },
    async readShadowReport(): Promise<RunningShadow | null> {
      const running = await readShadow(database.db);
      if (running === null) return null;
      const pairs: ShadowPair[] = [];
      for await (const pair of shadowPairs(database.db, running.version)) pairs.push(pair);
      return { version: running.version, since: running.since, report: reportShadow(pairs) };
    },
    listRuleVersions: () => listVersions(database.db, MOST_LISTED),
    readRuleFiles: (version: string) => readFiles(database.db, version),
    proposeRules: (viewer: Viewer, files: readonly RuleFile[], why: string) =>
      proposeRules(dependencies, viewer, files, why),
    approveRules: (viewer: Viewer, version: string, why: string) =>
      judgeRules(dependencies, viewer, version, { state: 'approved', why }),
    rejectRules: (viewer: Viewer, version: string, why: string) =>
      judgeRules(dependencies, viewer, version, { state: 'rejected', why }),
    activateRules: (viewer: Viewer, version: string, why: string) => activateRules(dependencies, viewer, version, why),
    rollBackRules: (viewer: Viewer, why: string) => rollBackRules(dependencies, viewer, why),
    shadowRules: (viewer: Viewer, version: string | null) => shadowRules(dependencies, viewer, version),
  };
}
