import type { Json, JsonObject } from '../../json.ts';
import type { IssueCode } from '../issue-codes.ts';
import { each, flowWith, nested, note } from './flows.ts';

/** The code of the only issue of a definition, its place, the step that it is told of, and its words. */
export type FlowIssue = [
  code: IssueCode,
  path: string,
  stepId: string | null,
  definition: unknown,
  message?: RegExp,
];

const withTriggers = (...triggers: Json[]) => flowWith([note('a')], { triggers });
const withTrigger = (trigger: Json) => withTriggers(trigger);
const cron = (text: string): FlowIssue => [
  'CRON_INVALID',
  '/triggers/0/cron',
  null,
  withTrigger({ kind: 'schedule', cron: text }),
];
const zone = (timeZone: string): FlowIssue => [
  'TIME_ZONE_UNKNOWN',
  '/triggers/0/timeZone',
  null,
  withTrigger({ kind: 'schedule', cron: '0 6 * * *', timeZone }),
];
const schema = (input: JsonObject) => flowWith([note('a')], { input });
const deepValue = (depth: number): Json => (depth === 0 ? 1 : [deepValue(depth - 1)]);
const unsafeKey = JSON.parse('{"__proto__":1}') as Json;
const useOf = (id: string) => note('b', `{{ steps.${id}.output }}`);
const manySteps = Array.from({ length: 1_001 }, (_, i) => note(`s${i}`));

/** Faults that need more than one step, or none, to be seen. */
export const FLOW_ISSUES: FlowIssue[] = [
  ['WRONG_TYPE', '', null, 5, /must be an object/],
  ['WRONG_TYPE', '/steps', null, { flow: 'v1', steps: {} }, /must be a list/],
  ['WRONG_TYPE', '/steps/0', null, flowWith(['x'])],
  ['WRONG_TYPE', '/steps/0/with/value', null, flowWith([note('a', NaN)])],
  ['WRONG_TYPE', '/triggers/0', null, withTrigger(5)],
  ['WRONG_VALUE', '/flow', null, { flow: 'v2', steps: [note('a')] }, /must be "v1"/],
  ['MISSING_FIELD', '/flow', null, { steps: [note('a')] }],
  ['MISSING_FIELD', '/steps/0/id', null, flowWith([{ kind: 'transform', with: { value: 1 } }])],
  ['UNKNOWN_FIELD', '/outputs', null, flowWith([note('a')], { outputs: [] }), /Did you mean "output"/],
  ['UNKNOWN_FIELD', '/triggers/0/chron', null, withTrigger({ kind: 'manual', chron: 1 })],
  ['UNKNOWN_KIND', '/triggers/0/kind', null, withTrigger({ kind: 'timer' })],
  [
    'TRIGGER_DUPLICATE',
    '/triggers/2',
    null,
    withTriggers({ kind: 'webhook' }, { kind: 'manual' }, { kind: 'webhook', input: '{{ body }}' }),
    /\/triggers\/0/,
  ],
  ['TRIGGER_DUPLICATE', '/triggers/1', null, withTriggers({ kind: 'manual' }, { kind: 'manual' })],
  ['EMPTY_BODY', '/steps', null, flowWith([])],
  [
    'ID_DUPLICATE',
    '/steps/1/steps/0/id',
    'x',
    flowWith([note('x'), each({ steps: [note('x')] })]),
    /\/steps\/0/,
  ],
  ['NAME_RESERVED', '/steps/0/with/value/__proto__', null, flowWith([note('a', unsafeKey)])],
  [
    'STEP_UNKNOWN',
    '/steps/1/with/value',
    'b',
    flowWith([note('total'), useOf('totl')]),
    /Did you mean "total"/,
  ],
  ['STEP_UNKNOWN', '/steps/1/with/value', 'b', flowWith([note('give-up'), useOf('give-up')]), /backticks/],
  ['STEP_NOT_VISIBLE', '/steps/0/with/value', 'b', flowWith([useOf('a'), note('a')]), /runs later/],
  [
    'CONNECTION_UNKNOWN',
    '/steps/0/with/connection',
    'm',
    flowWith([{ id: 'm', kind: 'email', with: { to: 'a@b.example', subject: 's', text: 't' } }]),
    /kind SMTP/,
  ],
  ['TOO_MANY_STEPS', '/steps', null, flowWith(manySteps)],
  ['NESTED_TOO_DEEP', `/steps/0${'/steps/0'.repeat(20)}`, 'leaf', flowWith([nested(20)])],
  ['NESTED_TOO_DEEP', `/steps/0/with/value${'/0'.repeat(125)}`, null, flowWith([note('a', deepValue(200))])],
  ['DEFINITION_TOO_LARGE', '', null, flowWith([note('a', 'é'.repeat(600_000))])],
  [
    'TOO_MANY_EXPRESSIONS',
    '',
    null,
    { ...flowWith([]), output: Array.from({ length: 5_001 }, () => '{{ 1 }}') },
  ],
  ['TOO_MANY_ISSUES', '', null, flowWith(Array.from({ length: 300 }, () => 5))],
  [
    'INPUT_SCHEMA_INVALID',
    '/input/properties/a/type',
    null,
    schema({ properties: { a: { type: 'sting' } } }),
    /"string"/,
  ],
  ...[
    '* * * *',
    '60 * * * *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    '@daily',
    '* * 0 * *',
    '* * * foo *',
  ].map(cron),
  ...['Mars/Olympus', '+01:00', 'x y'].map(zone),
];
