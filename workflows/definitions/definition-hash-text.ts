import { canonicalJson, definitionJson } from '../json.ts';
import type { Flow } from './model.ts';

/**
 * The text over which a definition's content hash (SHA-256) is taken: canonical JSON without `layout`, since moving a
 * step on the canvas changes nothing. The caller hashes it; the sandbox of workflows has no cryptography.
 */
export function definitionHashText(flow: Flow): string {
  const { layout: _layout, ...meaning } = flow;
  return canonicalJson(definitionJson(meaning));
}
