import { describe, expect, it } from 'vitest';
import { readDocumentFiles } from '../../support/document-files.ts';
import { DOCUMENT_KINDS } from '../../../src/domain/official-document.ts';
import { checkCatalogue, placeholders, requireCatalogue } from '../../../src/letters/document-catalogue.ts';
import { fallsInto } from '../../../src/letters/document-traps.ts';

/** The files with one of them changed. */
function changed(name: string, from: string | RegExp, to: string) {
  return readDocumentFiles().map((file) => {
    if (file.path !== `letters/${name}.yaml`) return file;
    const text = file.text.replace(from, to);
    if (text === file.text) throw new Error(`nothing to change in ${name}`);
    return { ...file, text };
  });
}

function problemsOf(files: ReturnType<typeof readDocumentFiles>) {
  const checked = checkCatalogue(files);
  return checked.kind === 'ok' ? [] : checked.problems;
}

describe('the catalogue of documents', () => {
  const catalogue = requireCatalogue(readDocumentFiles());

  it('has every kind, and every kind says which article asks for what', () => {
    expect([...catalogue.documents.keys()].toSorted()).toEqual([...DOCUMENT_KINDS].toSorted());
    for (const { fields } of catalogue.documents.values())
      for (const { requiredBy } of fields) expect(JSON.stringify(requiredBy)).toMatch(/\p{Script=Han}/u);
  });

  it('gives every kind a series of its own, so that no two documents share a number', () => {
    const series = [...catalogue.documents.values()].map((data) => data.series);
    expect(new Set(series).size).toBe(series.length);
  });

  it('lets the organ sign what a citizen gets, never a section of it', () => {
    const citizens = [...catalogue.documents.values()].filter(({ audience }) => audience === 'citizen');
    expect(citizens.length).toBeGreaterThan(5);
    for (const data of citizens) {
      expect(data.signature).toBe('organ');
      expect(JSON.stringify([data.title, data.body])).not.toMatch(/处室|[^依]处长/u);
    }
    expect(catalogue.office.organ).toBe('甘肃省教育厅');
  });

  it('gives nobody the name of the citizen but the citizen', () => {
    for (const { audience, traps, fields } of catalogue.documents.values()) {
      expect(traps).toContain('names-complainant');
      if (audience !== 'citizen') expect(fields.filter(({ complainant }) => complainant === true)).toEqual([]);
    }
  });

  it('falls into none of its own traps', () => {
    const names = { complainant: [], accused: [], handlers: [], denied: [] };
    const fallen = [...catalogue.documents.values()].flatMap((data) => {
      const check = { words: catalogue.traps, names, days: data.days, mayName: false };
      const texts = [data.title, ...data.body, ...data.rows.map(({ text }) => text)].flatMap((text) =>
        typeof text === 'string' ? [text] : Object.values(text),
      );
      if (data.audience !== 'citizen') return [];
      return texts.filter((text) => data.traps.some((trap) => fallsInto(trap, text, check)));
    });
    expect(fallen).toEqual([]);
  });

  it('asks for what the law asks for in a decision: request, facts and reasons, opinion, legal basis, review', () => {
    const answer = catalogue.documents.get('answer');
    const needed = answer?.fields.filter(({ optional }) => !optional).map(({ id }) => id);
    expect(needed).toEqual(expect.arrayContaining(['requests', 'facts', 'opinion', 'grounds', 'reviewOrgan']));
    expect(JSON.stringify(answer?.body)).toContain('30日内');
  });
});

describe('a file that is wrong', () => {
  it.each([
    ['a key that nobody knows', 'answer', 'series: 答复', 'serie: 答复', /Unrecognized key/u],
    ['a placeholder without a field', 'answer', "'{facts}'", "'{fact}'", /\{fact\} is no field/u],
    [
      'a field that nothing says',
      'transfer',
      '  - 该机关公开电话：{receiverPhone}。\n',
      '',
      /nothing says \{receiverPhone\}/u,
    ],
    ['a fact that no case knows', 'transfer', 'id: receivedOn', 'id: unheard', /the case knows no unheard/u],
    [
      'a section that signs for the organ',
      'answer',
      'signature: organ',
      'signature: office',
      /signature of the organ/u,
    ],
    [
      'a date after one that is not there',
      'extension-notice',
      'notBefore: dueOn',
      'notBefore: due',
      /there is no date due/u,
    ],
    ['a choice without options', 'feedback', / {4}options:\n(?: {6}.*\n)+/u, '', /a choice has options/u],
  ])('%s is refused with its line', (_what, name, from, to, message) => {
    const problems = problemsOf(changed(name, from, to));
    const found = problems.find((problem) => message.test(problem.message));
    expect(found, JSON.stringify(problems)).toBeDefined();
    expect(found?.file).toBe(`letters/${name}.yaml`);
    expect(found?.line).toBeGreaterThan(1);
  });

  it('and a kind without a file is missed', () => {
    const without = readDocumentFiles().filter(({ path }) => !path.includes('ledger'));
    expect(problemsOf(without)).toEqual([expect.objectContaining({ file: 'letters/ledger-page.yaml' })]);
    expect(() => requireCatalogue(without)).toThrow('ledger-page.yaml:1:1');
  });

  it('is the only thing that is named: placeholders are read as they stand', () => {
    expect(placeholders('{a}与{b}，{ c }')).toEqual(['a', 'b']);
  });
});
