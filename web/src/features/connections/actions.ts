'use server';

import { graphql, type VariablesOf } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const CREATE = graphql(`
  mutation CreateConnection($input: CreateConnectionInput!) {
    createConnection(input: $input) {
      id
    }
  }
`);
const DELETE = graphql(`
  mutation DeleteConnection($input: DeleteConnectionInput!) {
    deleteConnection(input: $input) {
      id
    }
  }
`);

export type NewConnection = VariablesOf<typeof CREATE>['input'];

/** Makes a connection; its secrets are sealed and never shown again. Gives why not, or null. */
export async function createConnection(input: NewConnection): Promise<Problem | null> {
  return (await change(CREATE, { input })).problem;
}

/** Takes a connection away. Steps that name it fail from then on. */
export async function deleteConnection(connectionId: string): Promise<Problem | null> {
  return (await change(DELETE, { input: { connectionId } })).problem;
}
