import { homedir } from 'node:os';
import { join } from 'node:path';

/** What the command line takes from its surroundings. */
export interface CliEnvironment {
  /** Where profiles are kept. */
  configFile: string;
  /** `LEVQOR_URL` and `LEVQOR_API_KEY` stand above the profile. */
  url: string | undefined;
  key: string | undefined;
  /** False when NO_COLOR is set, whatever to (no-color.org). */
  color: boolean;
}

/** Reads the surroundings. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): CliEnvironment {
  const home = env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return {
    configFile: join(home, 'levqor', 'config.json'),
    url: env['LEVQOR_URL'] || undefined,
    key: env['LEVQOR_API_KEY'] || undefined,
    color: !env['NO_COLOR'],
  };
}
