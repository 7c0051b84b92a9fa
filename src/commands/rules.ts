import { changeVerbs } from './change-rules.ts';
import type { Command } from './command.ts';
import { showLadder } from './show-ladder.ts';
import { checkFiles, explainText, replayFiles, testFiles } from './try-rule-files.ts';

const USAGE = `usage: shouli rules VERB ...

on files, changing nothing:
  check [DIRECTORY]  reads every file and names every problem with file, line and what to do (default: rules/)
  test [DIRECTORY]   runs every rule's own examples and the texts on which none may fire
  explain [TEXT]     says of one text (TEXT, or what comes on standard input) what fired, what did not count and why
                     --subject S   the subject of a mail      --phone   it is a call, with speakers
  replay DIRECTORY   tries the files on the newest texts that this office received (--last N, default 1000) and shows, by
                     number of the item and never by its words, who would go where
  ladder             which steps of the ladders the running clocks will take in the next 14 days (--days N), in order of time
                     --rules DIRECTORY     as if those files came into force now
                     --since 2014-07-01    (with --until DATE, or up to now) instead of that: what would have been done since
                     then, beside what was done

on the service, each --as USER (name or number), written into the journal:
  propose DIRECTORY --why TEXT       stores the files as a version, when they check and do as their examples say
  approve VERSION --why TEXT         another person says yes      reject VERSION --why TEXT   or no
  activate VERSION --why TEXT        puts an approved version in force, everywhere, without a restart
  rollback --why TEXT                back to the version before
  shadow VERSION | off               tries a version beside the one in force on what comes in; nothing acts on it
to look at, by anybody on this machine:
  proposals          versions and what people said about them
  export VERSION DIRECTORY   writes the files of a version into a new folder
  history            what was in force, when and why
  shadow --report    what the shadow would have done otherwise; a unit that it would let in comes first
`;

const VERBS: Readonly<Record<string, (args: readonly string[]) => Promise<number | null>>> = {
  check: ([directory]) => Promise.resolve(checkFiles(directory)),
  test: ([directory]) => Promise.resolve(testFiles(directory)),
  explain: explainText,
  replay: replayFiles,
  ladder: showLadder,
  ...changeVerbs,
};

export const command: Command = {
  async run([verb = '', ...args]) {
    const code = (await VERBS[verb]?.(args)) ?? null;
    if (code !== null) return code;
    process.stderr.write(USAGE);
    return 2;
  },
};
