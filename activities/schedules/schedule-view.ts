import type { Schedule } from '../../prisma/generated/client.ts';
import type { Db } from '../../prisma/database.ts';
import type { TenantId, WorkflowId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { OverlapPolicy, ScheduleSpec } from '../../workflows/schedules/model.ts';
import { personIn, readPeople, type PersonSummary } from '../tenancy/index.ts';
