import 'server-only';
import { revalidatePath } from 'next/cache';
import type { Document } from '../graphql/graphql.ts';
import { ask, type Answer } from './api.ts';

/** Asks the API for a change; when it was made, the page shows it. */
export async function change<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const answer = await ask(document, variables);
  if (answer.problem === null) revalidatePath('/', 'layout');
  return answer;
}
