import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from './cli-error.ts';

/** Where somebody is signed in, and with which key. */
export interface Profile {
  url: string;
  key: string;
}

/** All profiles of a person on this machine. `current` is used when none is named. */
export interface Profiles {
  current: string;
  profiles: Record<string, Profile>;
}

const NOBODY: Profiles = { current: 'default', profiles: {} };

/** Reads the profiles; none when there is no file yet. Throws CliError `config_unreadable`. */
export function readProfiles(file: string): Profiles {
  if (!existsSync(file)) return NOBODY;
  try {
    const { current, profiles } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Profiles>;
    return { current: current ?? NOBODY.current, profiles: profiles ?? {} };
  } catch {
    throw new CliError('config_unreadable', `${file} cannot be read.`, 'Delete it and sign in again.');
  }
}

/** Keeps a profile and makes it the current one. */
export function saveProfile(file: string, name: string, profile: Profile): void {
  const { profiles } = readProfiles(file);
  write(file, { current: name, profiles: { ...profiles, [name]: profile } });
}

/** Forgets a profile. Gives false when there was none. */
export function removeProfile(file: string, name: string): boolean {
  const { current, profiles } = readProfiles(file);
  if (!Object.hasOwn(profiles, name)) return false;
  const { [name]: _gone, ...rest } = profiles;
  const [next = NOBODY.current] = Object.keys(rest);
  write(file, { current: current === name ? next : current, profiles: rest });
  return true;
}

// Whole or not at all, and never readable for others, not even for a moment.
function write(file: string, profiles: Profiles): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
