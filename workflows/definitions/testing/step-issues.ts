import type { JsonObject } from '../../json.ts';
import type { IssueCode } from '../issue-codes.ts';
import { dropTable, each, email, gate, http, loop, note, parallel, sql, wait } from './flows.ts';

/** The code of the only issue of a definition with this one step, its place in the step, and its words. */
export type StepIssue = [code: IssueCode, at: string, step: JsonObject, message?: RegExp];

const A = 'https://a.example';
const approval = (fields: JsonObject) => gate('a', fields);
const call = (workflow: string): JsonObject => ({ id: 'a', kind: 'callWorkflow', with: { workflow } });

/** Faults of form. */
export const FORM_ISSUES: StepIssue[] = [
  ['WRONG_TYPE', '/with/title', approval({ title: 5 }), /must be text/],
  ['WRONG_TYPE', '/with/to/1', email({ to: ['ada@example.com', 5] }), /Entry 2 of "to"/],
  ['WRONG_TYPE', '/with/params', sql({ params: 5 }), /a list or text/],
  ['WRONG_TYPE', '/items', each({ items: { a: 1 } })],
  ['WRONG_VALUE', '/with/method', http({ method: 'POSST', url: A }), /Did you mean "POST"/],
  ['WRONG_VALUE', '/retry/attempts', { ...note('a'), retry: { attempts: 0 } }, /at least 1/],
  ['WRONG_VALUE', '/timeoutSeconds', { ...note('a'), timeoutSeconds: 0 }, /more than 0/],
  ['WRONG_VALUE', '/with/seconds', wait({ seconds: -1 })],
  ['WRONG_VALUE', '/with/seconds', wait({ seconds: 1e12 })],
  ['WRONG_VALUE', '/with/expiresInSeconds', approval({ expiresInSeconds: 0 })],
  ['WRONG_VALUE', '/with/to', email({ to: [] }), /at least 1 entries/],
  ['WRONG_VALUE', '/with/code', { id: 'a', kind: 'fail', with: { message: 'x', code: 'no stock' } }],
  ['WRONG_VALUE', '/with/status', { id: 'a', kind: 'respond', with: { status: 99 } }],
  ['MISSING_FIELD', '/kind', { id: 'a' }],
  ['MISSING_FIELD', '/with/value', { id: 'a', kind: 'transform', with: {} }],
  ['MISSING_FIELD', '/with/url', http({})],
  ['MISSING_FIELD', '/with/path', http({ connection: 'shop' })],
  ['MISSING_FIELD', '/with/connection', http({ path: '/a' })],
  ['MISSING_FIELD', '/with/text', { id: 'a', kind: 'email', with: { to: 'a@b.example', subject: 'x' } }],
  ['MISSING_FIELD', '/with/seconds', wait({})],
  ['UNKNOWN_FIELD', '/with/mehtod', http({ mehtod: 'GET', url: A }), /Did you mean "method"/],
  ['UNKNOWN_FIELD', '/url', { ...http({ connection: 'shop', path: '/' }), url: A }, /into "with"/],
  ['FIELD_CONFLICT', '/with/url', http({ url: A, connection: 'shop' })],
  ['FIELD_CONFLICT', '/with/body', http({ url: A, body: {} })],
  ['FIELD_CONFLICT', '/with', wait({ seconds: 1, event: 'paid' })],
  ['FIELD_CONFLICT', '/with/timeoutSeconds', wait({ seconds: 1, timeoutSeconds: 2 })],
  [
    'FIELD_CONFLICT',
    '/with/onCancel',
    { id: 'a', kind: 'callWorkflow', with: { workflow: '7d0c', wait: false, onCancel: 'cancel' } },
  ],
  ['UNKNOWN_KIND', '/kind', { id: 'a', kind: 'htp' }, /Did you mean "http"/],
  ['UNKNOWN_KIND', '/kind', { id: 'a', kind: 'if' }, /Use "branch"/],
  ['UNKNOWN_KIND', '/kind', { id: 'a', kind: 'constructor' }, /Use one of transform/],
  ['EMPTY_BODY', '/steps', each({ steps: [] })],
  ['EMPTY_BODY', '/steps', loop({ steps: [] })],
  ['EMPTY_BODY', '/steps', { id: 'a', kind: 'try', steps: [], catch: [] }],
  ['EMPTY_BODY', '/branches/0/steps', { id: 'a', kind: 'parallel', branches: [{ id: 'x', steps: [] }] }],
  ['ID_INVALID', '/id', note('2 late'), /Begin with a letter/],
  ['ID_DUPLICATE', '/branches/1/id', parallel('x', 'x')],
  ['NAME_RESERVED', '/as', each({ as: 'input' })],
  ['NAME_RESERVED', '/id', note('constructor')],
  [
    'LOOP_UNBOUNDED',
    '/maxIterations',
    { id: 'a', kind: 'while', condition: '{{ true }}', steps: [note('b')] },
  ],
  ['LOOP_TOO_LONG', '/maxIterations', loop({ maxIterations: 100_001 })],
  ['PARALLEL_TOO_WIDE', '/branches', parallel(...Array.from({ length: 201 }, (_, i) => `b${i}`))],
  ['PARALLEL_TOO_WIDE', '/concurrency', each({ concurrency: 201 })],
];

