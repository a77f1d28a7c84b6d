'use server';

import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, type Answer } from '../../lib/api.ts';

const CHAIN = graphql(`
  query AuditChain {
    auditChain {
      valid
      checked
      brokenAt
    }
  }
`);

export type AuditChain = ResultOf<typeof CHAIN>['auditChain'];

/** Has the API compute the whole chain anew. */
export async function verifyChain(): Promise<Answer<AuditChain>> {
  const { data, problem } = await ask(CHAIN, {});
  return problem === null ? { data: data.auditChain, problem } : { data: null, problem };
}
