import { canonicalJson, type Json } from '../json.ts';
import { sha256Hex } from '../sha256.ts';
import type { ApprovalPlan } from './model.ts';

/**
 * The SHA-256 of what a plan asks for, without the run and the step that ask: requests with an equal one ask for the
 * same, whoever started their runs, and can be decided together.
 */
export function contentHashOf({ runId: _run, path: _path, ...content }: ApprovalPlan): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(content)) as Json));
}
