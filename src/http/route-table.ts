import type { RouteOptions } from 'fastify';
import { Fault } from '../platform/fault.ts';
import type { Access } from './access.ts';

export type RouteEntry = { readonly method: string; readonly url: string; readonly access: Access };

export type RouteTable = {
  /** Every route that was registered, in order. */
  readonly entries: readonly RouteEntry[];
  add(route: RouteOptions): void;
  /** The methods that some route has for this path; empty when there is none. */
  methodsFor(path: string): readonly string[];
};

/** Written down as Fastify registers its routes, so that no route can be missing from it. */
export function createRouteTable(): RouteTable {
  const entries: RouteEntry[] = [];
  const patterns = new Map<string, RegExp>();
  return {
    entries,
    add({ method, url, config }) {
      if (config?.access === undefined)
        throw new Fault('internal', `${String(method)} ${url} does not say who may use it`);
      for (const one of Array.isArray(method) ? method : [method])
        entries.push({ method: one, url, access: config.access });
      patterns.set(url, new RegExp(`^${url.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u'));
    },
    methodsFor: (path) =>
      entries.filter(({ url }) => patterns.get(url)?.test(path) === true).map(({ method }) => method),
  };
}
