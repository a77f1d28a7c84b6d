import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ASTVisitor,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { findTextProblem } from './storable-json.ts';

/** The rules that a document is validated with besides those of GraphQL itself, over HTTP and over WebSocket. */
export function documentRules(production: boolean): ValidationRule[] {
  return production ? [storableTextRule, NoSchemaIntrospectionCustomRule] : [storableTextRule];
}

/** Refuses texts in the document that cannot be stored. Variables are checked where the request is read. */
function storableTextRule(context: ValidationContext): ASTVisitor {
  return {
    StringValue(node) {
      const found = findTextProblem(node.value, '');
      if (found) context.reportError(new GraphQLError(`${found.problem}.`, { nodes: node }));
    },
  };
}
