import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../json.ts';
import { ISSUE_CODES, type IssueCode } from './issue-codes.ts';
import { DEFINITION_LIMITS } from './model.ts';
import { dropTable, flowWith, note, refundFlow } from './testing.ts';
import { validateDefinition, type ValidationContext } from './validate-definition.ts';

const CONTEXT: ValidationContext = {
  connections: [
    { name: 'shop', kind: 'HTTP' },
    { name: 'demo', kind: 'POSTGRES' },
    { name: 'mail', kind: 'SMTP' },
  ],
  workflows: [{ id: '7d0c', name: 'Dunning' }],
};

interface Case {
  code: IssueCode;
  /** Path and step of the one issue with that code. */
  path: string;
  stepId?: string;
  definition: unknown;
  context?: ValidationContext;
  message?: RegExp;
}

const http = (fields: JsonObject): JsonObject => ({ id: 'a', kind: 'http', with: fields });
const email = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'email',
  with: { to: 'ada@example.com', subject: 'Hello', text: 'Hi', ...fields },
});
const sql = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'postgres',
  with: { connection: 'demo', sql: 'SELECT 1', ...fields },
});
const wait = (fields: JsonObject): JsonObject => ({ id: 'a', kind: 'wait', with: fields });
const loop = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'while',
  condition: '{{ true }}',
  maxIterations: 3,
  steps: [note('b')],
  ...fields,
});
const approval = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'approval',
  with: { title: 'May I?', ...fields },
});
const each = (fields: JsonObject): JsonObject => ({
  id: 'a',
  kind: 'forEach',
  items: [1],
  as: 'line',
  steps: [note('b')],
  ...fields,
});
const parallel = (...ids: string[]): JsonObject => ({
  id: 'p',
  kind: 'parallel',
  branches: ids.map((id, i) => ({ id, steps: [note(`n${i}`)] })),
});
const inStep = (path: string, stepId = 'a') => ({ path: `/steps/0/${path}`, stepId });
const nested = (depth: number): JsonObject =>
  depth === 0 ? note('leaf') : { id: `n${depth}`, kind: 'try', steps: [nested(depth - 1)] };
const deepValue = (depth: number): Json => (depth === 0 ? 1 : [deepValue(depth - 1)]);

