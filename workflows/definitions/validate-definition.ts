import type { Json } from '../json.ts';
import { schemaFaults } from './check-input-schema.ts';
import { DEFINITION_LIMITS, type DefinitionIssue } from './model.ts';
import { emptyBodyFindings } from './validate/body-findings.ts';
import { checkContext, type ValidationContext } from './validate/check-context.ts';
import { checkGates } from './validate/check-gates.ts';
import { checkIds } from './validate/check-ids.ts';
import { checkLimits } from './validate/check-limits.ts';
import { checkReferences } from './validate/check-references.ts';
import { checkShape } from './validate/check-shape.ts';
import { checkSteps } from './validate/check-steps.ts';
import { checkTriggers } from './validate/check-triggers.ts';
import { valueAt, type Finding } from './validate/finding.ts';
import { eachText } from './validate/each-text.ts';
import { createIssueSink, type IssueSink } from './validate/issue-sink.ts';
import { measureJson } from './validate/measure-json.ts';
import { readStepTree } from './validate/read-step-tree.ts';

export type { ValidationContext } from './validate/check-context.ts';

/** The deepest nesting of JSON that is looked at. Steps nested as deep as allowed, with values in them, fit well. */
const JSON_DEPTH = 128;

/**
 * Everything that is wrong with a definition, in no particular order; empty when it can be published and run.
 * Takes any JSON and never throws. What `context` holds of the organisation is checked too: without it, connections
 * and workflows are taken to exist.
 */
export function validateDefinition(definition: unknown, context: ValidationContext = {}): DefinitionIssue[] {
  const sink = createIssueSink();
  sink.addAll(sizeFindings(definition));
  if (sink.issues.length > 0) return sink.issues;
  const tree = readStepTree(definition);
  checkShape(definition, tree, sink);
  checkIds(tree, sink);
  checkLimits(tree, sink);
  checkSteps(tree, sink);
  checkContext(tree, context, sink);
  checkReferences(definition, tree, sink);
  checkTriggers(definition, sink);
  checkGates(tree, sink);
  checkFlow(definition, sink);
  return sink.issues;
}

// Each one is parsed at every check: a definition full of them would hold the process up for seconds.
function expressionCountFindings(definition: Json): Finding[] {
  let count = 0;
  for (const { text } of eachText(definition, [])) count += text.split('{{').length - 1;
  if (count <= DEFINITION_LIMITS.expressions) return [];
  const message = `This has ${count} expressions; ${DEFINITION_LIMITS.expressions} are possible. Move some steps into a workflow of their own and call it.`;
  return [{ at: [], code: 'TOO_MANY_EXPRESSIONS', message }];
}

/** Refuses what is too large to look at, before anything recursive does. */
function sizeFindings(definition: unknown): Finding[] {
  const { bytes, tooDeep, notJson, unsafeKey } = measureJson(definition, JSON_DEPTH, DEFINITION_LIMITS.bytes);
  if (bytes > DEFINITION_LIMITS.bytes) {
    const message = `A definition can have ${DEFINITION_LIMITS.bytes} bytes. Move some steps into a workflow of their own and call it.`;
    return [{ at: [], code: 'DEFINITION_TOO_LARGE', message }];
  }
  if (tooDeep) {
    const message = `Values can be nested ${JSON_DEPTH} deep. Make this flatter.`;
    return [{ at: tooDeep, code: 'NESTED_TOO_DEEP', message }];
  }
  if (notJson)
    return [{ at: notJson, code: 'WRONG_TYPE', message: 'This is not a value that JSON can hold.' }];
  if (unsafeKey)
    return [
      { at: unsafeKey, code: 'NAME_RESERVED', message: 'This key cannot be used. Choose another one.' },
    ];
  return expressionCountFindings(definition as Json);
}

function checkFlow(definition: unknown, sink: IssueSink): void {
  const steps = valueAt(definition, ['steps']);
  if (Array.isArray(steps)) sink.addAll(emptyBodyFindings(steps, ['steps']));
  const schema = valueAt(definition, ['input']);
  if (schema === undefined) return;
  const findings = schemaFaults(schema).map(({ at, message }): Finding => ({
    at: ['input', ...at],
    code: 'INPUT_SCHEMA_INVALID',
    message,
  }));
  sink.addAll(findings);
}
