/**
 * The key of a press that is for the page: none that goes into a field or into a question or menu in front of the page,
 * and none with a modifier, which is the browser's. Null otherwise. Shift is let through: it makes `?`.
 */
export function plainKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (document.querySelector('[role=dialog], [role=menu]') !== null) return null;
  const { target } = event;
  const isTyping =
    target instanceof Element &&
    target.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true]') !== null;
  return isTyping ? null : event.key;
}