const CASES: Case[] = [
  { code: 'WRONG_TYPE', path: '', definition: 5, message: /must be an object/ },
  { code: 'WRONG_TYPE', path: '/steps', definition: { flow: 'v1', steps: {} }, message: /must be a list/ },
  { code: 'WRONG_TYPE', path: '/steps/0', definition: flowWith(['x']) },
  {
    code: 'WRONG_TYPE',
    ...inStep('with/title'),
    definition: flowWith([approval({ title: 5 })]),
    message: /must be text/,
  },
  {
    code: 'WRONG_TYPE',
    ...inStep('with/to/1'),
    definition: flowWith([email({ to: ['ada@example.com', 5] })]),
  },
  {
    code: 'WRONG_TYPE',
    ...inStep('with/params'),
    definition: flowWith([sql({ params: 5 })]),
    message: /a list or text/,
  },
  { code: 'WRONG_TYPE', ...inStep('items'), definition: flowWith([each({ items: { a: 1 } })]) },
  { code: 'WRONG_TYPE', path: '/steps/0/with/value', definition: flowWith([note('a', NaN)]) },
  { code: 'WRONG_TYPE', path: '/triggers/0', definition: flowWith([note('a')], { triggers: [5] }) },
  {
    code: 'WRONG_VALUE',
    path: '/flow',
    definition: { ...flowWith([note('a')]), flow: 'v2' },
    message: /must be "v1"/,
  },
  {
    code: 'WRONG_VALUE',
    ...inStep('with/method'),
    definition: flowWith([http({ method: 'POSST', url: 'https://a.example' })]),
    message: /Did you mean "POST"/,
  },
  {
    code: 'WRONG_VALUE',
    ...inStep('retry/attempts'),
    definition: flowWith([{ ...note('a'), retry: { attempts: 0 } }]),
    message: /at least 1/,
  },
  {
    code: 'WRONG_VALUE',
    ...inStep('timeoutSeconds'),
    definition: flowWith([{ ...note('a'), timeoutSeconds: 0 }]),
    message: /more than 0/,
  },
  { code: 'WRONG_VALUE', ...inStep('with/seconds'), definition: flowWith([wait({ seconds: -1 })]) },
  { code: 'WRONG_VALUE', ...inStep('with/seconds'), definition: flowWith([wait({ seconds: 1e12 })]) },
  {
    code: 'WRONG_VALUE',
    ...inStep('with/expiresInSeconds'),
    definition: flowWith([approval({ expiresInSeconds: 0 })]),
  },
  {
    code: 'WRONG_VALUE',
    ...inStep('with/to'),
    definition: flowWith([email({ to: [] })]),
    message: /at least 1 entries/,
  },
  {
    code: 'WRONG_VALUE',
    ...inStep('with/code'),
    definition: flowWith([{ id: 'a', kind: 'fail', with: { message: 'x', code: 'no stock' } }]),
  },
  {
    code: 'WRONG_VALUE',
    ...inStep('with/status'),
    definition: flowWith([{ id: 'a', kind: 'respond', with: { status: 99 } }]),
  },
  { code: 'MISSING_FIELD', path: '/flow', definition: { steps: [note('a')] } },
  {
    code: 'MISSING_FIELD',
    path: '/steps/0/id',
    definition: flowWith([{ kind: 'transform', with: { value: 1 } }]),
  },
  { code: 'MISSING_FIELD', ...inStep('kind'), definition: flowWith([{ id: 'a' }]) },
  {
    code: 'MISSING_FIELD',
    ...inStep('with/value'),
    definition: flowWith([{ id: 'a', kind: 'transform', with: {} }]),
  },
  { code: 'MISSING_FIELD', ...inStep('with/url'), definition: flowWith([http({})]) },
  { code: 'MISSING_FIELD', ...inStep('with/path'), definition: flowWith([http({ connection: 'shop' })]) },
  { code: 'MISSING_FIELD', ...inStep('with/connection'), definition: flowWith([http({ path: '/a' })]) },
  {
    code: 'MISSING_FIELD',
    ...inStep('with/text'),
    definition: flowWith([{ id: 'a', kind: 'email', with: { to: 'a@b.example', subject: 'x' } }]),
  },
  { code: 'MISSING_FIELD', ...inStep('with/seconds'), definition: flowWith([wait({})]) },
  { code: 'UNKNOWN_FIELD', path: '/step', definition: { ...flowWith([note('a')]), step: [] } },
  {
    code: 'UNKNOWN_FIELD',
    ...inStep('with/mehtod'),
    definition: flowWith([http({ mehtod: 'GET', url: 'https://a.example' })]),
    message: /Did you mean "method"/,
  },
  {
    code: 'UNKNOWN_FIELD',
    ...inStep('url'),
    definition: flowWith([{ ...http({ connection: 'shop', path: '/' }), url: 'https://a.example' }]),
    message: /into "with"/,
  },
  {
    code: 'UNKNOWN_FIELD',
    path: '/triggers/0/chron',
    definition: flowWith([note('a')], { triggers: [{ kind: 'schedule', cron: '* * * * *', chron: 1 }] }),
  },
  {
    code: 'FIELD_CONFLICT',
    ...inStep('with/url'),
    definition: flowWith([http({ url: 'https://a.example', connection: 'shop' })]),
  },
  {
    code: 'FIELD_CONFLICT',
    ...inStep('with/body'),
    definition: flowWith([http({ url: 'https://a.example', body: {} })]),
  },
  { code: 'FIELD_CONFLICT', ...inStep('with'), definition: flowWith([wait({ seconds: 1, event: 'paid' })]) },
  {
    code: 'FIELD_CONFLICT',
    ...inStep('with/timeoutSeconds'),
    definition: flowWith([wait({ seconds: 1, timeoutSeconds: 2 })]),
  },
  {
    code: 'UNKNOWN_KIND',
    ...inStep('kind'),
    definition: flowWith([{ id: 'a', kind: 'htp' }]),
    message: /Did you mean "http"/,
  },
  {
    code: 'UNKNOWN_KIND',
    ...inStep('kind'),
    definition: flowWith([{ id: 'a', kind: 'if' }]),
    message: /Use "branch"/,
  },
  {
    code: 'UNKNOWN_KIND',
    ...inStep('kind'),
    definition: flowWith([{ id: 'a', kind: 'constructor' }]),
    message: /Use one of transform/,
  },
  {
    code: 'UNKNOWN_KIND',
    path: '/triggers/0/kind',
    definition: flowWith([note('a')], { triggers: [{ kind: 'timer' }] }),
  },
  { code: 'EMPTY_BODY', path: '/steps', definition: flowWith([]) },
  { code: 'EMPTY_BODY', ...inStep('steps'), definition: flowWith([each({ steps: [] })]) },
  { code: 'EMPTY_BODY', ...inStep('steps'), definition: flowWith([loop({ steps: [] })]) },
  {
    code: 'EMPTY_BODY',
    ...inStep('steps'),
    definition: flowWith([{ id: 'a', kind: 'try', steps: [], catch: [] }]),
  },
  {
    code: 'EMPTY_BODY',
    ...inStep('branches/0/steps'),
    definition: flowWith([{ id: 'a', kind: 'parallel', branches: [{ id: 'x', steps: [] }] }]),
  },
  {
    code: 'ID_INVALID',
    path: '/steps/0/id',
    stepId: '2 late',
    definition: flowWith([note('2 late')]),
    message: /Begin with a letter/,
  },
  {
    code: 'ID_DUPLICATE',
    path: '/steps/1/steps/0/id',
    stepId: 'x',
    definition: flowWith([note('x'), each({ steps: [note('x')] })]),
    message: /\/steps\/0/,
  },
  {
    code: 'ID_DUPLICATE',
    path: '/steps/0/branches/1/id',
    stepId: 'p',
    definition: flowWith([parallel('x', 'x')]),
  },
  { code: 'NAME_RESERVED', ...inStep('as'), definition: flowWith([each({ as: 'input' })]) },
  {
    code: 'NAME_RESERVED',
    path: '/steps/0/id',
    stepId: 'constructor',
    definition: flowWith([note('constructor')]),
  },
  {
    code: 'NAME_RESERVED',
    path: '/steps/0/with/value/__proto__',
    definition: flowWith([note('a', JSON.parse('{"__proto__":1}') as Json)]),
  },
  {
    code: 'NAME_UNKNOWN',
    ...inStep('with/value'),
    definition: flowWith([note('a', '{{ inputs.x }}')]),
    message: /Did you mean "input"/,
  },
  {
    code: 'STEP_UNKNOWN',
    path: '/steps/1/with/value',
    stepId: 'b',
    definition: flowWith([note('total'), note('b', '{{ steps.totl.output }}')]),
    message: /Did you mean "total"/,
  },
  {
    code: 'STEP_UNKNOWN',
    path: '/steps/1/with/value',
    stepId: 'b',
    definition: flowWith([note('give-up'), note('b', '{{ steps.give-up.output }}')]),
    message: /backticks/,
  },
  {
    code: 'STEP_NOT_VISIBLE',
    ...inStep('with/value'),
    definition: flowWith([note('a', '{{ steps.b.output }}'), note('b')]),
    message: /runs later/,
  },
  {
    code: 'EXPRESSION_INVALID',
    ...inStep('with/value/1/deep'),
    definition: flowWith([note('a', [1, { deep: 'x {{ 1 + }}' }])]),
  },
  { code: 'EXPRESSION_INVALID', ...inStep('with/value'), definition: flowWith([note('a', 'open {{ 1')]) },
  { code: 'EXPRESSION_INVALID', ...inStep('when'), definition: flowWith([{ ...note('a'), when: '{{ 1' }]) },
  { code: 'EXPRESSION_REQUIRED', ...inStep('when'), definition: flowWith([{ ...note('a'), when: 'yes' }]) },
  {
    code: 'EXPRESSION_REQUIRED',
    ...inStep('condition'),
    definition: flowWith([loop({ condition: '{{ true }} ok' })]),
  },
  {
    code: 'EXPRESSION_REQUIRED',
    ...inStep('cases/0/when'),
    definition: flowWith([{ id: 'a', kind: 'branch', cases: [{ when: 'x', steps: [] }] }]),
  },
  { code: 'EXPRESSION_REQUIRED', ...inStep('items'), definition: flowWith([each({ items: 'all' })]) },
  { code: 'EXPRESSION_REQUIRED', ...inStep('with/seconds'), definition: flowWith([wait({ seconds: '5' })]) },
  { code: 'EXPRESSION_REQUIRED', ...inStep('with/params'), definition: flowWith([sql({ params: 'a' })]) },
  {
    code: 'EXPRESSION_NOT_ALLOWED',
    ...inStep('with/workflow'),
    definition: flowWith([{ id: 'a', kind: 'callWorkflow', with: { workflow: '{{ input.w }}' } }]),
    context: CONTEXT,
  },
  {
    code: 'EXPRESSION_NOT_ALLOWED',
    ...inStep('with/approvers/0'),
    definition: flowWith([approval({ approvers: ['{{ input.boss }}'] })]),
  },
  {
    code: 'CONNECTION_UNKNOWN',
    ...inStep('with/connection'),
    definition: flowWith([http({ connection: 'shp', path: '/' })]),
    context: CONTEXT,
    message: /Did you mean "shop"/,
  },
  {
    code: 'CONNECTION_UNKNOWN',
    ...inStep('with/connection'),
    definition: flowWith([email({})]),
    context: { connections: [] },
  },
  {
    code: 'CONNECTION_UNKNOWN',
    ...inStep('with/connection'),
    definition: flowWith([email({})]),
    context: {
      connections: [
        { name: 'x', kind: 'SMTP' },
        { name: 'y', kind: 'SMTP' },
      ],
    },
  },
  {
    code: 'CONNECTION_WRONG_KIND',
    ...inStep('with/connection'),
    definition: flowWith([http({ connection: 'demo', path: '/' })]),
    context: CONTEXT,
  },
  {
    code: 'CONNECTION_NOT_LITERAL',
    ...inStep('with/connection'),
    definition: flowWith([http({ connection: '{{ input.c }}', path: '/' })]),
    context: CONTEXT,
  },
  {
    code: 'WORKFLOW_UNKNOWN',
    ...inStep('with/workflow'),
    definition: flowWith([{ id: 'a', kind: 'callWorkflow', with: { workflow: 'Duning' } }]),
    context: CONTEXT,
    message: /Did you mean "Dunning"/,
  },
  { code: 'URL_INVALID', ...inStep('with/url'), definition: flowWith([http({ url: 'ftp://a.example/x' })]) },
  {
    code: 'URL_INVALID',
    ...inStep('with/url'),
    definition: flowWith([http({ url: 'file://{{ input.path }}' })]),
  },
  {
    code: 'URL_INVALID',
    ...inStep('with/path'),
    definition: flowWith([http({ connection: 'shop', path: '//evil.example' })]),
  },
  {
    code: 'HEADER_INVALID',
    ...inStep('with/headers/X Y'),
    definition: flowWith([http({ url: 'https://a.example', headers: { 'X Y': '1' } })]),
  },
  {
    code: 'HEADER_INVALID',
    ...inStep('with/headers/X-Y'),
    definition: flowWith([http({ url: 'https://a.example', headers: { 'X-Y': 'a\r\nb' } })]),
  },
  {
    code: 'HEADER_INVALID',
    ...inStep('with/headers/Host'),
    definition: flowWith([http({ url: 'https://a.example', headers: { Host: 'b' } })]),
  },
  {
    code: 'HEADER_INVALID',
    ...inStep('with/subject'),
    definition: flowWith([email({ subject: 'a\nBcc: b' })]),
  },
  { code: 'ADDRESS_INVALID', ...inStep('with/to'), definition: flowWith([email({ to: 'ada' })]) },
  {
    code: 'ADDRESS_INVALID',
    ...inStep('with/to'),
    definition: flowWith([email({ to: 'a@b.example, c@d.example' })]),
    message: /as a list/,
  },
  { code: 'TIME_INVALID', ...inStep('with/until'), definition: flowWith([wait({ until: 'tomorrow' })]) },
  {
    code: 'TIME_INVALID',
    ...inStep('with/until'),
    definition: flowWith([wait({ until: '2027-02-30T00:00:00Z' })]),
  },
  {
    code: 'SQL_TEMPLATE',
    ...inStep('with/sql'),
    definition: flowWith([sql({ sql: "SELECT '{{ input.x }}'" })]),
    message: /params/,
  },
  {
    code: 'APPROVER_UNKNOWN',
    ...inStep('with/approvers/1'),
    definition: flowWith([approval({ approvers: ['finance', 'ownr'] })]),
    message: /Did you mean "owner"/,
  },
  {
    code: 'SECRET_IN_DEFINITION',
    ...inStep('with/headers/authorization'),
    definition: flowWith([http({ url: 'https://a.example', headers: { authorization: 'Bearer abc' } })]),
  },
  {
    code: 'SECRET_IN_DEFINITION',
    ...inStep('with/url'),
    definition: flowWith([http({ url: 'https://ada:pw@a.example/' })]),
  },
  {
    code: 'SECRET_IN_DEFINITION',
    ...inStep('with/query/api_key'),
    definition: flowWith([http({ url: 'https://a.example', query: { api_key: 'abc' } })]),
  },
  {
    code: 'SECRET_IN_DEFINITION',
    ...inStep('with/value/k'),
    definition: flowWith([note('a', { k: `sk_${'live'}_0123456789abcdef` })]),
  },
  {
    code: 'LOOP_UNBOUNDED',
    ...inStep('maxIterations'),
    definition: flowWith([{ id: 'a', kind: 'while', condition: '{{ true }}', steps: [note('b')] }]),
  },
  {
    code: 'LOOP_TOO_LONG',
    ...inStep('maxIterations'),
    definition: flowWith([loop({ maxIterations: DEFINITION_LIMITS.whileIterations + 1 })]),
  },
  {
    code: 'PARALLEL_TOO_WIDE',
    ...inStep('branches', 'p'),
    definition: flowWith([parallel(...Array.from({ length: 201 }, (_, i) => `b${i}`))]),
  },
  { code: 'PARALLEL_TOO_WIDE', ...inStep('concurrency'), definition: flowWith([each({ concurrency: 201 })]) },
  {
    code: 'TOO_MANY_STEPS',
    path: '/steps',
    definition: flowWith(Array.from({ length: 1001 }, (_, i) => note(`s${i}`))),
  },
  {
    code: 'NESTED_TOO_DEEP',
    path: `/steps/0${'/steps/0'.repeat(20)}`,
    stepId: 'leaf',
    definition: flowWith([nested(20)]),
  },
  {
    code: 'NESTED_TOO_DEEP',
    path: `/steps/0/with/value${'/0'.repeat(125)}`,
    definition: flowWith([note('a', deepValue(200))]),
  },
  { code: 'DEFINITION_TOO_LARGE', path: '', definition: flowWith([note('a', 'é'.repeat(600_000))]) },
  { code: 'TOO_MANY_ISSUES', path: '', definition: flowWith(Array.from({ length: 300 }, () => 5)) },
  {
    code: 'INPUT_SCHEMA_INVALID',
    path: '/input/properties/a/type',
    definition: flowWith([note('a')], { input: { properties: { a: { type: 'sting' } } } }),
    message: /Did you mean "string"/,
  },
  ...[
    '* * * *',
    '60 * * * *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    '@daily',
    '* * 0 * *',
    '* * * foo *',
  ].map((cron): Case => ({
    code: 'CRON_INVALID',
    path: '/triggers/0/cron',
    definition: flowWith([note('a')], { triggers: [{ kind: 'schedule', cron }] }),
  })),
  ...['Mars/Olympus', '+01:00', 'x y'].map((timeZone): Case => ({
    code: 'TIME_ZONE_UNKNOWN',
    path: '/triggers/0/timeZone',
    definition: flowWith([note('a')], { triggers: [{ kind: 'schedule', cron: '0 6 * * *', timeZone }] }),
  })),
  {
    code: 'GATE_MISSING',
    path: '/steps/0',
    stepId: 'wipe',
    definition: flowWith([dropTable('wipe')]),
    message: /"class": "C"/,
  },
];

