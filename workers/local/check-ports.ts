import { isFree } from '../../free-port.ts';

/** A port that a part wants: what for, and the setting that changes it. */
export interface WantedPort {
  port: number;
  what: string;
  setting: string;
}

/** Throws an error that names each port that something else uses, and what to do. */
export async function checkPorts(wanted: WantedPort[]): Promise<void> {
  const taken: WantedPort[] = [];
  for (const one of wanted) if (!(await isFree(one.port))) taken.push(one);
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, what, setting }) =>
      `  Port ${port} (${what}) is in use by another program. End that program, or choose another port: ${setting}=${port + 1} npm start`,
  );
  throw new Error(['Some ports are taken:', ...lines].join('\n'));
}
