const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** "2026-11-24 15:52", in Asia/Shanghai. */
export function showInstant(instant: Date): string {
  return FORMAT.format(instant);
}

/** A limit that ends with a day reads "2026-12-09 24:00", not as the first minute of a day on which it is too late. */
export function showDue(instant: Date): string {
  const shown = showInstant(instant);
  return shown.endsWith(' 00:00') ? `${showInstant(new Date(instant.getTime() - 60_000)).slice(0, 10)} 24:00` : shown;
}