describe('validateDefinition', () => {
  it.each(CASES.map((one) => [one.code, one.path, one] as const))('finds %s at %s', (code, path, one) => {
    const issues = validateDefinition(one.definition, one.context);
    const found = issues.filter((issue) => issue.code === code);
    expect(found).toEqual([{ path, stepId: one.stepId ?? null, code, message: expect.any(String) }]);
    expect(found[0]?.message).toMatch(one.message ?? /\.$/);
    // One fault is one issue: nothing else is told about it.
    expect(issues.filter((issue) => issue.code !== code && code !== 'TOO_MANY_ISSUES')).toEqual([]);
  });

  it('has a case for every code', () => {
    expect([...new Set(CASES.map((one) => one.code))].sort()).toEqual(Object.keys(ISSUE_CODES).sort());
  });

  it.each<[string, unknown]>([
    ['the sample of the format', refundFlow()],
    [
      'names of months and days in a schedule',
      flowWith([note('a')], {
        triggers: [{ kind: 'schedule', cron: '*/15 8-18 1,15 JAN-MAR mon-fri', timeZone: 'Asia/Kolkata' }],
      }),
    ],
    [
      'two webhooks, one of which maps its call',
      flowWith([note('a')], {
        triggers: [{ kind: 'webhook' }, { kind: 'webhook', input: { order: '{{ body.order }}' } }],
      }),
    ],
    [
      'a credential that an expression makes',
      flowWith([http({ url: 'https://a.example', headers: { Authorization: 'Bearer {{ input.token }}' } })]),
    ],
    ['a templated address', flowWith([http({ url: '{{ input.url }}' })])],
    ['an address with a name', flowWith([email({ to: 'Ada Lovelace <ada@example.com>' })])],
    ['a wait until a time with an offset', flowWith([wait({ until: '2028-02-29T09:00:00.5+05:30' })])],
    [
      'a wait for an event',
      flowWith([wait({ event: 'paid-{{ input.id }}', timeoutSeconds: '{{ input.limit }}' })]),
    ],
    ['approvers by role and by address', flowWith([approval({ approvers: ['finance', 'ada@example.com'] })])],
    ['parameters made by one expression', flowWith([sql({ sql: 'SELECT $1', params: '{{ [input.a] }}' })])],
    ['steps nested as deep as allowed', flowWith([nested(19)])],
    [
      'an empty case, catch and otherwise',
      flowWith([
        { id: 'a', kind: 'branch', cases: [{ when: '{{ true }}', steps: [] }], otherwise: [] },
        { id: 't', kind: 'try', steps: [note('n')], catch: [] },
      ]),
    ],
    [
      'template braces in names and descriptions',
      flowWith([{ ...note('a'), name: 'x {{', description: '{{ nothing' }]),
    ],
  ])('accepts %s', (_, definition) => {
    expect(validateDefinition(definition)).toEqual([]);
  });

  it('accepts what the organisation has', () => {
    const steps = [
      http({ connection: 'shop', path: '/' }),
      { ...email({}), id: 'b' },
      { id: 'c', kind: 'callWorkflow', with: { workflow: '7d0c' } },
    ];
    expect(validateDefinition(flowWith(steps), CONTEXT)).toEqual([]);
    const named = {
      connections: [
        { name: 'email', kind: 'SMTP' as const },
        { name: 'x', kind: 'SMTP' as const },
      ],
    };
    expect(validateDefinition(flowWith([email({})]), named)).toEqual([]);
  });

  it('goes on after a faulty step, and still knows its result', () => {
    const issues = validateDefinition(
      flowWith([
        { id: 'a', kind: 'transform' },
        note('b', '{{ steps.a.output }}'),
        note('c', '{{ steps.z }}'),
      ]),
    );
    expect(issues.map(({ code, stepId }) => [code, stepId])).toEqual([
      ['MISSING_FIELD', 'a'],
      ['STEP_UNKNOWN', 'c'],
    ]);
  });

  it('never repeats a secret', () => {
    const secret = `sk_${'live'}_0123456789abcdef`;
    const issues = validateDefinition(
      flowWith([http({ url: `https://u:${secret}@a.example`, headers: { Cookie: secret } })]),
    );
    expect(JSON.stringify(issues)).not.toContain(secret);
    expect(issues.map((issue) => issue.code)).toEqual(['SECRET_IN_DEFINITION', 'SECRET_IN_DEFINITION']);
  });

  it.each<[string, Json]>([
    [
      'many expressions',
      Array.from({ length: 300 }, (_, i) => note(`s${i}`, '{{ $sum([1..3]) & input.a & steps.s0.output }}')),
    ],
    [
      'a long text that almost looks like a secret',
      [note('a', `${'a'.repeat(100_000)} ${'eyJ-'.repeat(50_000)}`)],
    ],
    ['many faulty references', Array.from({ length: 900 }, (_, i) => note(`step${i}`, '{{ steps.stepp }}'))],
  ])('is quick with %s', (_, steps) => {
    const begin = performance.now();
    validateDefinition(flowWith(steps));
    expect(performance.now() - begin).toBeLessThan(4_000);
  });
});

