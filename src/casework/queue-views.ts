/**
 * Whose work it is. `mine`: handed to the viewer by name, taken by him, or in his hand now. `unit`: with his unit, leading or helping.
 * `due-soon`: due by the end of the third working day from today. `waiting`: somebody outside the office has to move first.
 */
export const QUEUE_VIEWS = ['mine', 'unit', 'due-soon', 'waiting'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];
