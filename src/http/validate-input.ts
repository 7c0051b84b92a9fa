import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import { invalidField, Problem, type FieldProblem } from './problems.ts';
import { findUnsafeText } from './unsafe-text.ts';

const MOST_FIELDS = 20;

/**
 * Compiles a schema into the check of one part of a request. Nothing is coerced and nothing is dropped: an unknown property is
 * refused by its name, because a form that is quietly cut down is how somebody else's record gets changed (mass assignment).
 */
export const compileInput: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const { localeError } = zhCN();
  return (data) => {
    const unsafe = findUnsafeText(data);
    if (unsafe !== null) return { error: invalidField(unsafe || String(httpPart), '含有不能保存的字符') };
    const result = schema.safeParse(data, { error: localeError });
    if (result.success) return { value: result.data };
    const fields = result.error.issues.flatMap((issue) => problemsOf(issue, String(httpPart)));
    return { error: new Problem('input.invalid', { fields: fields.slice(0, MOST_FIELDS) }) };
  };
};

function problemsOf(issue: z.core.$ZodIssue, part: string): FieldProblem[] {
  const at = (key?: string): string =>
    [...issue.path.map(String), ...(key === undefined ? [] : [key])].join('.') || part;
  if (issue.code !== 'unrecognized_keys') return [{ field: at(), problem: issue.message }];
  // An unknown property is a problem of that property, not of the object around it.
  return issue.keys.map((key) => ({ field: at(key.slice(0, 100)), problem: '没有这个字段' }));
}
