'use server';

import { graphql } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { WebhookScheme } from './loaders.ts';

const ROTATE = graphql(`
  mutation RotateWebhook($input: RotateWebhookInput!) {
    rotateWebhook(input: $input) {
      id
    }
  }
`);
const VERIFY = graphql(`
  mutation SetWebhookVerification($input: SetWebhookVerificationInput!) {
    setWebhookVerification(input: $input) {
      id
    }
  }
`);

/** Gives a webhook a new address; the old one stops at once. */
export async function rotateWebhook(workflowId: string, idempotencyKey: string): Promise<Problem | null> {
  return (await change(ROTATE, { input: { workflowId, idempotencyKey } })).problem;
}

/** Says how calls must prove where they come from. The secret never comes back. */
export async function setVerification(input: {
  workflowId: string;
  scheme: WebhookScheme;
  secret: string | null;
  idempotencyKey: string;
}): Promise<Problem | null> {
  return (await change(VERIFY, { input })).problem;
}
