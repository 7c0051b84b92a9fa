import type { z } from 'zod';
import { DOCUMENT_KINDS, type DocumentKind } from '../domain/official-document.ts';
import { PROFILES, type Profile } from '../domain/vocabulary.ts';
import { Fault } from '../platform/fault.ts';
import { readYaml, type YamlFile } from '../rules/read-yaml.ts';
import type { RuleFile, RuleProblem } from '../rules/rule-problem.ts';
import {
  CASE_FACTS,
  documentFile,
  officeFile,
  trapsFile,
  type DocumentFileData,
  type OfficeWords,
  type TrapWords,
  type Wording,
} from './document-schema.ts';

export type DocumentCatalogue = {
  readonly documents: ReadonlyMap<DocumentKind, DocumentFileData>;
  readonly traps: TrapWords;
  readonly office: OfficeWords;
};

export type CheckedCatalogue =
  | { readonly kind: 'ok'; readonly catalogue: DocumentCatalogue }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] };

/** Placeholders that every document has: they are filled when it is signed, or by the office itself. */
const ALWAYS = ['organ', 'office', 'phone', 'basis'];

/** Checks all files of rules/letters/. Every problem of every file comes back, with its line. */
export function checkCatalogue(files: readonly RuleFile[]): CheckedCatalogue {
  const problems: RuleProblem[] = [];
  const documents = new Map<DocumentKind, DocumentFileData>();
  let traps: TrapWords | null = null;
  let office: OfficeWords | null = null;
  for (const file of files) {
    const read = readYaml(file);
    if (read.kind === 'invalid') {
      problems.push(...read.problems);
    } else if (file.path.endsWith('traps.yaml')) {
      traps = validate(read.file, trapsFile, problems);
    } else if (file.path.endsWith('office.yaml')) {
      office = validate(read.file, officeFile, problems);
    } else {
      const data = validate(read.file, documentFile, problems);
      if (data !== null) addDocument(read.file, data, documents, problems);
    }
  }
  if (problems.length === 0) problems.push(...missingFiles([...documents.keys()], traps, office));
  if (problems.length > 0 || traps === null || office === null) return { kind: 'invalid', problems };
  return { kind: 'ok', catalogue: { documents, traps, office } };
}

function missingFiles(kinds: readonly DocumentKind[], traps: unknown, office: unknown): RuleProblem[] {
  const missing = [
    ...DOCUMENT_KINDS.filter((kind) => !kinds.includes(kind)),
    ...(traps === null ? ['traps'] : []),
    ...(office === null ? ['office'] : []),
  ];
  return missing.map((name) => {
    const file = `letters/${name}.yaml`;
    return { file, line: 1, column: 1, message: 'file is missing', hint: 'restore it from version control' };
  });
}

/** Throws `rules.invalid` with every problem: file, line, column and what to do. */
export function requireCatalogue(files: readonly RuleFile[]): DocumentCatalogue {
  const checked = checkCatalogue(files);
  if (checked.kind === 'ok') return checked.catalogue;
  const lines = checked.problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  throw new Fault('rules.invalid', `rules/letters: ${lines.join('; ')}`);
}

function validate<T>(file: YamlFile, schema: z.ZodType<T>, problems: RuleProblem[]): T | null {
  const result = schema.safeParse(file.value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    problems.push(file.problemAt(path, `${path.map(String).join('.')}: ${message}`, 'docs/rules.md, section letters'));
  return null;
}

function addDocument(
  file: YamlFile,
  data: DocumentFileData,
  documents: Map<DocumentKind, DocumentFileData>,
  problems: RuleProblem[],
): void {
  const report = (path: readonly PropertyKey[], message: string): void => {
    problems.push(file.problemAt(path, message, 'docs/rules.md, section letters'));
  };
  if (documents.has(data.kind)) report(['kind'], `there are two files for ${data.kind}`);
  documents.set(data.kind, data);
  checkFields(data, report);
  checkPlaceholders(data, report);
}

type Report = (path: readonly PropertyKey[], message: string) => void;

function checkFields({ fields, audience, signature, body, rows }: DocumentFileData, report: Report): void {
  const ids = fields.map(({ id }) => id);
  fields.forEach((field, n) => {
    const at = ['fields', n];
    if (ids.indexOf(field.id) !== n) report(at, `field ${field.id} stands there twice`);
    if (ALWAYS.includes(field.id)) report(at, `${field.id} is filled for every document, it is no field`);
    if ((field.type === 'choice') !== (field.options !== undefined))
      report(at, 'a choice has options, nothing else has');
    if (field.from === 'case' && !CASE_FACTS.some((fact) => fact === field.id))
      report(at, `the case knows no ${field.id}`);
    for (const other of [field.notBefore, field.within?.of])
      if (other !== undefined && !fields.some(({ id, type }) => id === other && type === 'date'))
        report(at, `there is no date ${other}`);
  });
  // 信访工作条例 23: the notice is the organ's, and a section of it has no seal.
  if (audience === 'citizen' && signature !== 'organ')
    report(['signature'], 'a citizen gets the signature of the organ');
  if (body.length === 0 && rows.length === 0) report([], 'neither body nor rows');
}

function checkPlaceholders(data: DocumentFileData, report: Report): void {
  const known = new Set([...ALWAYS, ...data.fields.map(({ id }) => id)]);
  const used = new Set<string>();
  const look = (path: readonly PropertyKey[], text: Wording | undefined): void => {
    for (const one of wordings(text))
      for (const name of placeholders(one)) {
        used.add(name);
        if (!known.has(name)) report(path, `{${name}} is no field of this document`);
      }
  };
  look(['title'], data.title);
  look(['addressee'], data.addressee);
  look(['copies'], data.copies);
  data.body.forEach((text, n) => look(['body', n], text));
  data.rows.forEach(({ text }, n) => look(['rows', n, 'text'], text));
  data.fields.forEach(({ options }, n) => {
    const texts = options?.flatMap(({ text }) => wordings(text)) ?? [];
    if (texts.some((text) => placeholders(text).length > 0))
      report(['fields', n, 'options'], 'an option fills no {field}');
  });
  data.fields.forEach(({ id }, n) => {
    if (!used.has(id)) report(['fields', n], `nothing says {${id}}`);
  });
}

export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
}

function wordings(wording: Wording | undefined): readonly string[] {
  if (wording === undefined) return [];
  return typeof wording === 'string' ? [wording] : PROFILES.map((profile) => wording[profile]);
}

export function wordingFor(wording: Wording, profile: Profile): string {
  return typeof wording === 'string' ? wording : wording[profile];
}
