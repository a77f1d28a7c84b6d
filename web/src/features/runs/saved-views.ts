/** A narrowed list of runs that somebody gave a name. */
export interface SavedView {
  id: string;
  name: string;
  /** Where the list shows it. */
  address: string;
}

export const MAX_VIEWS = 20;
export const MAX_NAME = 60;

/** Reads kept views. What is none of ours, made by another version or by hand, is left out. */
export function readViews(text: string | null): SavedView[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(kept) ? kept.filter(isView).slice(0, MAX_VIEWS) : [];
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, address } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    name !== '' &&
    typeof address === 'string' &&
    // Only ever a way into the list itself.
    /^\/runs(\?|$)/.test(address)
  );
}

/** Keeps one more; null when there is no room. A view of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] | null {
  const others = views.filter(({ name }) => name !== view.name);
  return others.length < MAX_VIEWS ? [...others, view] : null;
}

/** Gives a view another name; null when another one has it, or there is nothing in it. */
export function renamedView(views: readonly SavedView[], id: string, name: string): SavedView[] | null {
  const isTaken = views.some((view) => view.name === name && view.id !== id);
  return name === '' || isTaken ? null : views.map((view) => (view.id === id ? { ...view, name } : view));
}