describe('validateDefinition never throws', () => {
  it('on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => Array.isArray(validateDefinition(value))),
      { numRuns: 300 },
    );
  });

  it('on any steps', () => {
    const kinds = fc.constantFrom(
      'transform',
      'http',
      'branch',
      'parallel',
      'forEach',
      'while',
      'try',
      'wait',
      'approval',
      'email',
      'postgres',
    );
    const field = fc.constantFrom(
      'with',
      'steps',
      'cases',
      'branches',
      'otherwise',
      'catch',
      'finally',
      'items',
      'as',
      'when',
      'condition',
      'retry',
    );
    const step = fc
      .tuple(kinds, fc.dictionary(field, fc.jsonValue()))
      .map(([kind, fields]) => ({ id: 'a', kind, ...fields }));
    fc.assert(
      fc.property(fc.array(step), (steps) => Array.isArray(validateDefinition(flowWith(steps as Json)))),
      { numRuns: 300 },
    );
  });

  it('on a sound definition with one value changed', () => {
    const text = JSON.stringify(refundFlow());
    const places = placesIn(JSON.parse(text) as Json);
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue(), fc.constantFrom('{{', '{{ steps.x }}', '{{ $ }}', -1)),
        (place, value) => {
          const definition = JSON.parse(text) as Json;
          replace(definition, place, value as Json);
          return Array.isArray(validateDefinition(definition, CONTEXT));
        },
      ),
      { numRuns: 300 },
    );
  });
});

type Keys = (string | number)[];

function placesIn(value: Json, place: Keys = []): Keys[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...place, key]))].filter(
    (one) => one.length > 0,
  );
}

function replace(root: Json, place: Keys, value: Json): void {
  const owner = place
    .slice(0, -1)
    .reduce((inner, key) => (inner as Record<string | number, Json>)[key] as Json, root);
  (owner as Record<string | number, Json>)[place.at(-1) ?? ''] = value;
}
