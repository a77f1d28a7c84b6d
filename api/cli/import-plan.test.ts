import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../workflows/json.ts';
import { draftHash, planImport, type FlowFile, type ServerDraft } from './import-plan.ts';

const flow = (value: string): JsonObject => ({
  flow: 'v1',
  steps: [{ id: 'hello', kind: 'transform', with: { value } }],
});
const OLD = flow('old');
const NEW = flow('new');
const server = (definition: unknown, name = 'Greeting'): ServerDraft => ({
  id: 'workflow_1',
  name,
  version: 1,
  draft: {
    hash: draftHash(definition as JsonObject),
    definition,
    savedAt: '2026-11-23T09:00:00Z',
    savedBy: null,
  },
});
const file = (definition: JsonObject, base: FlowFile['base'] = null): FlowFile => ({
  file: 'greeting.flow.json',
  name: 'greeting',
  definition,
  base,
});
const from = (definition: JsonObject, workflowId: string | null = 'workflow_1') => ({
  workflowId,
  draftHash: draftHash(definition),
});

describe('the plan of an import', () => {
  it.each([
    ['a new name', file(NEW), [], 'create'],
    ['another name', file(NEW), [server(OLD, 'Other')], 'create'],
    ['the same definition', file(OLD), [server(OLD)], 'same'],
    [
      'the same with keys in another order',
      file({ steps: OLD['steps']!, flow: 'v1' }),
      [server(OLD)],
      'same',
    ],
    ['the same, though the base is old', file(NEW, from(OLD)), [server(NEW)], 'same'],
    ['another definition, no base', file(NEW), [server(OLD)], 'change'],
    ['another one, made from what is there', file(NEW, from(OLD)), [server(OLD)], 'change'],
    ['another one, made from an older draft', file(NEW, from(flow('older'))), [server(OLD)], 'conflict'],
    ['an untouched file of an older draft', file(NEW, from(NEW)), [server(OLD)], 'conflict'],
    ['a manifest of another server', file(NEW, from(flow('x'), 'workflow_2')), [server(OLD)], 'change'],
    ['a base that was named by hand', file(NEW, from(flow('x'), null)), [server(OLD)], 'conflict'],
  ] as const)('%s', (_, one, drafts, kind) => {
    expect(planImport([one], drafts).map((step) => step.kind)).toEqual([kind]);
  });

  it.each([
    ['a field', file(NEW), OLD, '"with.value" of step "hello" was changed.'],
    ['the layout', file({ ...OLD, layout: { hello: { x: 1, y: 2 } } }), OLD, 'Only the places'],
    ['something unreadable', file(NEW), { flow: 'v1', steps: 'none' }, 'too unfinished'],
  ])('says what is different in %s', (_, one, before, message) => {
    const [step] = planImport([one], [server(before)]);
    expect(step?.changes[0]?.message).toContain(message);
  });
});
