import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql, send, type ResultOf } from '../../client/index.ts';
import { CliError, EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { findWorkflow } from '../find-workflow.ts';
import type { Output } from '../output.ts';
import { printList } from '../print-list.ts';
import { readChoice, readJsonArgument, readTextFile } from '../read-argument.ts';
import type { Session } from '../session.ts';
import { signingHeaders, WEBHOOK_SCHEMES } from '../sign-call.ts';
import { plainText } from '../table.ts';

const WEBHOOK_FIELDS = graphql(`
  fragment WebhookFields on Webhook {
    id
    url
    scheme
    hasSecret
    disabled
    createdAt
    rotatedAt
  }
`);

const WEBHOOK = graphql(
  `
    query Webhook($workflowId: ID!) {
      webhook(workflowId: $workflowId) {
        ...WebhookFields
      }
    }
  `,
  [WEBHOOK_FIELDS],
);

const ROTATE = graphql(
  `
    mutation RotateWebhook($input: RotateWebhookInput!) {
      rotateWebhook(input: $input) {
        ...WebhookFields
      }
    }
  `,
  [WEBHOOK_FIELDS],
);

const VERIFY = graphql(
  `
    mutation VerifyWebhook($input: SetWebhookVerificationInput!) {
      setWebhookVerification(input: $input) {
        ...WebhookFields
      }
    }
  `,
  [WEBHOOK_FIELDS],
);

const DELIVERIES = graphql(`
  query WebhookDeliveries($workflowId: ID!, $first: Int!, $after: String) {
    webhook(workflowId: $workflowId) {
      deliveries(first: $first, after: $after) {
        edges {
          node {
            id
            receivedAt
            outcome
            httpStatus
            reason
            bytes
            duplicates
            runId
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type ShownWebhook = ResultOf<typeof WEBHOOK_FIELDS>;

/** Adds `webhook …`. */
export function addWebhookCommands(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('the address by which other systems start a workflow')
    .usage('show|call|deliveries <workflow>');
  addShow(webhook);
  addCommand<{ body?: string; secretFile?: string }>(webhook, {
    name: 'call <workflow>',
    about: 'call the address as another system would, and show the answer',
    options: [
      ['--body <json>', 'what to send: JSON text or a file ({})'],
      ['--secret-file <file>', 'the secret to sign with, when calls must be signed'],
    ],
    examples: [`webhook call Orders --body '{"order": 7}'`],
    run: (session, { args: [name = ''], options }) => call(session, name, options),
  });
  addCommand<ListOptions>(webhook, {
    name: 'deliveries <workflow>',
    about: 'the calls that came, newest first',
    examples: ['webhook deliveries Orders'],
    options: LIST_OPTIONS,
    run: async (session, { args: [name = ''], options }) => {
      const { id: workflowId } = await findWorkflow(session, name);
      return printList(session, options, {
        read: async (page) => {
          const { webhook: found } = await session.request(DELIVERIES, { ...page, workflowId });
          if (!found) throw noWebhook(name);
          return found.deliveries;
        },
        columns: [
          { title: 'RECEIVED', value: ({ receivedAt }) => session.out.time(receivedAt) },
          { title: 'OUTCOME', value: ({ outcome }) => outcome },
          { title: 'STATUS', value: ({ httpStatus }) => httpStatus },
          { title: 'REASON', value: ({ reason }) => reason },
          { title: 'BYTES', value: ({ bytes }) => bytes },
          { title: 'AGAIN', value: ({ duplicates }) => duplicates },
          { title: 'RUN', value: ({ runId }) => runId },
        ],
        empty: 'No call has come yet.',
      });
    },
  });
}

interface ShowOptions {
  rotate?: boolean;
  verify?: string;
  secretFile?: string;
  yes?: boolean;
}

// The default, so that `levqor webhook <workflow>` shows it.
function addShow(webhook: Command): void {
  addCommand<ShowOptions>(webhook, {
    name: 'show <workflow>',
    isDefault: true,
    about: 'show the address, change it, or say how calls must be signed',
    options: [
      ['--rotate', 'a new address; the one before stops working at once'],
      ['--verify <scheme>', WEBHOOK_SCHEMES.map((one) => one.toLowerCase()).join(', ')],
      ['--secret-file <file>', 'with --verify: the file that holds the secret of the sender, or -'],
      YES_OPTION,
    ],
    examples: [
      'webhook Orders',
      'webhook Orders --rotate --yes',
      'webhook Orders --verify stripe --secret-file secret.txt',
    ],
    run: async (session, { args: [name = ''], options }) => {
      const { id: workflowId } = await findWorkflow(session, name);
      const { out } = session;
      const change = {
        question: 'Give it a new address? Who calls the one before is refused at once.',
        undone: 'changed',
      };
      if (options.rotate && !(await confirmChange(session, options, change))) return EXIT.failed;
      const shown = await changed(session, workflowId, options);
      const found = shown ?? (await session.request(WEBHOOK, { workflowId })).webhook;
      if (!found) throw noWebhook(name);
      if (out.json) out.value(found);
      else printWebhook(out, found);
      return EXIT.done;
    },
  });
}

async function changed(
  session: Session,
  workflowId: string,
  { rotate, verify, secretFile }: ShowOptions,
): Promise<ShownWebhook | null> {
  const idempotencyKey = randomUUID();
  let shown: ShownWebhook | null = null;
  if (verify !== undefined) {
    const scheme = readChoice(verify, WEBHOOK_SCHEMES, '--verify');
    const secret = secretFile === undefined ? null : readTextFile(secretFile).trim();
    const input = { workflowId, scheme, secret, idempotencyKey: randomUUID() };
    shown = (await session.request(VERIFY, { input })).setWebhookVerification;
  }
  if (rotate)
    shown = (await session.request(ROTATE, { input: { workflowId, idempotencyKey } })).rotateWebhook;
  return shown;
}

function printWebhook(
  out: Output,
  { url, scheme, hasSecret, disabled, createdAt, rotatedAt }: ShownWebhook,
): void {
  out.facts([
    ['Address', url ?? 'your key may not see it'],
    ['Works', disabled ? 'no: the newest version has no webhook trigger, or it is archived' : 'yes'],
    ['Calls are signed', scheme === 'NONE' ? 'no' : `${scheme}${hasSecret ? '' : ', but no secret is set'}`],
    ['Made', out.time(createdAt)],
    ['New address since', out.time(rotatedAt)],
  ]);
}

function noWebhook(name: string): CliError {
  return new CliError(
    'webhook_missing',
    `"${name}" has no webhook.`,
    'Add { "kind": "webhook" } to its triggers and publish it.',
  );
}

async function call(
  session: Session,
  name: string,
  { body = '{}', secretFile }: { body?: string; secretFile?: string },
): Promise<number> {
  const { out } = session;
  const { id: workflowId } = await findWorkflow(session, name);
  const { webhook } = await session.request(WEBHOOK, { workflowId });
  if (!webhook) throw noWebhook(name);
  if (webhook.url === null)
    throw new CliError(
      'address_hidden',
      'Your key may not see the address.',
      'Ask somebody who may change workflows.',
    );
  if (webhook.scheme !== 'NONE' && secretFile === undefined)
    throw new UsageError('secret_missing', 'Calls must be signed.', 'Give the secret with --secret-file.');
  const text = JSON.stringify(readJsonArgument(body, '--body'));
  const secret = secretFile === undefined ? '' : readTextFile(secretFile).trim();
  const answer = await send(webhook.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signingHeaders(webhook.scheme, { body: text, secret, now: Date.now() }),
    },
    body: text,
    redirect: 'manual',
  });
  if (out.json)
    out.value({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: parsed(answer.text),
    });
  out.line(`HTTP ${answer.status}`);
  if (answer.text !== '') out.line(plainText(answer.text));
  return answer.status < 400 ? EXIT.done : EXIT.failed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
