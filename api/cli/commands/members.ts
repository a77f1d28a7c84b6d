import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { ROLES } from '../../../workflows/tenancy/model.ts';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { findPerson, MEMBER_FIELDS, MEMBERS } from '../find-person.ts';
import { printList } from '../print-list.ts';
import { readChoices } from '../read-argument.ts';

const INVITE = graphql(
  `
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        ...MemberFields
      }
    }
  `,
  [MEMBER_FIELDS],
);

const SET_ROLES = graphql(
  `
    mutation SetMemberRoles($input: SetMemberRolesInput!) {
      setMemberRoles(input: $input) {
        ...MemberFields
      }
    }
  `,
  [MEMBER_FIELDS],
);

const REMOVE = graphql(
  `
    mutation RemoveMember($input: RemoveMemberInput!) {
      removeMember(input: $input) {
        ...MemberFields
      }
    }
  `,
  [MEMBER_FIELDS],
);

const ROLES_OPTION: [flags: string, about: string] = [
  '--roles <roles>',
  `with commas between them: ${ROLES.join(', ')}`,
];

/** Adds `members` and `member …`. */
export function addMemberCommands(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'members',
    about: 'list the people of the organisation',
    options: LIST_OPTIONS,
    examples: ['members'],
    run: async (session, { options }) =>
      printList(session, options, {
        read: async (page) => (await session.request(MEMBERS, page)).members,
        columns: [
          { title: 'NAME', value: ({ person }) => person.name },
          { title: 'E-MAIL', value: ({ person }) => person.email },
          { title: 'ROLES', value: ({ roles }) => roles.join(', ') },
          { title: 'SINCE', value: ({ joinedAt }) => session.out.time(joinedAt) },
        ],
        empty: 'There is nobody here.',
      }),
  });
  const member = program.command('member').description('take people in, change their roles, take them out');
  addInvite(member);
  addRoles(member);
  addRemove(member);
}

function addInvite(member: Command): void {
  addCommand<{ email?: string; name?: string; roles?: string }>(member, {
    name: 'invite',
    about: 'take a person in, at once',
    options: [
      ['--email <address>', 'the e-mail address of the person'],
      ['--name <name>', 'the name of the person'],
      ROLES_OPTION,
    ],
    examples: ['member invite --email ada@example.com --name "Ada Lovelace" --roles operator,finance'],
    run: async ({ request, out }, { options: { email, name, roles } }) => {
      if (!email || !name || !roles)
        throw new UsageError('option_missing', 'Say who it is, with --email, --name and --roles.');
      const input = {
        email,
        name,
        roles: readChoices(roles, ROLES, '--roles'),
        idempotencyKey: randomUUID(),
      };
      const { inviteMember: made } = await request(INVITE, { input });
      if (out.json) return out.value(made);
      out.line(`${made.person.name} <${made.person.email}> is a member: ${made.roles.join(', ')}.`);
    },
  });
}

function addRoles(member: Command): void {
  addCommand<{ roles?: string }>(member, {
    name: 'roles <email>',
    about: 'give a person other roles, in place of all before',
    options: [ROLES_OPTION],
    examples: ['member roles ada@example.com --roles builder,operator'],
    run: async (session, { args: [email = ''], options }) => {
      const { out } = session;
      if (!options.roles)
        throw new UsageError('option_missing', 'Say all roles that the person shall have, with --roles.');
      const roles = readChoices(options.roles, ROLES, '--roles');
      const input = { personId: await findPerson(session, email), roles };
      const { setMemberRoles: changed } = await session.request(SET_ROLES, { input });
      if (out.json) return out.value(changed);
      out.line(`${changed.person.email} is now: ${changed.roles.join(', ')}.`);
    },
  });
}

function addRemove(member: Command): void {
  addCommand<{ yes?: boolean }>(member, {
    name: 'remove <email>',
    about: 'take a person out, and end the keys of that person',
    options: [YES_OPTION],
    examples: ['member remove ada@example.com --yes'],
    run: async (session, { args: [email = ''], options }) => {
      const { out } = session;
      const personId = await findPerson(session, email);
      const change = { question: `Take ${email} out, and end all keys of that person?`, undone: 'changed' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { removeMember } = await session.request(REMOVE, { input: { personId } });
      if (out.json) out.value(removeMember);
      else out.line(`${removeMember.person.email} is no member any more.`);
      return EXIT.done;
    },
  });
}
