import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { plainSummaryReporter } from '../../support/plain-summary-reporter.ts';

/** As much of a finished test file as the reporter looks at. */
function fileWith(states: readonly string[], errors = 0): TestModule {
  const tests = states.map((state, n) => ({
    result: () => ({ state: state === 'flaky' ? 'passed' : state }),
    diagnostic: () => ({ flaky: state === 'flaky' }),
    fullName: `test ${n}`,
  }));
  return {
    relativeModuleId: 'some.test.ts',
    errors: () => Array.from({ length: errors }),
    children: { allTests: () => tests },
  } as unknown as TestModule;
}

function summaryOf(files: TestModule[], unhandled: number): string {
  const lines: string[] = [];
  const reporter = plainSummaryReporter((line) => lines.push(line));
  void reporter.onTestRunEnd?.(
    files,
    Array.from({ length: unhandled }, () => ({ message: '', stacks: [] })),
    'passed',
  );
  return lines.join('');
}

describe('the last line of a test run', () => {
  it('counts tests of all files', () => {
    const files = [fileWith(['passed', 'passed', 'failed']), fileWith(['skipped', 'pending'])];
    expect(summaryOf(files, 0)).toBe('tests: 2 passed, 1 failed, 2 skipped\n');
  });

  it('counts a file that could not be loaded, and an error outside any test, as failures', () => {
    expect(summaryOf([fileWith([], 1), fileWith(['passed'])], 1)).toBe('tests: 1 passed, 2 failed, 0 skipped\n');
  });

  it('comes after the names of those that passed only at the second try', () => {
    expect(summaryOf([fileWith(['passed', 'flaky'])], 0)).toBe(
      'passed only at the second try: some.test.ts > test 1\ntests: 2 passed, 0 failed, 0 skipped\n',
    );
  });

  it('is not green when there was nothing to see', () => {
    expect(summaryOf([], 0)).toBe('tests: 0 passed, 1 failed, 0 skipped\n');
  });
});
