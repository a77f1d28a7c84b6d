import type { Json, JsonObject } from '../../json.ts';
import type { Flow, Step } from '../model.ts';

/** A definition that uses most of the format, for tests: a refund with an approval. Each call gives a fresh one. */
export function refundFlow(): Flow {
  return {
    flow: 'v1',
    name: 'Refund with approval',
    input: { type: 'object', required: ['chargeId'], properties: { chargeId: { type: 'string' } } },
    triggers: [
      { kind: 'manual' },
      { kind: 'webhook' },
      { kind: 'schedule', cron: '0 6 * * 1-5', timeZone: 'Europe/London', overlap: 'skip' },
    ],
    limits: {
      timeoutSeconds: 86400,
      concurrency: { key: '{{ input.chargeId }}', limit: 1, whenFull: 'queue' },
    },
    steps: refundSteps(),
    output: '{{ steps.lines.output }}',
    layout: { charge: { x: 0, y: 0 } },
  };
}

function refundSteps(): Step[] {
  return [
    {
      id: 'charge',
      kind: 'http',
      with: { connection: 'shop', method: 'GET', path: '/charges/{{ input.chargeId }}' },
      timeoutSeconds: 20,
      retry: { attempts: 5, firstDelaySeconds: 1, factor: 2, maxDelaySeconds: 60 },
    },
    {
      id: 'size',
      kind: 'branch',
      cases: [
        {
          when: '{{ steps.charge.output.body.amount > 10000 }}',
          steps: [
            {
              id: 'gate',
              kind: 'approval',
              with: {
                title: 'Refund {{ steps.charge.output.body.amount / 100 }}',
                class: 'C',
                expiresInSeconds: 172800,
              },
            },
          ],
        },
      ],
      otherwise: [],
    },
    {
      id: 'lines',
      kind: 'forEach',
      items: '{{ steps.charge.output.body.lines }}',
      as: 'line',
      concurrency: 5,
      steps: [{ id: 'log', kind: 'transform', with: { value: "{{ { 'sku': line.sku, 'n': index } }}" } }],
    },
    {
      id: 'safe',
      kind: 'try',
      steps: [
        {
          id: 'refund',
          kind: 'http',
          with: {
            connection: 'shop',
            method: 'POST',
            path: '/refunds',
            body: { charge: '{{ input.chargeId }}' },
          },
        },
      ],
      catch: [{ id: 'give-up', kind: 'fail', with: { message: '{{ error.message }}' } }],
    },
  ];
}

/** A definition as JSON with these steps, and these fields besides. */
export function flowWith(steps: Json, fields: JsonObject = {}): JsonObject {
  return { flow: 'v1', steps, ...fields };
}

/** A step that does nothing but exist; with a value, its templates are evaluated. */
export function note(id: string, value: Json = 1): JsonObject {
  return { id, kind: 'transform', with: { value } };
}

/** A Class C action. */
export function dropTable(id: string): JsonObject {
  return { id, kind: 'postgres', with: { connection: 'demo', sql: 'DROP TABLE invoices' } };
}

/** An approval step with these fields in its `with`, and these besides. */
export function gate(id: string, fields: JsonObject = { class: 'C' }, besides: JsonObject = {}): JsonObject {
  return { id, kind: 'approval', with: { title: 'May it go on?', ...fields }, ...besides };
}

/** An http step with the id `a` and these fields in its `with`. */
export const http = (fields: JsonObject): JsonObject => ({ id: 'a', kind: 'http', with: fields });

/** An e-mail step that is sound, but for these fields. */
export const email = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'email',
  with: { to: 'ada@example.com', subject: 'Hello', text: 'Hi', ...fields },
});

/** A postgres step that is sound, but for these fields. */
export const sql = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'postgres',
  with: { connection: 'demo', sql: 'SELECT 1', ...fields },
});

/** A wait step with these fields in its `with`. */
export const wait = (fields: JsonObject): JsonObject => ({ id: 'a', kind: 'wait', with: fields });

/** A while step that is sound, but for these fields. */
export const loop = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'while',
  condition: '{{ true }}',
  maxIterations: 3,
  steps: [note('b')],
  ...fields,
});

/** A forEach step that is sound, but for these fields. */
export const each = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'forEach',
  items: [1],
  as: 'line',
  steps: [note('b')],
  ...fields,
});

/** A parallel step with a branch of one step for each id. */
export const parallel = (...ids: string[]): JsonObject => ({
  id: 'a',
  kind: 'parallel',
  branches: ids.map((id, i) => ({ id, steps: [note(`n${i}`)] })),
});

/** Steps inside steps, `depth` times, around one note. */
export const nested = (depth: number): JsonObject =>
  depth === 0 ? note('leaf') : { id: `n${depth}`, kind: 'try', steps: [nested(depth - 1)] };
