/** A key as it was pressed, and on what. */
export type PressedKey = {
  /** `KeyboardEvent.key`. */
  readonly key: string;
  /** Ctrl, Meta or Alt: the browser's or the system's own commands. Shift makes another key. */
  readonly modified: boolean;
  /** An input method is composing: Enter and letters are its own. */
  readonly composing: boolean;
  /** Something nearer has used it already. */
  readonly handled: boolean;
  readonly inField: boolean;
  readonly inDialog: boolean;
  readonly onControl: boolean;
};

/** Whether a single-key command may act on it; Enter and Space on a link or a button belong to that control. */
export function actsOn(press: PressedKey): boolean {
  if (press.modified || press.composing || press.handled || press.inField || press.inDialog) return false;
  return !(press.onControl && (press.key === 'Enter' || press.key === ' '));
}
