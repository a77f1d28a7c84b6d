import { setTimeout as pause } from 'node:timers/promises';
import { groupBy } from './group-by.ts';
import type { LoopbackProxy } from './loopback-proxy.ts';
import type { Fault, FaultResult, Proxied } from './model.ts';
import type { RestartableServer } from './restartable-servers.ts';
import type { Supervised } from './supervise.ts';

/** What can be hit. */
export interface Targets {
  worker: Supervised;
  api: Supervised;
  postgres: RestartableServer;
  temporal: RestartableServer;
  proxies: Record<Proxied, LoopbackProxy>;
  /** How many changes wait for the API's answer now. */
  changesUnderWay(): number;
}

/** Called as each fault begins. */
export type OnFault = (fault: Fault) => void;

/** How long the right moment to kill the API is waited for, in milliseconds. */
const MOMENT = 3_000;
const LOOK_MS = 10;

/**
 * Lets the faults of a plan happen until `signal`; then puts everything right again and gives what was done. Faults of
 * one target follow each other in the distances of the plan, those of different targets may meet.
 */
export async function injectFaults(
  targets: Targets,
  plan: readonly Fault[],
  { signal, onFault }: { signal: AbortSignal; onFault: OnFault },
): Promise<FaultResult[]> {
  const results = new Map<string, FaultResult>();
  const strikeOne = async (fault: Fault) => {
    onFault(fault);
    const startedAt = Date.now();
    await strike(targets, fault, signal);
    const { kind, proxy } = fault;
    const name = `${kind} ${proxy ?? ''}`;
    const result = results.get(name) ?? { kind, proxy, count: 0, seconds: 0 };
    result.count += 1;
    result.seconds += (Date.now() - startedAt) / 1_000;
    results.set(name, result);
  };
  const follow = async (line: Fault[]) => {
    let before = { at: 0, struckAt: Date.now() };
    for (const fault of line) {
      const gap = fault.at - before.at;
      await untilTime(before.struckAt + gap, signal);
      if (!signal.aborted) await moment(targets, fault, { gap, signal });
      if (signal.aborted) return;
      before = { at: fault.at, struckAt: Date.now() };
      await strikeOne(fault);
    }
  };
  await Promise.all([...groupBy(plan, targetOf).values()].map(follow));
  return [...results.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

function targetOf({ kind, proxy }: Fault): string {
  return proxy === null ? (kind.split('-')[0] ?? kind) : `proxy ${proxy}`;
}

async function untilTime(at: number, signal: AbortSignal): Promise<void> {
  await pause(Math.max(0, at - Date.now()), undefined, { signal }).catch(() => undefined);
}

/**
 * Waits for the moment at which the fault says most. A process that was killed lives for the distance of the plan,
 * counted from when it is ready: one that takes long to start on a busy machine would else get nothing done.
 */
async function moment(
  { worker, api, changesUnderWay }: Targets,
  { kind }: Fault,
  { gap, signal }: { gap: number; signal: AbortSignal },
): Promise<void> {
  if (kind === 'worker-kill') return worker.readyFor(gap, signal);
  if (kind !== 'api-kill') return;
  await api.readyFor(gap, signal);
  const end = Date.now() + MOMENT;
  while (changesUnderWay() === 0 && Date.now() < end) await pause(LOOK_MS);
}

async function strike(targets: Targets, fault: Fault, signal: AbortSignal): Promise<void> {
  const { worker, api, postgres, temporal, proxies } = targets;
  const hold = () => untilTime(Date.now() + fault.holdMs, signal);
  const away = async (server: RestartableServer, how: Parameters<RestartableServer['stop']>[0]) => {
    await server.stop(how);
    await hold();
    await server.start();
  };
  if (fault.proxy !== null) return disturb(proxies[fault.proxy], fault, hold);
  switch (fault.kind) {
    case 'worker-kill':
      return worker.kill();
    case 'api-kill':
      return api.kill();
    case 'postgres-smart-stop':
      return away(postgres, 'smart');
    case 'postgres-fast-stop':
      return away(postgres, 'fast');
    case 'postgres-kill':
      return away(postgres, 'kill');
    case 'temporal-stop':
      return away(temporal, 'fast');
    case 'temporal-kill':
      return away(temporal, 'kill');
    default:
      throw new Error(`${fault.kind} names no line to disturb`);
  }
}

async function disturb(
  proxy: LoopbackProxy,
  { kind, slow }: Fault,
  hold: () => Promise<void>,
): Promise<void> {
  if (kind === 'proxy-cut') return void proxy.cut();
  const dark = kind === 'proxy-dark';
  if (dark) proxy.dark(true);
  else proxy.slow(slow);
  await hold();
  if (dark) proxy.dark(false);
  else proxy.slow(null);
}
