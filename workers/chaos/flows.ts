import type { Expected, ExpectedEffect, FlowName, Scenario } from './model.ts';

/** What a flow is, how it ends, and how often it is taken. */
export interface ChaosFlow {
  /** Of all weights together, so many runs are of this flow. */
  weight: number;
  definition: { steps: object[]; output?: unknown; triggers?: object[] };
  expect(scenario: Scenario): Expected;
}

/** The workflow that runs of `parent` call. */
export const CHILD_NAME = 'Chaos child';

/** Patient enough to outlast every outage: an effect that fails in the end would say nothing about the engine. */
const RETRY = { attempts: 60, firstDelaySeconds: 0.5, factor: 1.5, maxDelaySeconds: 3 };
const transform = (id: string, value: unknown) => ({ id, kind: 'transform', with: { value } });
const put = (id: string, body: object = { n: '{{ input.n }}' }) => ({
  ...{ id, kind: 'http', retry: RETRY, timeoutSeconds: 10 },
  with: { connection: 'web', method: 'POST', path: `/effects/{{ input.n }}/${id}`, body },
});
const effect = (path: string, body: object, of: ExpectedEffect['of'] = 'run'): ExpectedEffect => ({
  ...{ of, path, body },
});
const N = '{{ input.n }}';

const SUCCESS: Expected = {
  ...{ status: 'SUCCEEDED', output: null, errorCode: null },
  ...{ effects: [], effectsMayBeMissing: false, letters: 0, rows: 0, steps: 1 },
};

/** The workflow that is called: its effect carries the key of the called run. */
export const CHILD = { steps: [put('inner')], output: '{{ input.n * 3 }}' };

