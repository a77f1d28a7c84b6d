import { graphql, readPages } from '../client/index.ts';
import { CliError } from './cli-error.ts';
import type { Session } from './session.ts';

export const MEMBER_FIELDS = graphql(`
  fragment MemberFields on Member {
    joinedAt
    roles
    person {
      id
      name
      email
    }
  }
`);

export const MEMBERS = graphql(
  `
    query Members($first: Int!, $after: String) {
      members(first: $first, after: $after) {
        edges {
          node {
            ...MemberFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [MEMBER_FIELDS],
);

/** The id of the member with this e-mail address. Throws CliError `person_not_found`. */
export async function findPerson({ request }: Session, email: string): Promise<string> {
  const { items } = await readPages(async (page) => (await request(MEMBERS, page)).members, Infinity);
  const found = items.find(({ person }) => person.email.toLowerCase() === email.toLowerCase());
  if (found) return found.person.id;
  throw new CliError(
    'person_not_found',
    `Nobody here has the e-mail address ${email}.`,
    '"levqor members" lists the people.',
  );
}
