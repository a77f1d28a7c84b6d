import type { EvaluateOutcome, StoreValueInput } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, OUTPUT_BYTES, type Held } from '../../workflows/runs/model.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunDeps } from './deps.ts';
import { storeText, tooLarge } from './hold-value.ts';

/**
 * Makes the activity that joins the parts of a list or an object into one value, or moves a value out of the
 * history. Works on JSON text, so that large parts are never parsed.
 */
export function storeValue({ database, values }: RunDeps) {
  return async (input: StoreValueInput): Promise<EvaluateOutcome> => {
    const { value } = input;
    if ('ref' in value && value.at === undefined) return { output: value };
    if (knownBytes(value) > OUTPUT_BYTES) return { error: tooLarge(input.path) };
    const text = await joinedText(value, (held) => values.readText(input, held));
    if (!input.outside && Buffer.byteLength(text) <= INLINE_BYTES)
      return { output: { value: JSON.parse(text) as Json } };
    return storeText(database, input, text);
  };
}

type Parts = StoreValueInput['value'];

// Looked at before anything is loaded: many large parts together may not fit into memory.
function knownBytes(parts: Parts): number {
  const helds = 'list' in parts ? parts.list : 'fields' in parts ? Object.values(parts.fields) : [parts];
  return helds.reduce((sum, held) => sum + ('ref' in held && held.at === undefined ? held.bytes : 0), 0);
}

async function joinedText(parts: Parts, read: (held: Held) => Promise<string>): Promise<string> {
  if ('list' in parts) return `[${(await inOrder(parts.list, read)).join(',')}]`;
  if (!('fields' in parts)) return read(parts);
  const names = Object.keys(parts.fields).map((name) => JSON.stringify(name));
  const texts = await inOrder(Object.values(parts.fields), read);
  return `{${texts.map((text, i) => `${names[i] ?? ''}:${text}`).join(',')}}`;
}

// One after the other: a thousand parts must not take a thousand connections.
async function inOrder(helds: Held[], read: (held: Held) => Promise<string>): Promise<string[]> {
  const texts: string[] = [];
  for (const held of helds) texts.push(await read(held));
  return texts;
}
