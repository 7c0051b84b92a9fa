import type { ReceiveDependencies } from '../casework/receive.ts';
import type { House } from '../compose.ts';
import { systemClock } from '../platform/clock.ts';
import { systemRandom } from '../platform/random.ts';

/** What storing an arrival needs, whichever door it came in by. */
export function receiveDependencies(house: House): ReceiveDependencies {
  return {
    transact: house.store.receive,
    opening: { timing: house.timing, clock: systemClock, random: systemRandom },
    sealer: house.sealer,
    observe: house.observe,
  };
}
