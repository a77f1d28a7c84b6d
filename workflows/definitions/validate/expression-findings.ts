import type { Json } from '../../json.ts';
import {
  checkExpression,
  dashHint,
  ExpressionError,
  isWholeExpression,
  parseTemplate,
  type ExpressionFacts,
} from '../../expressions/index.ts';
import { eachText } from './each-text.ts';
import { shorten, type Finding, type Place } from './finding.ts';
import { resultOf } from './explain-invisible-step.ts';
import { didYouMean } from './nearest-name.ts';

/** What expressions can see at one place of a definition. */
export interface Scope {
  names: ReadonlySet<string>;
  /** Ids of the steps whose results are there. */
  steps: ReadonlySet<string>;
  /** Why a step that is not among them cannot be seen: a code with a message that says what to do. */
  explain(stepId: string): Pick<Finding, 'code' | 'message'>;
}

/** What is wrong with the templates anywhere inside a value. */
export function templateFindings(value: Json | undefined, at: Place, scope: Scope): Finding[] {
  return [...eachText(value, at)].flatMap(({ text, place }) => textFindings(text, place, scope));
}

/** As {@link templateFindings}, for a field whose text must be one whole expression. Other values pass. */
export function wholeFindings(value: Json | undefined, at: Place, scope: Scope): Finding[] {
  if (typeof value !== 'string') return [];
  const findings = textFindings(value, at, scope);
  if (findings.some(({ code }) => code === 'EXPRESSION_INVALID') || isWholeExpression(value)) return findings;
  const message = 'Write one whole expression here, as in "{{ input.amount > 100 }}".';
  return [{ at, code: 'EXPRESSION_REQUIRED', message }];
}

function textFindings(text: string, at: Place, scope: Scope): Finding[] {
  if (!text.includes('{{')) return [];
  try {
    const sources = parseTemplate(text).flatMap((part) => ('expression' in part ? [part.expression] : []));
    return sources.flatMap((source) => sourceFindings(source, at, scope));
  } catch (error) {
    return [unreadable(error, text, at)];
  }
}

function sourceFindings(source: string, at: Place, scope: Scope): Finding[] {
  let facts: ExpressionFacts;
  try {
    facts = checkExpression(source);
  } catch (error) {
    return [unreadable(error, source, at)];
  }
  const findings = [
    ...stepFindings(facts, scope),
    ...nameFindings(facts, scope),
    ...pathFindings(facts, scope),
  ];
  const hint = findings.length > 0 ? dashHint(source) : null;
  if (hint === null) return findings.map((finding) => ({ ...finding, at }));
  // The dash was read as a minus: the names around it are not what is wrong.
  return findings.slice(0, 1).map(({ code, message }) => ({ code, at, message: `${message} ${hint}.` }));
}

type Fault = Pick<Finding, 'code' | 'message'>;

function nameFindings({ roots }: ExpressionFacts, scope: Scope): Fault[] {
  return [...new Set(roots)]
    .filter((root) => !scope.names.has(root))
    .map((root) => ({
      code: 'NAME_UNKNOWN',
      message: `There is no "${shorten(root)}" here.${nameHint(root, scope)}`,
    }));
}

function nameHint(root: string, { names, steps }: Scope): string {
  if (steps.has(root)) return ` Write ${resultOf(root)} for the result of that step.`;
  if (root === 'error') return ' Only the steps of "catch" can see the error.';
  if (root === 'index') return ' Only the steps of a loop can see it.';
  return didYouMean(root, names) || ` Known here: ${[...names].join(', ')}.`;
}

function stepFindings({ steps }: ExpressionFacts, scope: Scope): Fault[] {
  if (steps === 'all') return [];
  return [...new Set(steps)].filter((id) => !scope.steps.has(id)).map((id) => scope.explain(id));
}

const FIELDS_OF_STEP = ['output', 'error'];
const FIELDS_OF_RUN = ['id', 'startedAt', 'attempt'];

/** Paths that lead nowhere: fields that a step's result or the run does not have. */
function pathFindings({ paths }: ExpressionFacts, scope: Scope): Fault[] {
  const messages = paths.flatMap(([root, first, second]) => {
    if (root === 'run' && first !== undefined && scope.names.has('run') && !FIELDS_OF_RUN.includes(first))
      return [`The run has no "${shorten(first)}". It has ${FIELDS_OF_RUN.join(', ')}.`];
    if (root !== 'steps' || first === undefined || second === undefined) return [];
    if (!scope.steps.has(first) || FIELDS_OF_STEP.includes(second)) return [];
    return [`A step has no "${shorten(second)}" itself. Write ${resultOf(first)} for its result.`];
  });
  return [...new Set(messages)].map((message) => ({ code: 'NAME_UNKNOWN', message }));
}

/** Whatever a parser throws on strange text is a fault of the text: validation itself never throws. */
function unreadable(error: unknown, source: string, at: Place): Finding {
  const reason = error instanceof ExpressionError ? error.message : 'This expression cannot be read';
  const hint = dashHint(source);
  const sentences = [reason, ...(hint ? [hint] : [])].map((one) => (one.endsWith('.') ? one : `${one}.`));
  return { at, code: 'EXPRESSION_INVALID', message: sentences.join(' ') };
}
