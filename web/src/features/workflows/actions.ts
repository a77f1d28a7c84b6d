'use server';

import { graphql, type Json, type ResultOf } from '../../graphql/graphql.ts';
import { ask, type Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';
import type { Issue } from './loaders.ts';

const CHANGES = graphql(`
  query ChangesOfDraft($id: ID!, $from: Int!) {
    workflow(id: $id) {
      diff(from: $from) {
        kind
        path
        stepId
        before
        after
      }
    }
  }
`);
const VALIDATE = graphql(`
  query Validate($definition: JSON!) {
    validateDefinition(definition: $definition) {
      code
      message
      path
      stepId
    }
  }
`);
const CREATE = graphql(`
  mutation CreateWorkflow($input: CreateWorkflowInput!) {
    createWorkflow(input: $input) {
      id
    }
  }
`);
const SAVE = graphql(`
  mutation SaveDraft($input: SaveDraftInput!) {
    saveDraft(input: $input) {
      draft {
        hash
      }
    }
  }
`);
const PUBLISH = graphql(`
  mutation Publish($input: PublishWorkflowInput!) {
    publishWorkflow(input: $input) {
      version
    }
  }
`);
const START = graphql(`
  mutation StartRun($input: StartRunInput!) {
    startRun(input: $input) {
      id
    }
  }
`);

/** What is wrong with a definition; changes nothing. */
export async function validateDefinition(definition: Json): Promise<Answer<Issue[]>> {
  const { data, problem } = await ask(VALIDATE, { definition });
  return problem === null ? { data: data.validateDefinition, problem } : { data: null, problem };
}

/** Makes a workflow with an empty draft. Gives its id. */
export async function createWorkflow(name: string, idempotencyKey: string): Promise<Answer<string>> {
  const { data, problem } = await change(CREATE, { input: { name, idempotencyKey } });
  return problem === null ? { data: data.createWorkflow.id, problem } : { data: null, problem };
}

/** Saves a draft, unless somebody saved another one since it was read. Gives its new hash. */
export async function saveDraft(input: {
  workflowId: string;
  definition: Json;
  basedOnHash: string;
}): Promise<Answer<string>> {
  const { data, problem } = await change(SAVE, { input });
  return problem === null ? { data: data.saveDraft.draft.hash, problem } : { data: null, problem };
}

export type DraftChange = NonNullable<ResultOf<typeof CHANGES>['workflow']>['diff'][number];

/** What is different in the draft since this version; changes nothing. */
export async function changesOfDraft(id: string, from: number): Promise<Answer<DraftChange[]>> {
  const { data, problem } = await ask(CHANGES, { id, from });
  return problem === null ? { data: data.workflow?.diff ?? [], problem } : { data: null, problem };
}

/** Makes the draft the next version. Gives why not, or null. */
export async function publishWorkflow(input: {
  workflowId: string;
  basedOnHash: string;
  note: string | null;
  idempotencyKey: string;
}): Promise<Problem | null> {
  return (await change(PUBLISH, { input })).problem;
}

/** Starts the newest version. Gives the id of the run. */
export async function startRun(input: {
  workflowId: string;
  input: Json;
  idempotencyKey: string;
}): Promise<Answer<string>> {
  const { data, problem } = await change(START, { input });
  return problem === null ? { data: data.startRun.id, problem } : { data: null, problem };
}
