import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/domain/vocabulary.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { EXITS, OTHER_LIVES, tell } from '../../support/case-stories.ts';

const FOLDER = join(projectRoot(), 'test/golden/case-lives');
const STORIES = PROFILES.flatMap((profile) =>
  Object.entries({ ...EXITS, ...OTHER_LIVES }).map(([name, story]) => ({
    name: `${profile}-${name}.txt`,
    profile,
    story,
  })),
);

describe('the life of a case', () => {
  it.each(STORIES)('reads as it stands in $name (UPDATE_GOLDEN=1 writes it)', ({ name, profile, story }) => {
    const teller = tell(story, profile);
    const text = `${teller.lines.join('\n').trim()}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(join(FOLDER, name), text);
    }
    expect(text).toBe(readFileSync(join(FOLDER, name), 'utf8'));
    expect(teller.file().state).toBe('ARCHIVED');
  });

  it('is told in every file of the folder, and in no other', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(STORIES.map(({ name }) => name).toSorted());
  });
});
