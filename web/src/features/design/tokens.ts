/** The colours of web/src/app/tokens.css, in its order. */
export const COLOURS = [
  ...['ink-0', 'ink-1', 'ink-2', 'ink-3', 'line', 'line-soft', 'line-field'],
  ...['text-1', 'text-2', 'text-3', 'thread', 'thread-dim', 'thread-ink'],
  ...['ok', 'run', 'wait', 'fail', 'idle', 'fail-ink', 'class-a', 'class-b', 'class-c'],
];
/** The sizes of text, by their class. */
export const SIZES = ['text-12', 'text-13', 'text-14', 'text-16', 'text-21', 'text-28', 'text-40', 'text-56'];
/** The roundings of corners, by their class. */
export const CORNERS = ['rounded-1', 'rounded-2', 'rounded-3'];
