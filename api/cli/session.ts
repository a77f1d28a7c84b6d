import { apiUrl, openClient, type Client, type Document } from '../client/index.ts';
import { CliError } from './cli-error.ts';
import { readEnvironment, type CliEnvironment } from './config.ts';
import { openOutput, type Output } from './output.ts';
import { readProfiles, type Profile } from './profiles.ts';

/** What every command takes besides its own options. */
export interface CommonOptions {
  json?: boolean;
  utc?: boolean;
  color?: boolean;
  profile?: string;
}

/** What a command works with. */
export interface Session {
  out: Output;
  environment: CliEnvironment;
  /** The profile that was named, or the current one. */
  profileName: string;
  /** The client of the profile, opened at its first use. Throws CliError `not_signed_in`. */
  client(): Client;
  /** Sends a query or a mutation. Throws ClientError and CliError `not_signed_in`. */
  request<Result, Variables extends object>(
    document: Document<Result, Variables>,
    variables: Variables,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** Opens the session of one command. */
export function openSession(options: CommonOptions): Session {
  const environment = readEnvironment();
  const { json = false, utc = false, color = true } = options;
  const kept = readProfiles(environment.configFile);
  const profileName = options.profile ?? kept.current;
  let client: Client | null = null;
  const open = () => (client ??= openClient(target(environment, kept.profiles, profileName)));
  return {
    out: openOutput({ json, utc, color: color && environment.color }),
    environment,
    profileName,
    client: open,
    request: (document, variables) => open().request(document, variables),
    close: async () => client?.close(),
  };
}

/** The address that is meant when none is given: the platform of this machine. */
export const DEFAULT_URL = 'http://127.0.0.1:4000';

// The key of a profile is sent to the address of that profile only, wherever LEVQOR_URL points.
function target({ url, key }: CliEnvironment, profiles: Record<string, Profile>, name: string): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (key !== undefined) return { url: apiUrl(url ?? profile?.url ?? DEFAULT_URL), key };
  if (profile === undefined)
    throw new CliError(
      'not_signed_in',
      name === 'default' ? 'You are not signed in.' : `There is no profile "${name}".`,
      'Sign in with "levqor login", or set LEVQOR_API_KEY and LEVQOR_URL.',
    );
  if (url !== undefined && apiUrl(url) !== profile.url)
    throw new CliError(
      'key_of_another_server',
      `LEVQOR_URL names another server than the profile "${name}".`,
      'Set LEVQOR_API_KEY too, or unset LEVQOR_URL.',
    );
  return profile;
}
