import { api, ask } from '../../../api/client.ts';
import type { Order } from './order-draft.ts';

/** Gives an order. The addresses of all orders differ in their last word alone, and what each body holds the service said itself. */
export async function sendOrder(
  caseId: number,
  version: number,
  type: Order['type'],
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  const params = { path: { id: String(caseId) } };
  const address = `/api/cases/{id}/${type}` as '/api/cases/{id}/accept';
  await ask(api.POST(address, { params, body: { version, ...body } }));
}
