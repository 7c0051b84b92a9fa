// Officers' orders, one after another, started to be killed: the same use case as behind the API, on random cases. It tells the
// id of an order when its transaction has been committed; every text of that order holds the id.
import { changeCase } from '../../dist/src/casework/change-case.js';
import { openHouse } from '../../dist/src/compose.js';
import { LIFE_RULES } from '../../dist/src/domain/case-life-commands.js';
import { systemClock } from '../../dist/src/platform/clock.js';
import { loadConfig } from '../../dist/src/platform/config.js';
import { createLogger } from '../../dist/src/platform/logger.js';
import { closeOnSignals, createShutdown } from '../../dist/src/platform/shutdown.js';
import { receiveOrders } from './kill-orders.mjs';

const { environment, observe } = await receiveOrders();
const { config } = loadConfig(environment, () => '');
const log = createLogger({ level: config.logLevel, name: 'orders' });
const shutdown = createShutdown(log);
closeOnSignals(shutdown, log);
const house = await openHouse(config, { log, shutdown, connections: 3, classifies: false });
const { life, cases, viewers, orders, fields } = JSON.parse(environment.ORDERS);
const dependencies = {
  transact: (work) =>
    house.store.change(async (tx) => {
      const result = await work(observed(tx));
      observe('commit');
      return result;
    }),
  timing: house.timing,
  clock: systemClock,
  denyClosure: (units) => units,
  claimMinutes: config.claimMinutes,
};

for (let n = 0; !shutdown.signal.aborted; n += 1) await giveOrder(n);

async function giveOrder(n) {
  const id = `${life}-${n}`;
  const caseId = cases[n % cases.length];
  const { db } = house.database;
  const { state } = await db.selectFrom('cases').select('state').where('id', '=', caseId).executeTakeFirstOrThrow();
  const possible = orders.filter(({ type }) => LIFE_RULES[type].from.includes(state));
  const order = anyOf(possible);
  if (order === undefined) return;
  const viewer = anyOf(viewers.filter(({ role }) => LIFE_RULES[order.type].roles.includes(role)));
  const texts = Object.fromEntries(fields.map((field) => [field, `${field} ${id}`]));
  const result = await changeCase(dependencies, viewer, caseId, null, { type: 'life', order, texts });
  if (result.kind === 'changed') observe(`given ${id}`);
}

function anyOf(list) {
  return list[Math.floor(Math.random() * list.length)];
}

/** The transaction's own functions, each told before it is called. */
function observed(tx) {
  return Object.fromEntries(
    Object.entries(tx).map(([name, act]) => [
      name,
      (...given) => {
        observe(name);
        return act(...given);
      },
    ]),
  );
}
