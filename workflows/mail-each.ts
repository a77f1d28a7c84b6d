import { isCancellation } from '@temporalio/workflow';
import type { PersonId } from './ids.ts';

/** So many mails are on their way at a time. */
const SIDE_BY_SIDE = 10;

/** Writes to each of these people. A mail that cannot be delivered keeps back no other. */
export async function mailEach(
  people: readonly PersonId[],
  send: (personId: PersonId) => Promise<void>,
): Promise<void> {
  const sendOne = async (personId: PersonId) => {
    try {
      await send(personId);
    } catch (error) {
      if (isCancellation(error)) throw error;
    }
  };
  for (let from = 0; from < people.length; from += SIDE_BY_SIDE)
    await Promise.all(people.slice(from, from + SIDE_BY_SIDE).map(sendOne));
}
