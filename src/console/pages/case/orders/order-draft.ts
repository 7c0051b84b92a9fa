import type { components } from '../../../api/schema.ts';

export type Order = components['schemas']['OpenOrders']['orders'][number];
export type OrderField = Order['fields'][number];
export type OrderOption = OrderField['options'][number];

/** What was typed or chosen, by the path of its field; yes-no as 'true' and 'false', units as a list, days as YYYY-MM-DD. */
export type OrderInput = Readonly<Record<string, string | readonly string[]>>;

/** The form as it opens: a choice of one thing is made already. */
export function freshInput(fields: readonly OrderField[]): OrderInput {
  return Object.fromEntries(
    fields.flatMap(({ path, options: [only, ...others] }) =>
      only !== undefined && others.length === 0 ? [[path, only.value]] : [],
    ),
  );
}

/** Those that are asked for with what is chosen so far. */
export function shownFields(fields: readonly OrderField[], input: OrderInput): readonly OrderField[] {
  return fields.filter(({ onlyFor }) => {
    if (onlyFor === null) return true;
    const chosen = input[onlyFor.path];
    return typeof chosen === 'string' && onlyFor.values.includes(chosen);
  });
}

/** What is still to be filled in, and what is not what it should be. */
export function gapsOf(fields: readonly OrderField[], input: OrderInput): readonly OrderField[] {
  return shownFields(fields, input).filter((field) => {
    const value = input[field.path] ?? '';
    const blank = typeof value === 'string' ? value.trim() === '' : value.length === 0;
    return blank ? field.required : typeof value === 'string' && !isWellFormed(field, value);
  });
}

function isWellFormed({ type, most }: OrderField, value: string): boolean {
  switch (type) {
    case 'whole':
      return /^[1-9]\d{0,5}$/u.test(value.trim()) && (most === null || Number(value) <= most);
    case 'money':
      return /^\d{1,9}(?:\.\d{1,2})?$/u.test(value.trim());
    case 'day':
      return /^\d{4}-\d{2}-\d{2}$/u.test(value);
    case 'instant':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u.test(value);
    case 'text':
    case 'line':
    case 'choice':
    case 'yes-no':
    case 'unit':
    case 'units':
    case 'case':
      return true;
  }
}

/** The body of the order without its version. What is not asked for is sent as nothing: null, false for yes-no, [] for a list. */
export function bodyOf(fields: readonly OrderField[], input: OrderInput): Readonly<Record<string, unknown>> {
  const shown = new Set(shownFields(fields, input));
  const body: Record<string, unknown> = {};
  for (const field of fields) put(body, field.path.split('.'), shown.has(field) ? sent(field, input) : nothing(field));
  return body;
}

/** Paths come from the service's own table: "delivery.way" puts `way` into `delivery`. */
function put(body: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    body[name] = value;
    return;
  }
  const inner = { ...(body[name] as Record<string, unknown> | undefined) };
  put(inner, rest, value);
  body[name] = inner;
}

function nothing({ type }: OrderField): unknown {
  if (type === 'yes-no') return false;
  return type === 'units' ? [] : null;
}

function sent(field: OrderField, input: OrderInput): unknown {
  const value = input[field.path] ?? '';
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return nothing(field);
  switch (field.type) {
    case 'yes-no':
      return value === 'true';
    case 'whole':
    case 'case':
      return Number(value);
    case 'money':
      return Math.round(Number(value) * 100); // 元 to 分
    case 'instant':
      return `${value}:00+08:00`; // typed in Beijing time
    case 'text':
    case 'line':
    case 'choice':
    case 'unit':
    case 'units':
    case 'day':
      return value;
  }
}
