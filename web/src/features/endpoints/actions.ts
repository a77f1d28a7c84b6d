'use server';

import { graphql, type VariablesOf } from '../../graphql/graphql.ts';
import type { Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const CREATE = graphql(`
  mutation CreateEndpoint($input: CreateEndpointInput!) {
    createEndpoint(input: $input) {
      secret
    }
  }
`);
const UPDATE = graphql(`
  mutation UpdateEndpoint($input: UpdateEndpointInput!) {
    updateEndpoint(input: $input) {
      id
    }
  }
`);
const ROTATE = graphql(`
  mutation RotateEndpointSecret($input: RotateEndpointSecretInput!) {
    rotateEndpointSecret(input: $input) {
      secret
    }
  }
`);
const DELETE = graphql(`
  mutation DeleteEndpoint($input: DeleteEndpointInput!) {
    deleteEndpoint(input: $input) {
      id
    }
  }
`);
const REPLAY = graphql(`
  mutation ReplayDelivery($input: ReplayDeliveryInput!) {
    replayDelivery(input: $input) {
      id
    }
  }
`);

/** Makes an endpoint. Gives the secret that signs what is sent, which nobody sees again. */
export async function createEndpoint(input: VariablesOf<typeof CREATE>['input']): Promise<Answer<string>> {
  const { data, problem } = await change(CREATE, { input });
  return problem === null ? { data: data.createEndpoint.secret, problem } : { data: null, problem };
}

/** Changes an endpoint; what is left out stays. Gives why not, or null. */
export async function updateEndpoint(input: VariablesOf<typeof UPDATE>['input']): Promise<Problem | null> {
  return (await change(UPDATE, { input })).problem;
}

/** Gives an endpoint a new secret; the old one signs besides for a while. */
export async function rotateSecret(input: VariablesOf<typeof ROTATE>['input']): Promise<Answer<string>> {
  const { data, problem } = await change(ROTATE, { input });
  return problem === null ? { data: data.rotateEndpointSecret.secret, problem } : { data: null, problem };
}

/** Deletes an endpoint; what is on its way to it is given up. */
export async function deleteEndpoint(endpointId: string): Promise<Problem | null> {
  return (await change(DELETE, { input: { endpointId } })).problem;
}

/** Sends an event again, under the id that it had. */
export async function replayDelivery(deliveryId: string, idempotencyKey: string): Promise<Problem | null> {
  return (await change(REPLAY, { input: { deliveryId, idempotencyKey } })).problem;
}
