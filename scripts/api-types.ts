/**
 * TypeScript types of an OpenAPI document, in the shape that openapi-fetch reads. Written here because the generators that
 * exist need the programming interface of TypeScript 5 (docs/adr). It knows the part of JSON Schema that our own document
 * uses and throws at anything else, so that nothing becomes `unknown` in silence.
 */

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly format?: string;
  readonly not?: Schema;
};
type Body = { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Body & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Body>>;
};
export type OpenApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const PLACES = ['query', 'header', 'path', 'cookie'] as const;
const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** The whole file. */
export function apiTypes({ paths, components }: OpenApiDocument): string {
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `${key(name)}: ${typeOf(schema)};`);
  const routes = Object.entries(paths).map(
    ([path, operations]) => `${key(path)}: {\n${operationsOf(operations).join('\n')}\n};`,
  );
  return [
    '// Made from docs/openapi.json by `npm run docs:generate`. Do not edit.',
    `export type paths = {\n${routes.join('\n')}\n};`,
    `export type components = { schemas: {\n${schemas.join('\n')}\n} };`,
    '',
  ].join('\n\n');
}

function operationsOf(operations: Readonly<Record<string, Operation>>): string[] {
  return METHODS.map((method) => {
    const operation = operations[method];
    return operation === undefined ? `${method}?: never;` : `${method}: ${operationType(operation)};`;
  });
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const places = PLACES.map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) return `${place}?: never;`;
    const fields = here.map(({ name, required, schema }) => `${key(name)}${mark(required)}: ${typeOf(schema)};`);
    return `${place}${mark(here.some(({ required }) => required))}: { ${fields.join(' ')} };`;
  });
  const body =
    requestBody === undefined
      ? 'requestBody?: never;'
      : `requestBody${mark(requestBody.required)}: ${bodyType(requestBody)};`;
  const answers = Object.entries(responses).map(
    ([status, answer]) => `${status}: { headers: { [name: string]: unknown }; ${bodyType(answer).slice(1, -1)} };`,
  );
  return `{ parameters: { ${places.join(' ')} }; ${body} responses: { ${answers.join(' ')} } }`;
}

function bodyType({ content }: Body): string {
  if (content === undefined) return '{ content?: never }';
  const types = Object.entries(content).map(
    ([type, { schema }]) => `${key(type)}: ${schema ? typeOf(schema) : 'unknown'};`,
  );
  return `{ content: { ${types.join(' ')} } }`;
}

function typeOf(schema: Schema): string {
  const { $ref, enum: values, anyOf, oneOf, type } = schema;
  if ($ref !== undefined) return `components['schemas'][${JSON.stringify($ref.split('/').at(-1))}]`;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  const choice = anyOf ?? oneOf;
  if (choice !== undefined) return `(${choice.map(typeOf).join(' | ')})`;
  if (Array.isArray(type)) return `(${type.map((one: string) => typeOf({ ...schema, type: one })).join(' | ')})`;
  return typeof type === 'string' ? typeNamed(type, schema) : schema.not === undefined ? 'unknown' : 'never';
}

function typeNamed(type: string, schema: Schema): string {
  // Not readonly: openapi-fetch maps over every object type, and to its types a readonly array is one.
  if (type === 'array') return `(${typeOf(schema.items ?? {})})[]`;
  if (type === 'object') return objectType(schema);
  const plain = PLAIN[type];
  if (plain === undefined) throw new Error(`api types: no word for a schema of type ${type}`);
  return plain;
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${key(name)}${mark(required.includes(name))}: ${typeOf(schema)};`,
  );
  if (typeof additionalProperties === 'object') fields.push(`[key: string]: ${typeOf(additionalProperties)};`);
  else if (fields.length === 0 && additionalProperties !== false) fields.push('[key: string]: unknown;');
  return `{ ${fields.join(' ')} }`;
}

const mark = (required: boolean | undefined): string => (required === true ? '' : '?');
const key = (name: string): string => (/^[a-z_$][\w$]*$/iu.test(name) ? name : JSON.stringify(name));
