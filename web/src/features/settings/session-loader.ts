import 'server-only';
import { currentSession, type Answer } from '../../lib/api.ts';
import { API_AWAY } from '../../lib/problem.ts';
import { DoorRefused, signInDoor, type ListedSession } from '../../lib/sign-in-door.ts';
import { browserWords, type BrowserWords } from './browser-words.ts';

/** A browser in which the person is signed in. */
export type ShownSession = Omit<ListedSession, 'userAgent'> & BrowserWords & { isThis: boolean };

/** Where the person is signed in: this browser first, then the one used last. */
export async function loadSessions(): Promise<Answer<ShownSession[]>> {
  const { sessionId, personId } = await currentSession();
  try {
    const found = await signInDoor.sessions({ sessionId, personId });
    const shown = found.map(({ userAgent, ...session }) => ({
      ...session,
      ...browserWords(userAgent),
      isThis: session.id === sessionId,
    }));
    return { data: shown.sort((one, other) => Number(other.isThis) - Number(one.isThis)), problem: null };
  } catch (error) {
    if (error instanceof DoorRefused) return { data: null, problem: API_AWAY };
    throw error;
  }
}
