import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherHome } from './config.ts';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where a local platform keeps what must survive Ctrl-C. Not in git; only its owner can read it. */
export const HOME = otherHome() ?? join(ROOT, '.levqor');
export const LOGS = join(HOME, 'logs');
export const MAILS = join(HOME, 'mail');
export const CACHE = join(ROOT, '.cache');
export const LOCAL_FILE = join(HOME, 'local.json');

const SECRETS_FILE = join(HOME, 'secrets.json');

/** Made once and kept: without the encryption key nothing that was stored before could be read again. */
export interface LocalSecrets {
  encryptionKeys: string;
  appPassword: string;
  shopPassword: string;
  web: WebSecrets;
}

/** What the web app and the API share, or each keeps for itself. */
interface WebSecrets {
  /** Opens the API's door for signing in. */
  doorSecret: string;
  /** Seals session cookies. */
  cookieSecret: string;
  /** Signs the web's tokens: PKCS 8 in base64. */
  signingKey: string;
  /** Verifies them: SPKI in base64. */
  publicKey: string;
}

/** Makes the folders that a local platform needs. */
export async function makeHome(): Promise<void> {
  // PostgreSQL's own account must be able to pass through; what is in it is closed file by file.
  await mkdir(HOME, { recursive: true, mode: 0o711 });
  for (const folder of [LOGS, MAILS, CACHE]) await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** The secrets of this local platform; made at the first start. */
export async function localSecrets(): Promise<LocalSecrets> {
  const known = await readJson<Partial<LocalSecrets>>(SECRETS_FILE);
  const secrets = { ...newSecrets(), ...known };
  if (Object.keys(secrets).some((name) => known === null || !(name in known)))
    await writePrivate(SECRETS_FILE, secrets);
  return secrets;
}

function newSecrets(): LocalSecrets {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    encryptionKeys: `local:${randomBytes(32).toString('base64')}`,
    appPassword: randomBytes(18).toString('hex'),
    shopPassword: randomBytes(18).toString('hex'),
    web: {
      doorSecret: randomBytes(32).toString('hex'),
      cookieSecret: randomBytes(32).toString('hex'),
      signingKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    },
  };
}

/** The JSON in a file, or null when there is no such file. */
export async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes JSON that only its owner can read; whole or not at all. */
export async function writePrivate(file: string, value: object): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}
