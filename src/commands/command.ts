/** What a command answers: the exit code, or null while something keeps running until it is told to stop. */
export type Command = { run(args: readonly string[]): Promise<number | null> };
