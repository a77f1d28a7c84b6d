import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../json.ts';
import { ISSUE_CODES } from './issue-codes.ts';
import { STEP_KINDS } from './model.ts';
import { email, flowWith, gate, http, nested, note, refundFlow, sql, wait } from './testing/flows.ts';
import { FLOW_ISSUES, type FlowIssue } from './testing/flow-issues.ts';
import { CONTENT_ISSUES, FORM_ISSUES } from './testing/step-issues.ts';
import { validateDefinition, type ValidationContext } from './validate-definition.ts';

/** An organisation with two SMTP connections, so that none is its only one. */
const CONTEXT: ValidationContext = {
  connections: [
    { name: 'shop', kind: 'HTTP' },
    { name: 'demo', kind: 'POSTGRES' },
    { name: 'sales', kind: 'SMTP' },
    { name: 'support', kind: 'SMTP' },
  ],
  workflows: [{ id: '7d0c', name: 'Dunning' }],
};
const WITH_EMAIL: ValidationContext = {
  ...CONTEXT,
  connections: [...(CONTEXT.connections ?? []), { name: 'email', kind: 'SMTP' }],
};

const STEP_ISSUES = [...FORM_ISSUES, ...CONTENT_ISSUES].map(
  ([code, at, step, message = /\.$/]): FlowIssue => [
    code,
    `/steps/0${at}`,
    step['id'] as string,
    flowWith([step]),
    message,
  ],
);
const ISSUES = [...STEP_ISSUES, ...FLOW_ISSUES];

describe('validateDefinition', () => {
  it.each(ISSUES.map((one) => ({ one, code: one[0], path: one[1] })))('finds $code at $path', ({ one }) => {
    const [code, path, stepId, definition, message = /\.$/] = one;
    const context = path.endsWith('/connection') && stepId === 'm' ? CONTEXT : WITH_EMAIL;
    const issues = validateDefinition(definition, context);
    const found = issues.filter((issue) => issue.code === code);
    expect(found).toEqual([{ path, stepId, code, message: expect.stringMatching(message) }]);
    // One fault is one issue: nothing else is told about it.
    expect(issues.filter((issue) => issue.code !== code && code !== 'TOO_MANY_ISSUES')).toEqual([]);
  });

  it('has a case for every code', () => {
    expect([...new Set(ISSUES.map(([code]) => code))].sort()).toEqual(Object.keys(ISSUE_CODES).sort());
  });

  it.each<[string, JsonObject[]]>([
    [
      'a credential that an expression makes',
      [http({ url: 'https://a.example', headers: { Authorization: 'Bearer {{ input.token }}' } })],
    ],
    ['a templated address', [http({ url: '{{ input.url }}' })]],
    ['an address with a name', [email({ to: 'Ada Lovelace <ada@example.com>' })]],
    ['a wait until a time with an offset', [wait({ until: '2028-02-29T09:00:00.5+05:30' })]],
    ['a wait for an event', [wait({ event: 'paid-{{ input.id }}', timeoutSeconds: '{{ input.limit }}' })]],
    ['approvers by role and by address', [gate('a', { approvers: ['finance', 'ada@example.com'] })]],
    ['parameters made by one expression', [sql({ sql: 'SELECT $1', params: '{{ [input.a] }}' })]],
    ['steps nested as deep as allowed', [nested(19)]],
    [
      'a case and otherwise without steps',
      [{ id: 'a', kind: 'branch', cases: [{ when: '{{ true }}', steps: [] }], otherwise: [] }],
    ],
    ['a catch without steps', [{ id: 't', kind: 'try', steps: [note('n')], catch: [] }]],
    [
      'template braces in names and descriptions',
      [{ ...note('a'), name: 'x {{', description: '{{ nothing' }],
    ],
    [
      'connections and workflows that are there',
      [
        http({ connection: 'shop', path: '/' }),
        { id: 'c', kind: 'callWorkflow', with: { workflow: '7d0c' } },
      ],
    ],
  ])('accepts %s', (_, steps) => {
    expect(validateDefinition(flowWith(steps), WITH_EMAIL)).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    [
      'names in a schedule',
      { kind: 'schedule', cron: '*/15 8-18 1,15 JAN-MAR mon-fri', timeZone: 'Asia/Kolkata' },
    ],
    ['a webhook that maps its call', { kind: 'webhook', input: { order: '{{ body.order }}' } }],
  ])('accepts %s', (_, trigger) => {
    expect(validateDefinition(flowWith([note('a')], { triggers: [{ kind: 'manual' }, trigger] }))).toEqual(
      [],
    );
  });

  it('accepts several schedules, equal ones too: each may have an input of its own', () => {
    const daily = { kind: 'schedule', cron: '0 6 * * *' };
    const triggers = [daily, { kind: 'webhook' }, daily, { ...daily, input: { n: 1 } }, { kind: 'manual' }];
    expect(validateDefinition(flowWith([note('a')], { triggers }))).toEqual([]);
  });

  it('accepts the sample of the format, and an e-mail through the only SMTP connection', () => {
    expect(validateDefinition(refundFlow())).toEqual([]);
    const only: ValidationContext = { connections: [{ name: 'mail', kind: 'SMTP' }] };
    expect(validateDefinition(flowWith([email({})]), only)).toEqual([]);
  });

  it('goes on after a faulty step, and still knows its result', () => {
    const steps = [
      { id: 'a', kind: 'transform' },
      note('b', '{{ steps.a.output }}'),
      note('c', '{{ steps.z }}'),
    ];
    const issues = validateDefinition(flowWith(steps));
    expect(issues.map(({ code, stepId }) => [code, stepId])).toEqual([
      ['MISSING_FIELD', 'a'],
      ['STEP_UNKNOWN', 'c'],
    ]);
  });

  it('never repeats a secret', () => {
    const secret = `sk_${'live'}_0123456789abcdef`;
    const step = http({ url: `https://u:${secret}@a.example`, headers: { Cookie: secret } });
    const issues = validateDefinition(flowWith([step]));
    expect(JSON.stringify(issues)).not.toContain(secret);
    expect(issues.map((issue) => issue.code)).toEqual(['SECRET_IN_DEFINITION', 'SECRET_IN_DEFINITION']);
  });

  it.each<[string, JsonObject[]]>([
    [
      'many expressions',
      Array.from({ length: 300 }, (_, i) => note(`s${i}`, '{{ $sum([1..3]) & input.a }}')),
    ],
    ['text that almost looks like a secret', [note('a', `${'a'.repeat(100_000)} ${'eyJ-'.repeat(50_000)}`)]],
    ['many faulty references', Array.from({ length: 900 }, (_, i) => note(`step${i}`, '{{ steps.stepp }}'))],
  ])('is quick with %s', (_, steps) => {
    const begin = performance.now();
    validateDefinition(flowWith(steps));
    expect(performance.now() - begin).toBeLessThan(4_000);
  });
});

