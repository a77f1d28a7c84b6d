import { createPublicKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { SessionClaims } from '../../activities/sign-in/index.ts';
import { isUuid, type PersonId, type TenantId } from '../../workflows/ids.ts';

/** What the web's tokens say of where they come from and where they may go. */
const ISSUER = 'levqor-web';
const AUDIENCE = 'levqor-api';
/** No token of the web's is believed for longer, whatever it says itself. */
const MAX_AGE = '5 minutes';
/** Seconds by which two clocks may differ. */
const CLOCK_TOLERANCE = 5;

/** The web's public key from its setting: SPKI in base64. Throws when it is not an Ed25519 key. */
export function readWebKey(base64: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('LEVQOR_WEB_PUBLIC_KEY is not an Ed25519 key.');
  return key;
}

/** Whether a bearer token has the form of the web's; API keys have no dots. */
export function looksLikeWebToken(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** What a token of the web claims, when its signature, audience and age hold; else null. */
export async function readWebToken(key: KeyObject, token: string): Promise<SessionClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      ...{ algorithms: ['EdDSA'], issuer: ISSUER, audience: AUDIENCE },
      ...{ maxTokenAge: MAX_AGE, clockTolerance: CLOCK_TOLERANCE, requiredClaims: ['exp', 'iat', 'sub'] },
    });
    const { sub, sid, tenant } = payload;
    if (![sub, sid, tenant].every((id) => typeof id === 'string' && isUuid(id))) return null;
    return { personId: sub as PersonId, sessionId: sid as string, tenantId: tenant as TenantId };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
