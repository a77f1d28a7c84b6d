/** How long a mailed link to sign in can be used, in seconds. */
export const LINK_SECONDS = 15 * 60;

/** How long a browser stays signed in, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** The longest name of a browser that is kept. */
const MAX_USER_AGENT = 400;

const MAX_NETWORK = 64;

/** A browser's own name for itself, as it is kept; null when it gave none. */
export function keptUserAgent(text: string | null): string | null {
  return plainText(text, MAX_USER_AGENT);
}

/** The network that a browser signed in from, as it is kept; null when it is not known. */
export function keptNetwork(text: string | null): string | null {
  return plainText(text, MAX_NETWORK);
}

function plainText(text: string | null, most: number): string | null {
  const clean = (text ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, most);
  return clean === '' ? null : clean;
}