describe('validateDefinition never throws', () => {
  const RUNS = { numRuns: 150 };

  it('on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => Array.isArray(validateDefinition(value))),
      RUNS,
    );
  });

  it('on any steps', () => {
    const field = fc.constantFrom(
      'with',
      'steps',
      'cases',
      'branches',
      'otherwise',
      'catch',
      'items',
      'as',
      'when',
    );
    const fields = fc.dictionary(field, fc.jsonValue());
    const step = fc
      .tuple(fc.constantFrom(...STEP_KINDS), fields)
      .map(([kind, rest]) => ({ id: 'a', kind, ...rest }));
    const steps = fc.array(step).map((list) => flowWith(list as Json));
    fc.assert(
      fc.property(steps, (flow) => Array.isArray(validateDefinition(flow))),
      RUNS,
    );
  });

  it('on a sound definition with one value changed', () => {
    const places = placesIn(refundFlow() as unknown as Json);
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('{{', '{{ steps.x }}', '{{ $ }}', -1));
    const changed = fc
      .tuple(fc.constantFrom(...places), value)
      .map(([place, json]) => changedAt(place, json as Json));
    fc.assert(
      fc.property(changed, (flow) => Array.isArray(validateDefinition(flow, CONTEXT))),
      RUNS,
    );
  });
});

type Place = (string | number)[];

function placesIn(value: Json, place: Place = []): Place[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [
    ...(place.length > 0 ? [place] : []),
    ...inner.flatMap(([key, one]) => placesIn(one, [...place, key])),
  ];
}

function changedAt(place: Place, value: Json): Json {
  const root = refundFlow() as unknown as Record<string | number, Json>;
  let owner = root;
  for (const key of place.slice(0, -1)) owner = owner[key] as Record<string | number, Json>;
  owner[place.at(-1) ?? ''] = value;
  return root;
}
