'use server';

import { graphql } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const RENAME = graphql(`
  mutation RenameOrganisation($input: RenameOrganisationInput!) {
    renameOrganisation(input: $input) {
      id
    }
  }
`);

/** Gives the organisation another name. Gives why not, or null. */
export async function renameOrganisation(name: string): Promise<Problem | null> {
  return (await change(RENAME, { input: { name } })).problem;
}
