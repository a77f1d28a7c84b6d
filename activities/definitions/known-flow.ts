import type { Flow } from '../../workflows/definitions/index.ts';
import type { TenantId } from '../../workflows/ids.ts';

/** Which published version: its number and the hash of its content. */
export interface VersionKey {
  tenantId: TenantId;
  workflowId: string;
  number: number;
  hash: string;
}

/** So many flows are kept, the last ones asked for; a larger one than so many characters of JSON is not. */
const KEPT = { flows: 500, characters: 65_536 };

const flows = new Map<string, Flow>();

/**
 * The flow of a published version, which never changes: `read` is asked for it the first time only. Whoever gets it must
 * not change it. Throws what `read` throws.
 */
export async function knownFlow(key: VersionKey, read: () => Promise<Flow>): Promise<Flow> {
  const name = `${key.tenantId} ${key.workflowId} ${key.number} ${key.hash}`;
  const known = flows.get(name);
  const flow = known ?? (await read());
  if (!known && JSON.stringify(flow).length > KEPT.characters) return flow;
  // Put at the end, so that the one that nobody asked for longest goes first.
  flows.delete(name);
  flows.set(name, flow);
  const [oldest] = flows.keys();
  if (flows.size > KEPT.flows && oldest !== undefined) flows.delete(oldest);
  return flow;
}
