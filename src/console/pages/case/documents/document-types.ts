import type { paths } from '../../../api/schema.ts';

type Listed = paths['/api/cases/{id}/documents']['get']['responses'][200]['content']['application/json'];
export type CaseDocument = Listed['documents'][number];
export type DocumentForm =
  paths['/api/document-kinds']['get']['responses'][200]['content']['application/json']['kinds'][number];
export type DocumentAct = CaseDocument['acts'][number]['act'];
export type Problem = { readonly field: string; readonly reason: string; readonly advice: string };

/** Whether this viewer can take the step now. The service has said so, and will look again. */
export function isOpen(document: CaseDocument, act: DocumentAct): boolean {
  return document.acts.some((one) => one.act === act && one.closed === null);
}

/** What is typed as the service takes it: what is blank, or known by the case itself, is left out. */
export function typedFields(
  typed: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(typed).filter(([field, value]) => value.trim() !== '' && known[field] === undefined),
  );
}

/** What is wrong with a field, to be shown: what is merely not filled in yet is said only when somebody wanted to store it. */
export function shownProblems(problems: readonly Problem[], pressed: boolean): readonly Problem[] {
  return pressed ? problems : problems.filter(({ reason }) => reason !== 'missing');
}

/** The document that puts this one right: the signed one, else one that is still being drafted. null: none does. */
export function correctionOf({ number }: CaseDocument, documents: readonly CaseDocument[]): CaseDocument | null {
  const corrections = documents.filter(({ corrects }) => corrects !== null && corrects === number);
  return corrections.find((one) => one.number !== null) ?? corrections[0] ?? null;
}

/** The document that this one puts right; null: none. */
export function correctedBy({ corrects }: CaseDocument, documents: readonly CaseDocument[]): CaseDocument | null {
  return documents.find(({ number }) => corrects !== null && number === corrects) ?? null;
}
