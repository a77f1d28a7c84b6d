import { execFileSync } from 'node:child_process';
import { statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/** The system account that PostgreSQL runs as when we are root: PostgreSQL refuses to run as root itself. */
export interface PostgresAccount {
  uid: number;
  gid: number;
}

/**
 * The account to run PostgreSQL as, or null for our own. As root that is the owner of `dataDir` where the folder
 * exists, else the user `postgres`, which is made when missing. Throws, and says what to do, when it cannot be made.
 */
export function postgresAccount(dataDir: string): PostgresAccount | null {
  if (process.getuid?.() !== 0) return null;
  const folder = statSync(dataDir, { throwIfNoEntry: false });
  if (folder && folder.uid !== 0) return { uid: folder.uid, gid: folder.gid };
  return systemUser('postgres') ?? createSystemUser('postgres');
}

function systemUser(name: string): PostgresAccount | null {
  const ask = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null;
  }
}

function createSystemUser(name: string): PostgresAccount {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', name], {
      stdio: 'pipe',
    });
  } catch {
    // Whether it exists now is what counts, and is asked next.
  }
  const account = systemUser(name);
  if (account) return account;
  throw new Error(
    `PostgreSQL does not run as root, and the user "${name}" could not be made. Please create it, or start as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 server.`,
  );
}

/** The first part of `path` that this account may not pass through or read, or null when it reaches all of it. */
export function unreachablePart(account: PostgresAccount | null, path: string): string | null {
  if (!account) return null;
  const parent = dirname(path);
  const above = parent === path ? null : unreachablePart(account, parent);
  if (above) return above;
  const entry = statSync(path, { throwIfNoEntry: false });
  return !entry || mayUse(account, entry) ? null : path;
}

function mayUse({ uid, gid }: PostgresAccount, entry: Stats): boolean {
  const shift = entry.uid === uid ? 6 : entry.gid === gid ? 3 : 0;
  const needed = entry.isDirectory() ? 0o1 : 0o4;
  return ((entry.mode >> shift) & needed) !== 0;
}
