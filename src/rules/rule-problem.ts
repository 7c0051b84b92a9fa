/** One thing wrong with the rule files, for the person who edits them. `line` and `column` count from 1. */
export type RuleProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
};

export type RuleFile = { readonly path: string; readonly text: string };
