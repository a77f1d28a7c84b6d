import { webConfig } from '../../lib/config.ts';

// Lines that can be copied; web/e2e/public.spec.ts runs those that call the API.

/** Brings all that is missing, and starts the platform with its demo. */
export const INSTALL = 'npm start';

/** Takes the operator's key of a platform that `npm start` runs. */
export const TAKE_KEY = `KEY=$(node -p 'JSON.parse(fs.readFileSync(".levqor/local.json")).keys.operator')`;

/** Asks for the workflows, and keeps the id of the first one. */
export function listWorkflows(): string {
  return [
    `WORKFLOW=$(curl -s ${webConfig().url}/graphql \\`,
    `  -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\`,
    `  -d '{"query":"{ workflows(first: 1) { edges { node { id name } } } }"}' \\`,
    `  | node -p 'JSON.parse(fs.readFileSync(0)).data.workflows.edges[0].node.id')`,
  ].join('\n');
}

/** Starts a workflow. The key of the request makes a second try harmless. */
export function startRun(): string {
  return [
    `curl -s ${webConfig().url}/graphql \\`,
    `  -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\`,
    `  -d '{"query":"mutation ($input: StartRunInput!) { startRun(input: $input) { id status } }",`,
    `       "variables":{"input":{"workflowId":"'$WORKFLOW'","idempotencyKey":"order-1042"}}}'`,
  ].join('\n');
}

/** Makes, checks, publishes and runs a workflow by the command line. */
export const BY_COMMAND = [
  `cat > hello.flow.json <<'END'`,
  `{ "flow": "v1", "name": "Hello", "triggers": [{ "kind": "manual" }],`,
  `  "steps": [{ "id": "greet", "kind": "transform", "with": { "value": "Hello {{ input.name }}" } }] }`,
  `END`,
  `npx levqor login --local --as owner`,
  `npx levqor validate hello.flow.json`,
  `npx levqor push hello.flow.json`,
  `npx levqor publish Hello --yes`,
  `npx levqor run Hello --input '{"name": "Ada"}' --follow`,
].join('\n');
