import type { JsonObject } from '../../../workflows/json.ts';

/** Workflows that run beside the demo's own while its runs are recorded: each shows one thing that runs do. */
export const RECORDED_FLOWS: readonly (JsonObject & { name: string })[] = [
  {
    flow: 'v1',
    name: 'Refund',
    description: 'Asks finance, and from 500 on a second person in another role.',
    input: { type: 'object', properties: { amount: { type: 'integer' } }, required: ['amount'] },
    triggers: [{ kind: 'manual' }],
    steps: [
      { id: 'fee', kind: 'transform', with: { value: '{{ input.amount * 0.02 }}' } },
      {
        id: 'ask',
        kind: 'approval',
        with: {
          title: 'Refund {{ input.amount }} EUR',
          class: 'B',
          approvers: ['finance', 'owner'],
          onDenied: 'continue',
        },
      },
      { id: 'settle', kind: 'wait', with: { seconds: 2 } },
      { id: 'book', kind: 'transform', with: { value: '{{ input.amount - steps.fee.output }}' } },
    ],
  },
  {
    flow: 'v1',
    name: 'New customer',
    description: 'Greets by mail, waits, and greets again.',
    triggers: [{ kind: 'manual' }],
    steps: [
      { id: 'greet', kind: 'email', with: mail('Welcome') },
      { id: 'pause', kind: 'wait', with: { seconds: 5 } },
      { id: 'tips', kind: 'email', with: mail('Three things to try') },
      { id: 'later', kind: 'wait', with: { seconds: 7 } },
      { id: 'ask', kind: 'email', with: mail('How is it going?') },
    ],
  },
  {
    flow: 'v1',
    name: 'Stock count',
    description: 'Counts in four places, one after another; now and then one of them does not answer.',
    input: { type: 'object', properties: { broken: { type: 'boolean' } }, required: ['broken'] },
    triggers: [{ kind: 'manual' }],
    steps: [
      { id: 'open', kind: 'postgres', with: count() },
      { id: 'move', kind: 'wait', with: { seconds: 3 } },
      { id: 'shelf', kind: 'postgres', with: count() },
      { id: 'walk', kind: 'wait', with: { seconds: 4 } },
      {
        id: 'yard',
        kind: 'fail',
        when: '{{ input.broken }}',
        with: { code: 'NO_ANSWER', message: 'The yard does not answer.' },
      },
      { id: 'close', kind: 'postgres', with: count() },
    ],
  },
  {
    flow: 'v1',
    name: 'Weekly figures',
    description: 'Reads, adds up and reports.',
    triggers: [{ kind: 'manual' }],
    steps: [
      { id: 'read', kind: 'postgres', with: count() },
      { id: 'calm', kind: 'wait', with: { seconds: 6 } },
      { id: 'sum', kind: 'transform', with: { value: '{{ steps.read.output.rows[0].open * 2 }}' } },
      { id: 'print', kind: 'wait', with: { seconds: 6 } },
      { id: 'send', kind: 'email', with: mail('The figures of the week') },
    ],
  },
];

function mail(subject: string): JsonObject {
  return { connection: 'demo-mail', to: 'somebody@demo.levqor.example', subject, text: `${subject}.` };
}

function count(): JsonObject {
  return { connection: 'demo-shop', sql: 'SELECT count(*)::int AS open FROM invoice WHERE paid_on IS NULL' };
}