/** Faults of what stands in the fields. */
export const CONTENT_ISSUES: StepIssue[] = [
  ['NAME_UNKNOWN', '/with/value', note('a', '{{ inputs.x }}'), /Did you mean "input"/],
  ['EXPRESSION_INVALID', '/with/value/1/deep', note('a', [1, { deep: 'x {{ 1 + }}' }])],
  ['EXPRESSION_INVALID', '/with/value', note('a', 'open {{ 1')],
  ['EXPRESSION_INVALID', '/when', { ...note('a'), when: '{{ 1' }],
  ['EXPRESSION_REQUIRED', '/when', { ...note('a'), when: 'yes' }],
  ['EXPRESSION_REQUIRED', '/condition', loop({ condition: '{{ true }} ok' })],
  ['EXPRESSION_REQUIRED', '/cases/0/when', { id: 'a', kind: 'branch', cases: [{ when: 'x', steps: [] }] }],
  ['EXPRESSION_REQUIRED', '/items', each({ items: 'all' })],
  ['EXPRESSION_REQUIRED', '/with/seconds', wait({ seconds: '5' })],
  ['EXPRESSION_REQUIRED', '/with/params', sql({ params: 'a' })],
  ['EXPRESSION_NOT_ALLOWED', '/with/workflow', call('{{ input.w }}')],
  ['EXPRESSION_NOT_ALLOWED', '/with/approvers/0', approval({ approvers: ['{{ input.boss }}'] })],
  ['CONNECTION_UNKNOWN', '/with/connection', http({ connection: 'shp', path: '/' }), /Did you mean "shop"/],
  ['CONNECTION_WRONG_KIND', '/with/connection', http({ connection: 'demo', path: '/' }), /kind POSTGRES/],
  ['CONNECTION_NOT_LITERAL', '/with/connection', http({ connection: '{{ input.c }}', path: '/' })],
  ['WORKFLOW_UNKNOWN', '/with/workflow', call('Duning'), /Did you mean "Dunning"/],
  ['URL_INVALID', '/with/url', http({ url: 'ftp://a.example/x' })],
  ['URL_INVALID', '/with/url', http({ url: 'file://{{ input.path }}' })],
  ['URL_INVALID', '/with/path', http({ connection: 'shop', path: '//evil.example' })],
  ['HEADER_INVALID', '/with/headers/X Y', http({ url: A, headers: { 'X Y': '1' } })],
  ['HEADER_INVALID', '/with/headers/X-Y', http({ url: A, headers: { 'X-Y': 'a\r\nb' } })],
  ['HEADER_INVALID', '/with/headers/Host', http({ url: A, headers: { Host: 'b' } })],
  ['HEADER_INVALID', '/with/subject', email({ subject: 'a\nBcc: b' })],
  ['ADDRESS_INVALID', '/with/to', email({ to: 'ada' })],
  ['ADDRESS_INVALID', '/with/to', email({ to: 'a@b.example, c@d.example' }), /as a list/],
  ['TIME_INVALID', '/with/until', wait({ until: 'tomorrow' })],
  ['TIME_INVALID', '/with/until', wait({ until: '2027-02-30T00:00:00Z' })],
  ['SQL_TEMPLATE', '/with/sql', sql({ sql: "SELECT '{{ input.x }}'" }), /params/],
  ['APPROVER_UNKNOWN', '/with/approvers/1', approval({ approvers: ['finance', 'ownr'] }), /mean "owner"/],
  ['SECRET_IN_DEFINITION', '/with/headers/cookie', http({ url: A, headers: { cookie: 'a=b' } })],
  ['SECRET_IN_DEFINITION', '/with/url', http({ url: 'https://ada:pw@a.example/' })],
  ['SECRET_IN_DEFINITION', '/with/url', http({ url: `${A}?x=1&api_key=abc` })],
  ['SECRET_IN_DEFINITION', '/with/query/api_key', http({ url: A, query: { api_key: 'abc' } })],
  ['SECRET_IN_DEFINITION', '/with/value/k', note('a', { k: `sk_${'live'}_0123456789abcdef` })],
  ['GATE_MISSING', '', dropTable('a'), /"class": "C"/],
];
