// What somebody has filled in and not sent yet stands in this tab's own storage: it outlives a session that ends, a
// page that is loaded again and a broken connection, and goes with the tab.
const PREFIX = 'levqor.draft ';
const OWNER = 'levqor.drafts-of';
/** Characters; more would use up the room that a browser gives. */
const MAX_LENGTH = 300_000;

/** The draft of this name, or null. */
export function readDraft(name: string): string | null {
  return withStorage((storage) => storage.getItem(PREFIX + name)) ?? null;
}

/** Keeps a draft in place of the one before. */
export function keepDraft(name: string, text: string): void {
  if (text.length > MAX_LENGTH) return;
  withStorage((storage) => storage.setItem(PREFIX + name, text));
}

/** To be called when it was sent, or is not wanted any more. */
export function forgetDraft(name: string): void {
  withStorage((storage) => storage.removeItem(PREFIX + name));
}

/** Forgets all drafts, as when somebody signs out. */
export function forgetDrafts(): void {
  withStorage((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  });
}

/** Says who is signed in: the drafts of anybody else are none of theirs. */
export function beginDraftsOf(personId: string): void {
  withStorage((storage) => {
    if (storage.getItem(OWNER) === personId) return;
    forgetDrafts();
    storage.setItem(OWNER, personId);
  });
}

/** A browser may forbid its storage, or have no room left: then nothing is kept. */
function withStorage<Result>(act: (storage: Storage) => Result): Result | undefined {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
}
