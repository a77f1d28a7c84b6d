'use server';

import { graphql } from '../../graphql/graphql.ts';
import type { Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { Role } from '../../lib/roles.ts';

const CREATE = graphql(`
  mutation CreateKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      token
    }
  }
`);
const REVOKE = graphql(`
  mutation RevokeKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      id
    }
  }
`);

/** Makes a key. Gives its token, which nobody can see again. */
export async function createKey(input: {
  name: string;
  roles: Role[];
  service: boolean;
  expiresAt: string | null;
  idempotencyKey: string;
}): Promise<Answer<string>> {
  const { data, problem } = await change(CREATE, { input });
  return problem === null ? { data: data.createApiKey.token, problem } : { data: null, problem };
}

/** Makes a key worthless, at once and for good. */
export async function revokeKey(apiKeyId: string): Promise<Problem | null> {
  return (await change(REVOKE, { input: { apiKeyId } })).problem;
}
