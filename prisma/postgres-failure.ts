/** PostgreSQL's own words, turned into what a person can do about them. */
export function explainFailure(
  failure: string,
  { dataDir, port }: { dataDir: string; port: number },
): string {
  const otherwise = 'Or set DATABASE_URL to a PostgreSQL 15 server of your own.';
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(failure)?.[1];
  if (library)
    return `PostgreSQL needs the system library ${library}. Please install it (Debian, Ubuntu: apt-get install ${library.startsWith('libstdc++') ? 'libstdc++6' : 'libgcc-s1 libc6'}). ${otherwise}`;
  if (/Address already in use/.test(failure))
    return `Port ${port} is taken by another program. Please end that program or choose another port.`;
  if (/is not compatible|incompatible with server/.test(failure))
    return `The database in ${dataDir} was made by another version of PostgreSQL. Please move the folder away to begin with an empty database. ${otherwise}`;
  if (/wrong ownership|Permission denied|EACCES/.test(failure))
    return `The database folder ${dataDir} belongs to another user. Please start as that user, or move the folder away. ${otherwise}`;
  return `PostgreSQL did not start in ${dataDir}: ${failure.trim()} ${otherwise}`;
}
