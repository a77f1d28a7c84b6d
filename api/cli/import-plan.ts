import { createHash } from 'node:crypto';
import { diffDefinitions } from '../../workflows/definitions/diff-definitions.ts';
import type { Flow } from '../../workflows/definitions/model.ts';
import { canonicalJson, isJsonObject, type JsonObject } from '../../workflows/json.ts';
import type { Change } from './print-changes.ts';

/** A definition in a file. */
export interface FlowFile {
  file: string;
  /** The name of the workflow that it is for: the key of an import. */
  name: string;
  definition: JsonObject;
  /** The draft that it was made from, when a manifest or the caller tells. */
  base: { workflowId: string | null; draftHash: string } | null;
}

/** A draft as the server has it. */
export interface ServerDraft {
  id: string;
  name: string;
  version: number | null;
  draft: { hash: string; definition: unknown; savedAt: string; savedBy: { email: string } | null };
}

/**
 * What an import does with one file. `conflict`: the draft on the server is not the one that the file was made from,
 * so that saving it would undo what somebody did since.
 */
export interface ImportStep {
  kind: 'create' | 'change' | 'same' | 'conflict';
  file: FlowFile;
  /** What is there already; null for a new workflow. */
  server: ServerDraft | null;
  changes: Change[];
}

/** SHA-256 in hex of a draft, layout included, as the server makes it. */
export function draftHash(definition: JsonObject): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}

/** What is to be done so that the server has these definitions as drafts. Does nothing itself. */
export function planImport(files: readonly FlowFile[], drafts: readonly ServerDraft[]): ImportStep[] {
  const byName = new Map(drafts.map((one) => [one.name.toLowerCase(), one]));
  return files.map((file) => planFile(file, byName.get(file.name.toLowerCase()) ?? null));
}

function planFile(file: FlowFile, server: ServerDraft | null): ImportStep {
  if (server === null) return { kind: 'create', file, server, changes: [] };
  const hash = draftHash(file.definition);
  if (hash === server.draft.hash) return { kind: 'same', file, server, changes: [] };
  const changes = changesBetween(server.draft.definition, file.definition);
  return { kind: isConflict(file, server) ? 'conflict' : 'change', file, server, changes };
}

// A manifest of another server tells nothing about this one's drafts: ids are never the same on two servers.
function isConflict({ base }: FlowFile, server: ServerDraft): boolean {
  if (base === null || (base.workflowId !== null && base.workflowId !== server.id)) return false;
  return base.draftHash !== server.draft.hash;
}

const UNREADABLE: Change = {
  kind: 'changed',
  message: 'The definition is different, but one of the two is too unfinished to say where.',
};
const LAYOUT_ONLY: Change = {
  kind: 'changed',
  message: 'Only the places of the steps on the canvas changed.',
};

function changesBetween(before: unknown, after: JsonObject): Change[] {
  if (!isFlow(before) || !isFlow(after)) return [UNREADABLE];
  try {
    const changes = diffDefinitions(before, after);
    return changes.length > 0 ? changes : [LAYOUT_ONLY];
  } catch {
    return [UNREADABLE];
  }
}

// As much of the shape as the comparison leans on; what is deeper and broken, it says by failing.
function isFlow(value: unknown): value is Flow & JsonObject {
  return isJsonObject(value) && Array.isArray(value['steps']) && value['steps'].every(isJsonObject);
}
