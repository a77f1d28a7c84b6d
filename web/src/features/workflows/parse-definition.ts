import type { Json } from '../../graphql/graphql.ts';
import { faultInJson } from './fault-in-json.ts';

/** A definition that was typed, or where its text stops being JSON. Lines and columns count from 1. */
export type Parsed =
  { definition: Json; fault: null } | { definition: null; fault: { line: number; column: number } };

/** Reads the text of a definition. */
export function parseDefinition(text: string): Parsed {
  try {
    return { definition: JSON.parse(text) as Json, fault: null };
  } catch {
    // Engines say where in different words, and some not at all.
    const before = text.slice(0, faultInJson(text)).split('\n');
    return { definition: null, fault: { line: before.length, column: (before.at(-1) ?? '').length + 1 } };
  }
}
