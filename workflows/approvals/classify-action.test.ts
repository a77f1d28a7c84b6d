import { describe, expect, it } from '@jest/globals';
import { HTTP_METHODS } from '../definitions/nodes/http.ts';
import { STEP_KINDS, type Step, type StepKind } from '../definitions/model.ts';
import { classifyAction, classifyGate, requiredClass } from './classify-action.ts';
import type { ApprovalClass } from './model.ts';
import type { LaunchStage } from '../launch-stage.ts';

const SAMPLES: { [Kind in StepKind]: [Step, ApprovalClass | null][] } = {
  transform: [[{ id: 'a', kind: 'transform', with: { value: 1 } }, null]],
  http: [
    [{ id: 'a', kind: 'http', with: { url: 'https://a.example' } }, null],
    ...HTTP_METHODS.map((method): [Step, ApprovalClass | null] => [
      { id: 'a', kind: 'http', with: { method, url: 'https://a.example' } },
      ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? 'A' : null,
    ]),
  ],
  postgres: [
    [{ id: 'a', kind: 'postgres', with: { connection: 'demo', sql: 'SELECT 1' } }, null],
    [{ id: 'a', kind: 'postgres', with: { connection: 'demo', sql: 'DROP TABLE t' } }, 'C'],
  ],
  email: [[{ id: 'a', kind: 'email', with: { to: 'a@b.example', subject: 'x', text: 'y' } }, 'A']],
  branch: [[{ id: 'a', kind: 'branch', cases: [] }, null]],
  parallel: [[{ id: 'a', kind: 'parallel', branches: [] }, null]],
  forEach: [[{ id: 'a', kind: 'forEach', items: [], as: 'x', steps: [] }, null]],
  while: [[{ id: 'a', kind: 'while', condition: '{{ true }}', maxIterations: 1, steps: [] }, null]],
  try: [[{ id: 'a', kind: 'try', steps: [] }, null]],
  wait: [[{ id: 'a', kind: 'wait', with: { seconds: 1 } }, null]],
  approval: [[{ id: 'a', kind: 'approval', with: { title: 'x', class: 'C' } }, null]],
  callWorkflow: [[{ id: 'a', kind: 'callWorkflow', with: { workflow: 'x' } }, null]],
  respond: [[{ id: 'a', kind: 'respond', with: {} }, null]],
  fail: [[{ id: 'a', kind: 'fail', with: { message: 'x' } }, null]],
};

describe('classifyAction', () => {
  it.each(STEP_KINDS)('knows %s', (kind) => {
    for (const [step, expected] of SAMPLES[kind]) expect(classifyAction(step)).toBe(expected);
  });
});

describe('requiredClass', () => {
  it.each<[ApprovalClass | null, ApprovalClass | undefined, LaunchStage, ApprovalClass | null]>([
    [null, undefined, 'pre-launch', null],
    [null, 'B', 'post-launch', 'B'],
    ['A', undefined, 'post-launch', 'A'],
    ['A', undefined, 'pre-launch', 'B'],
    ['A', 'C', 'post-launch', 'C'],
    ['B', 'A', 'post-launch', 'B'],
    ['C', 'A', 'pre-launch', 'C'],
    ['C', undefined, 'post-launch', 'C'],
  ])('action %s, declared %s, %s: %s', (...[action, declared, stage, expected]) => {
    expect(requiredClass({ action, declared, stage })).toBe(expected);
  });
});

describe('classifyGate', () => {
  it.each<[ApprovalClass | undefined, (ApprovalClass | null)[], LaunchStage, ApprovalClass]>([
    [undefined, [], 'post-launch', 'B'],
    [undefined, ['A', null, 'C'], 'post-launch', 'C'],
    ['A', [], 'post-launch', 'A'],
    ['A', [], 'pre-launch', 'B'],
    ['A', ['B'], 'post-launch', 'B'],
    ['C', ['A'], 'post-launch', 'C'],
  ])('declared %s before %j, %s: %s', (...[declared, guarded, stage, expected]) => {
    expect(classifyGate({ declared, guarded, stage })).toBe(expected);
  });
});
