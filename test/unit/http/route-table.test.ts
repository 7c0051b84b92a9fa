import type { RouteOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../../src/http/route-table.ts';

function route(
  method: string | string[],
  url: string,
  config: RouteOptions['config'] = { access: 'public' },
): RouteOptions {
  return { method, url, config, handler: () => undefined };
}

describe('the route table', () => {
  it('refuses a route that does not say who may use it', () => {
    const table = createRouteTable();
    expect(() => table.add(route('GET', '/forgotten', {}))).toThrow('GET /forgotten does not say who may use it');
    expect(() => table.add({ method: 'GET', url: '/forgotten', handler: () => undefined })).toThrow('who may use it');
    expect(table.entries).toEqual([]);
  });

  it('knows the methods of a path, parameters included, and of no other', () => {
    const table = createRouteTable();
    table.add(route('GET', '/api/cases/:id'));
    table.add(route(['PUT', 'DELETE'], '/api/cases/:id'));
    table.add(route('GET', '/api/cases/:id/notes'));
    expect(table.methodsFor('/api/cases/12')).toEqual(['GET', 'PUT', 'DELETE']);
    expect(table.methodsFor('/api/cases/12/notes')).toEqual(['GET']);
    for (const path of ['/api/cases', '/api/cases/', '/api/cases/1/2', '/x/api/cases/1', '/api/cases/1/notes/']) {
      expect(table.methodsFor(path)).toEqual([]);
    }
  });
});
