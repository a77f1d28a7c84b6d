/**
 * The first key that an object of a JSON text has twice, or null. Of two values, one reader takes the first and
 * another the last, so that a sender and we could read different things. The text must be valid JSON.
 */
export function duplicateKey(text: string): string | null {
  // One set of keys for each open object, null for an open list.
  const open: (Set<string> | null)[] = [];
  let keyIsNext = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const end = stringEnd(text, i);
      const key = keyIsNext ? (JSON.parse(text.slice(i, end + 1)) as string) : null;
      if (key !== null && open.at(-1)?.has(key)) return key;
      if (key !== null) open.at(-1)?.add(key);
      keyIsNext = false;
      i = end;
    } else if (char === '{' || char === '[') {
      keyIsNext = char === '{';
      open.push(keyIsNext ? new Set() : null);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === ',') {
      keyIsNext = open.at(-1) !== null;
    }
  }
  return null;
}

/** Where the string that begins at `start` ends: the place of its closing quote. */
function stringEnd(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
