'use server';

import { graphql } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { ConnectionContent } from './connection-content.ts';
import type { ConnectionKind } from './loaders.ts';

const CREATE = graphql(`
  mutation CreateConnection($input: CreateConnectionInput!) {
    createConnection(input: $input) {
      id
    }
  }
`);
const ROTATE = graphql(`
  mutation RotateConnection($input: RotateConnectionInput!) {
    rotateConnection(input: $input) {
      version
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

/** Makes a connection; its secrets are sealed and never come back. */
export async function createConnection(
  input: { idempotencyKey: string; name: string; kind: ConnectionKind } & ConnectionContent,
): Promise<Problem | null> {
  return (await change(CREATE, { input })).problem;
}

/** Replaces settings and secrets of a connection; steps use them from their next attempt on. */
export async function replaceConnection(
  input: { connectionId: string } & ConnectionContent,
): Promise<Problem | null> {
  return (await change(ROTATE, { input })).problem;
}

/** Deletes a connection that no published workflow uses; the refusal names those that do. */
export async function deleteConnection(connectionId: string): Promise<Problem | null> {
  return (await change(DELETE, { input: { connectionId } })).problem;
}
