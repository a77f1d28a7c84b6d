import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { apiUrl, graphql, openClient } from '../../client/index.ts';
import { CliError, UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { removeProfile, saveProfile, type Profile } from '../profiles.ts';
import { askSecret } from '../prompt.ts';
import { readChoice } from '../read-argument.ts';
import { DEFAULT_URL, type Session } from '../session.ts';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      launchStage
      organisation {
        id
        name
        slug
      }
      person {
        id
        name
        email
      }
      roles
      permissions
    }
  }
`);

interface LoginOptions {
  url?: string;
  key?: string;
  keyFile?: string;
  local?: boolean;
  as?: string;
}

/** Adds `login`, `logout` and `whoami`. */
export function addSignInCommands(program: Command): void {
  addCommand<LoginOptions>(program, {
    name: 'login',
    about: 'sign in with an API key, kept on this machine for you only',
    options: [
      ['--url <address>', `the address of the API (${DEFAULT_URL})`],
      ['--key <key>', 'the key; better: leave it out and be asked, or pipe it in'],
      ['--key-file <file>', 'a file that holds the key'],
      ['--local', 'sign in at the platform that "npm start" runs on this machine'],
      ['--as <person>', 'with --local: owner, operator, finance, security or viewer (owner)'],
    ],
    examples: ['login --local --as finance', 'login --url https://levqor.example --profile work < key.txt'],
    run: async (session, { options }) => {
      const { environment, out } = session;
      // The name that was asked for, else `default`: signing in again must not overwrite another current profile.
      const name = options.profile ?? 'default';
      const profile = options.local ? localProfile(options.as) : await remoteProfile(session, options);
      const { viewer } = await openClient(profile).request(VIEWER, {});
      saveProfile(environment.configFile, name, profile);
      if (out.json) return out.value({ profile: name, url: profile.url, viewer });
      out.line(
        `Signed in at ${profile.url} as ${whoIs(viewer)} of ${viewer.organisation.name} (profile ${name}).`,
      );
      if (isBareHttp(profile.url))
        out.note('Beware: this address is not encrypted, so others may read the key.');
    },
  });
  addCommand(program, {
    name: 'logout',
    about: 'forget the key of a profile',
    examples: ['logout', 'logout --profile work'],
    run: async ({ environment, profileName, out }) => {
      const removed = removeProfile(environment.configFile, profileName);
      if (out.json) return out.value({ profile: profileName, removed });
      out.line(removed ? `Signed out (profile ${profileName}).` : 'You were not signed in.');
      if (removed) out.note('The key itself still works elsewhere until somebody revokes it.');
    },
  });
  addCommand(program, {
    name: 'whoami',
    about: 'who you are here, and what you may do',
    examples: ['whoami', 'whoami --profile work'],
    run: async (session) => {
      const { viewer } = await session.request(VIEWER, {});
      const { out, profileName } = session;
      if (out.json) return out.value(viewer);
      out.facts([
        ['You', whoIs(viewer)],
        ['Organisation', `${viewer.organisation.name} (${viewer.organisation.slug})`],
        ['Roles', viewer.roles.join(', ')],
        ['Launch stage', viewer.launchStage],
        ['Profile', profileName],
        ['You may', viewer.permissions.join(', ')],
      ]);
    },
  });
}

function whoIs({ person }: { person: { name: string; email: string } | null }): string {
  return person ? `${person.name} <${person.email}>` : 'a service key';
}

const DEMO_PEOPLE = ['owner', 'operator', 'finance', 'security', 'viewer'] as const;

/** What `npm start` writes for programs of this machine. */
interface LocalFile {
  apiUrl: string;
  keys: Record<(typeof DEMO_PEOPLE)[number], string>;
}

function localProfile(as = 'owner'): Profile {
  const person = readChoice(as, DEMO_PEOPLE, '--as');
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const file = [process.cwd(), root].map((folder) => join(folder, '.levqor', 'local.json')).find(existsSync);
  if (file === undefined)
    throw new CliError(
      'no_local_platform',
      'No platform was started on this machine yet.',
      'Run "npm start" in the folder of Levqor first.',
    );
  const { apiUrl: url, keys } = JSON.parse(readFileSync(file, 'utf8')) as LocalFile;
  return { url: apiUrl(url), key: keys[person] };
}

async function remoteProfile({ environment }: Session, options: LoginOptions): Promise<Profile> {
  const url = apiUrl(options.url ?? environment.url ?? DEFAULT_URL);
  const key = (options.key ?? keyInFile(options.keyFile) ?? environment.key ?? (await askForKey())).trim();
  if (key === '')
    throw new UsageError('key_missing', 'There is no key.', 'Give it when asked, or pipe it in.');
  return { url, key };
}

function keyInFile(file: string | undefined): string | null {
  if (file === undefined) return null;
  if (!existsSync(file)) throw new UsageError('file_missing', `There is no file ${file}.`);
  return readFileSync(file, 'utf8');
}

async function askForKey(): Promise<string> {
  return process.stdin.isTTY ? askSecret('API key (it is not shown): ') : readFileSync(0, 'utf8');
}

function isBareHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