export const CHAOS_FLOWS: Record<FlowName, ChaosFlow> = {
  pure: {
    weight: 22,
    definition: {
      steps: [
        transform('double', '{{ input.n * 2 }}'),
        {
          ...{ id: 'each', kind: 'forEach', items: '{{ [1..5] }}', as: 'i' },
          steps: [transform('square', '{{ i * i + input.n }}')],
        },
        {
          ...{ id: 'pick', kind: 'branch' },
          cases: [{ when: '{{ input.n % 2 = 0 }}', steps: [transform('even', 'even')] }],
          otherwise: [transform('uneven', 'uneven')],
        },
      ],
      output:
        '{{ { "double": steps.double.output, "sum": $sum(steps.each.output), "kind": steps.pick.output } }}',
    },
    expect: ({ number: n }) => ({
      ...SUCCESS,
      output: { double: 2 * n, sum: 55 + 5 * n, kind: n % 2 === 0 ? 'even' : 'uneven' },
      steps: 9,
    }),
  },
  effects: {
    weight: 18,
    definition: {
      steps: [
        {
          ...{ id: 'each', kind: 'forEach', items: '{{ [1..4] }}', as: 'i', concurrency: 2 },
          steps: [put('put', { n: N, i: '{{ i }}' })],
        },
      ],
      output: '{{ $count(steps.each.output) }}',
    },
    expect: ({ number: n }) => ({
      ...SUCCESS,
      output: 4,
      effects: [1, 2, 3, 4].map((i) => effect(`each[${i - 1}]/put`, { n, i })),
      steps: 5,
    }),
  },
  letter: {
    weight: 4,
    definition: {
      steps: [
        {
          ...{ id: 'letter', kind: 'email', retry: RETRY },
          with: { connection: 'letters', to: `n${N}@example.com`, subject: 'Chaos', text: 'It is done.' },
        },
      ],
      output: N,
    },
    expect: ({ number }) => ({ ...SUCCESS, output: number, letters: 1 }),
  },
  row: {
    weight: 8,
    definition: {
      steps: [
        {
          ...{ id: 'insert', kind: 'postgres', retry: RETRY, timeoutSeconds: 10 },
          with: {
            connection: 'shop',
            sql: `INSERT INTO entry (run, n) VALUES ($1, $2)
              ON CONFLICT (run) DO UPDATE SET written = entry.written + 1 RETURNING n`,
            params: ['{{ run.id }}', N],
          },
        },
      ],
      output: '{{ steps.insert.output.rows[0].n }}',
    },
    expect: ({ number }) => ({ ...SUCCESS, output: number, rows: 1 }),
  },
  approval: {
    weight: 12,
    definition: {
      steps: [{ id: 'gate', kind: 'approval', with: { title: `May ${N} go on?` } }, put('after')],
      output: N,
    },
    expect: ({ number: n, odd }) =>
      odd
        ? { ...SUCCESS, status: 'FAILED', errorCode: 'APPROVAL_DENIED' }
        : { ...SUCCESS, output: n, effects: [effect('after', { n })], steps: 2 },
  },
  event: {
    weight: 10,
    definition: {
      steps: [
        { id: 'go', kind: 'wait', with: { event: 'go' } },
        transform('said', '{{ steps.go.output.n }}'),
      ],
      output: '{{ steps.said.output }}',
    },
    expect: ({ number }) => ({ ...SUCCESS, output: number, steps: 2 }),
  },
  timer: {
    weight: 6,
    definition: { steps: [{ id: 'rest', kind: 'wait', with: { seconds: 2 } }, put('late')], output: N },
    expect: ({ number: n }) => ({ ...SUCCESS, output: n, effects: [effect('late', { n })], steps: 2 }),
  },
  parent: {
    weight: 5,
    definition: {
      steps: [{ id: 'call', kind: 'callWorkflow', with: { workflow: CHILD_NAME, input: { n: N } } }],
      output: '{{ steps.call.output }}',
    },
    expect: ({ number: n }) => ({ ...SUCCESS, output: 3 * n, effects: [effect('inner', { n }, 'child')] }),
  },
  hook: {
    weight: 6,
    definition: { triggers: [{ kind: 'webhook', input: '{{ body }}' }], steps: [put('called')], output: N },
    expect: ({ number: n }) => ({ ...SUCCESS, output: n, effects: [effect('called', { n })] }),
  },
  pause: {
    weight: 3,
    definition: {
      steps: [
        {
          ...{ id: 'each', kind: 'forEach', items: '{{ [1..8] }}', as: 'i' },
          steps: [{ id: 'rest', kind: 'wait', with: { seconds: 0.4 } }],
        },
      ],
      output: '{{ $count(steps.each.output) }}',
    },
    // A wait gives null, and null is no item of a list that is counted.
    expect: () => ({ ...SUCCESS, output: 8, steps: 9 }),
  },
  cancel: {
    weight: 3,
    definition: {
      steps: [
        {
          ...{ id: 'hold', kind: 'try' },
          // Once its answer is known, Temporal itself knows that the body was begun.
          steps: [put('begun'), { id: 'never', kind: 'wait', with: { event: 'never' } }],
          finally: [put('cleanup')],
        },
      ],
    },
    expect: ({ number: n, odd }) => ({
      ...{ ...SUCCESS, status: 'CANCELLED', effectsMayBeMissing: odd, steps: odd ? null : 4 },
      effects: [effect('hold/begun', { n }), effect('hold/cleanup', { n })],
    }),
  },
  fails: {
    weight: 3,
    definition: {
      steps: [put('before'), { id: 'stop', kind: 'fail', with: { message: 'None left', code: 'NO_STOCK' } }],
    },
    expect: ({ number: n }) => ({
      ...{ ...SUCCESS, status: 'FAILED', errorCode: 'NO_STOCK' },
      ...{ effects: [effect('before', { n })], steps: 2 },
    }),
  },
};

/** How the run of a scenario has to end. */
export function expectedOf(scenario: Scenario): Expected {
  return CHAOS_FLOWS[scenario.flow].expect(scenario);
}
