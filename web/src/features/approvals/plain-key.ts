/** Whether a key was pressed by itself: not into a field or a question in front of the page, and no shortcut of the browser. */
export function isPlainKey({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  return !(target instanceof Element && target.closest('input, textarea, select, [role=dialog]') !== null);
}
