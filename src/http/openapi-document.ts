import { Fault } from '../platform/fault.ts';
import { createLogger } from '../platform/logger.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createHttpApp } from './create-http-app.ts';
import type { HttpDependencies } from './dependencies.ts';

/** The OpenAPI document of the routes as they are declared; nothing listens and nothing else of the house is needed. */
export async function openApiDocument(): Promise<object> {
  const { app } = await createHttpApp({
    dependencies: UNUSED,
    log: createLogger({ level: 'silent', name: 'openapi' }),
    metrics: createMetrics(),
    publicUrl: 'http://localhost',
    metricsToken: null,
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}

/** Declaring a route takes its functions without calling them. */
const UNUSED = new Proxy({ sandbox: null } as HttpDependencies, {
  get(target, name) {
    if (name in target) return target[name as keyof HttpDependencies];
    return () => {
      throw new Fault('internal', `${String(name)} was called while only the routes were being described`);
    };
  },
});
