export { checkInput } from './check-input.ts';
export { checkInputSchema, type InputIssue } from './check-input-schema.ts';
export { definitionHashText } from './definition-hash-text.ts';
export { diffDefinitions, type DefinitionChange } from './diff-definitions.ts';
export { flowJsonSchema } from './flow-json-schema.ts';
export { ISSUE_CODES, type IssueCode } from './issue-codes.ts';
export {
  DEFINITION_LIMITS,
  flowSchema,
  type DefinitionIssue,
  type Flow,
  type Step,
  type StepKind,
} from './model.ts';
export { refersToTenant } from './validate/check-context.ts';
export { validateDefinition, type ValidationContext } from './validate-definition.ts';
