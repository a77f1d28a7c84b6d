import type { TestTenant } from '../../activities/testing.ts';
import type { Permission, Role } from '../../workflows/tenancy/model.ts';

/** An organisation with one thing of each kind, and a key of a person of each role. Ids are global ids. */
export interface World {
  tenant: TestTenant;
  keys: Record<Role, string>;
  ids: Record<
    | 'workflow'
    | 'run'
    | 'finishedRun'
    | 'approval'
    | 'delegation'
    | 'connection'
    | 'apiKey'
    | 'person'
    | 'leaver'
    | 'endpoint'
    | 'delivery'
    | 'hooked'
    | 'schedule'
    | 'bulkRerun',
    string
  >;
  draftHash: string;
  planHash: string;
  contentHash: string;
}

/** How to call one operation well. */
export interface Sample {
  /** What it demands; null for anybody who is signed in, `nobody` for anybody at all. */
  needs: Permission | null | 'nobody';
  /** Arguments with things of this organisation. */
  args: (world: World) => Record<string, unknown>;
  /** True when an argument names a thing of the organisation, so that others get NOT_FOUND. */
  names?: true;
}

/** The kinds of operations, as documents name them. */
export type OperationKind = 'query' | 'mutation' | 'subscription';
