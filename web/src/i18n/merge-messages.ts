/** Texts by key, nested by namespace. */
export interface Messages {
  [key: string]: string | Messages;
}

/** The texts of a language, with those that it lacks from the fallback, key by key. */
export function mergeMessages(fallback: Messages, own: Messages): Messages {
  const merged: Messages = { ...fallback };
  for (const [key, value] of Object.entries(own)) {
    const before = merged[key];
    merged[key] =
      typeof value === 'object' && typeof before === 'object' ? mergeMessages(before, value) : value;
  }
  return merged;
}
