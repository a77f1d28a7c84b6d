import type { PersonId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import type { PersonSummary } from './people.ts';
import { rolesIn } from './roles.ts';

/** A person with the roles held in this tenant. `joinedAt` is ISO 8601. */
export interface MemberView {
  person: PersonSummary;
  roles: Role[];
  joinedAt: string;
}

interface MemberRow {
  roles: string[];
  createdAt: Date;
  person: { id: string; email: string; name: string };
}

/** The view of a row that was read with its person. */
export function toMemberView({ person, roles, createdAt }: MemberRow): MemberView {
  return {
    person: { id: person.id as PersonId, email: person.email, name: person.name },
    roles: rolesIn(roles),
    joinedAt: createdAt.toISOString(),
  };
}
