'use server';

import { graphql } from '../../graphql/graphql.ts';
import type { Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { Role } from '../members/loaders.ts';

const CREATE = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      token
    }
  }
`);
const REVOKE = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      id
    }
  }
`);
const DAY = 24 * 60 * 60 * 1_000;

interface NewKey {
  idempotencyKey: string;
  name: string;
  roles: Role[];
  service: boolean;
  /** In how many days it stops working; never when null. */
  days: number | null;
}

/** Makes an API key. Gives its token, which nobody sees again. */
export async function createApiKey({ days, ...key }: NewKey): Promise<Answer<string>> {
  const expiresAt = days === null ? null : new Date(Date.now() + days * DAY).toISOString();
  const { data, problem } = await change(CREATE, { input: { ...key, expiresAt } });
  return problem === null ? { data: data.createApiKey.token, problem } : { data: null, problem };
}

/** Ends an API key for good. */
export async function revokeApiKey(apiKeyId: string): Promise<Problem | null> {
  return (await change(REVOKE, { input: { apiKeyId } })).problem;
}
