import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Access } from './access.ts';
import type { HttpApp } from './http-app.ts';

/** Collects the schemas of every route registered after it. `app.swagger()` is the document. */
export async function describeRoutes(app: HttpApp): Promise<void> {
  const toJsonSchema = createJsonSchemaTransform({});
  const toComponents = createJsonSchemaTransformObject({});
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '受理 API',
        version: '1',
        description:
          'Intake and triage queue of an efficiency-complaint office. Errors are RFC 9457 problem details with a `code`.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-shouli_session' },
        },
      },
    },
    transform: (document) => {
      const { schema, url } = toJsonSchema(document);
      return { url, schema: { ...schema, ...describeAccess(document.route.config?.access) } };
    },
    transformObject: (document) => withoutUnused(toComponents(document)),
  });
}

/** The declared access, so that the document cannot say anything else than the guard does. */
function describeAccess(access: Access | undefined): object {
  if (access === undefined || access === 'public' || access === 'loopback') return { security: [] };
  if (access === 'metrics') return { security: [{ token: [] }, {}] };
  return { security: [{ token: [] }, { session: [] }], description: `Roles: ${access.join(', ')}.` };
}

type OpenApi = ReturnType<SwaggerTransformObject>;

/** Every schema exists in an input and an output form; only those that some route refers to are of use to a reader. */
function withoutUnused(document: OpenApi): OpenApi {
  if (!('components' in document) || document.components?.schemas === undefined) return document;
  const text = JSON.stringify(document);
  const used = Object.entries(document.components.schemas).filter(([id]) =>
    text.includes(`"#/components/schemas/${id}"`),
  );
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(used) } } as OpenApi; // fewer of the same
}
