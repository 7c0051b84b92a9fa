const UNATTENDED_MS = 60_000;

let lastTouch = Date.now();

/** Somebody touched a key, the pointer or the wheel. */
export function noteTouch(): void {
  lastTouch = Date.now();
}

/** Nobody has touched this desk for a minute: what it asks for by itself must not keep its session open. */
export function isUnattended(): boolean {
  return Date.now() - lastTouch > UNATTENDED_MS;
}
