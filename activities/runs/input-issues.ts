import { checkInput, type Flow } from '../../workflows/definitions/index.ts';
import type { Json } from '../../workflows/json.ts';

/** What is wrong with a run's input, by field (`input.chargeId`); empty when it fits the workflow's input schema. */
export function inputIssues(flow: Flow, input: Json): { field: string; message: string }[] {
  if (flow.input === undefined) return [];
  return checkInput(flow.input, input).map(({ path, message }) => ({
    field: fieldOf(path),
    message,
  }));
}

// From the JSON Pointer of the check to the dotted name of a field, as in every other refusal.
function fieldOf(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  return ['input', ...parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))].join('.');
}
