import { DECIDING_ROLES } from '../../../../workflows/approvals/approval-terms.ts';
import { countApprovals, neededApprovals, type Vote } from '../../../../workflows/approvals/settle.ts';
import type { Role } from '../../../../workflows/tenancy/model.ts';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** What of a request says how far it is. */
export const PROGRESS_FACTS = graphql(`
  fragment ProgressFacts on Approval {
    class
    quorum
    approvers {
      roles
      people
    }
    decisions {
      decision
      personEmail
      onBehalfOfEmail
      roles
    }
  }
`);
export type ProgressFacts = ResultOf<typeof PROGRESS_FACTS>;

/** How many approvals count so far, of how many, and whose would bring it further. */
export interface Progress {
  given: number;
  needed: number;
  roles: Role[];
  people: string[];
}

/** How far a request is, by the rules by which the API decides. */
export function progressOf({ quorum, approvers, decisions, ...request }: ProgressFacts): Progress {
  const needed = neededApprovals({ quorum, class: request.class });
  const votes = decisions.filter(({ decision }) => decision === 'APPROVE').map(voteOf);
  const given = countApprovals(votes, needed);
  const helps = (roles: Role[]) =>
    countApprovals([...votes, { people: ['somebody new'], roles }], needed) > given;
  const done = votes.flatMap(({ people }) => people);
  return {
    ...{ given, needed },
    roles: approvers.roles.filter((role) => helps([role])),
    people: helps([...DECIDING_ROLES]) ? approvers.people.filter((email) => !done.includes(email)) : [],
  };
}

function voteOf({ personEmail, onBehalfOfEmail, roles }: ProgressFacts['decisions'][number]): Vote {
  const people = [personEmail, onBehalfOfEmail].filter((email) => email !== null);
  return { people: people.map((email) => email.toLowerCase()), roles };
}
