import { z } from 'zod';

const template = z.strictObject({ subject: z.string().min(1).max(78), body: z.string().min(1).max(8_000) });
/** rules/letters.yaml */
export const lettersFile = z.strictObject({
  office: z.string().min(1),
  phone: z.string().min(1),
  acknowledgement: template,
  digest: template,
  document: template,
});
export type LetterTemplates = z.infer<typeof lettersFile>;

const PLACEHOLDERS = {
  acknowledgement: {
    subject: ['number'],
    body: ['number', 'code', 'receivedAt', 'phone', 'office', 'today'],
  },
  digest: { subject: ['count'], body: ['count', 'list', 'phone', 'office', 'today'] },
  document: { subject: ['number'], body: ['number', 'phone', 'office'] },
} as const;

/** Every placeholder that is not known where it stands, and every one that is missing there. */
export function wrongPlaceholders(
  templates: LetterTemplates,
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  return (['acknowledgement', 'digest', 'document'] as const).flatMap((kind) =>
    (['subject', 'body'] as const).flatMap((part) => {
      const allowed: readonly string[] = PLACEHOLDERS[kind][part];
      const used = [...templates[kind][part].matchAll(/\{\{(\w*)\}\}/g)].map((match) => match[1] ?? '');
      return [
        ...used.filter((name) => !allowed.includes(name)).map((name) => `{{${name}}} is not known here`),
        ...allowed.filter((name) => !used.includes(name)).map((name) => `{{${name}}} is missing`),
      ].map((what) => ({ path: [kind, part], message: `${kind}.${part}: ${what}` }));
    }),
  );
}

/** Fills the braces. A value never introduces new braces: it is put in, not read again. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
}
