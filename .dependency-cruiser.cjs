// Who may import whom (the table in AGENTS.md). Each rule says why and what to do instead.
const ROWS = [
  ['tenancy', 'telemetry', 'expressions', 'connections', 'egress'],
  ['endpoints', 'sign-in'],
  ['definitions', 'approvals', 'ai', 'billing'],
  ['runs'],
  ['schedules', 'webhooks', 'backups', 'outbox'],
  ['publishing'],
  ['guardian', 'compliance', 'dfy', 'growth'],
];
const ROOMS = 'workflows|prisma|temporal|activities|api|workers|web';
const TEST =
  '\\.test\\.ts$|(^|/)testing(\\.ts$|/)|\\.fixture\\.ts$|^activities/verb-samples\\.ts$|^workers/(bench|report|chaos)/|^web/e2e/';

const oneOf = (names) => `(${names.join('|')})`;
const rooms = (names) => `^${oneOf(names)}/`;

/** A domain may use those of its own row and of the rows below; within a row "no-cycles" keeps the peace. */
const rowRules = ROWS.slice(0, -1).map((row, index) => ({
  name: `row-${index + 1}-is-below`,
  comment:
    'A domain imports from its own row or a lower one. What an upper row needs is handed over as data.',
  severity: 'error',
  from: { path: `^(workflows|activities|api)/${oneOf(row)}/`, pathNot: TEST },
  to: { path: `^(workflows|activities|api)/${oneOf(ROWS.slice(index + 1).flat())}/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or hide a third: name it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'workflows-are-at-the-bottom',
      comment:
        'Workflow code imports no other room: it must run alike in the sandbox, on a server and in a browser.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TEST },
      to: { path: rooms(['prisma', 'temporal', 'activities', 'api', 'workers', 'web']) },
    },
    {
      name: 'workflows-reach-nothing-of-the-world',
      comment:
        'No path from workflow code may lead to Node, a database or a server framework, however long it is.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: `${TEST}|\\.mjs$` },
      to: {
        reachable: true,
        path: '^(node:)?(fs|net|http|https|child_process|crypto|os|dns|tls|worker_threads)(/|$)|node_modules/(@prisma|prisma|pg|@nestjs|fastify|undici|nodemailer)/',
      },
    },
    {
      name: 'workflows-import-no-node',
      comment: 'The sandbox has no Node built-ins. Do it in an activity.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: `${TEST}|\\.mjs$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'infrastructure-is-below',
      comment: 'prisma/ and temporal/ import no room but workflows/.',
      severity: 'error',
      from: { path: rooms(['prisma', 'temporal']), pathNot: TEST },
      to: { path: rooms(['activities', 'api', 'workers', 'web']) },
    },
    {
      name: 'prisma-and-temporal-are-strangers',
      comment: 'The database and the Temporal connection know nothing of each other: activities/ joins them.',
      severity: 'error',
      from: { path: '^(prisma|temporal)/', pathNot: TEST },
      to: { path: '^(prisma|temporal)/', pathNot: '^$1/' },
    },
    {
      name: 'activities-point-inward',
      comment: 'Activities are called by api/ and workers/, never the reverse.',
      severity: 'error',
      from: { path: '^activities/', pathNot: TEST },
      to: { path: rooms(['api', 'workers', 'web']) },
    },
    {
      name: 'api-and-workers-are-apart',
      comment: 'Two processes: what both need belongs to activities/.',
      severity: 'error',
      from: { path: '^(api|workers)/', pathNot: `${TEST}|^workers/local/` },
      to: { path: rooms(['api', 'workers', 'web']), pathNot: '^$1/' },
    },
    {
      name: 'resolvers-do-not-query',
      comment: 'A query in a resolver is a defect: write a verb in activities/ and call it.',
      severity: 'error',
      from: { path: `^api/[^/]+/`, pathNot: TEST },
      to: { path: rooms(['prisma', 'temporal']) },
    },
    {
      name: 'clients-know-the-contract-only',
      comment:
        "The client and the command line run at customers': they know the GraphQL schema and pure code.",
      severity: 'error',
      from: { path: '^api/(client|cli)/', pathNot: TEST },
      to: {
        path: '^(api|workers|activities|prisma|temporal)/',
        pathNot: '^api/(client|cli)/|^api/schema\\.graphql$',
      },
    },
    {
      name: 'web-sees-pure-code-only',
      comment: 'The browser gets pure files of workflows/ and the GraphQL schema, nothing else.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(api|workers|activities|prisma|temporal)/|\\.workflow\\.ts$|/messages\\.ts$' },
    },
    {
      name: 'web-layers',
      comment: 'In web/src: app uses features, features use components, components use lib.',
      severity: 'error',
      from: { path: '^web/src/(features|components|lib)/' },
      to: { path: '^web/src/app/' },
    },
    {
      name: 'web-components-are-below-features',
      comment: 'A component that knows a feature belongs to that feature.',
      severity: 'error',
      from: { path: '^web/src/(components|lib)/' },
      to: { path: '^web/src/features/' },
    },
    {
      name: 'web-lib-is-at-the-bottom',
      comment: 'lib knows no component.',
      severity: 'error',
      from: { path: '^web/src/lib/' },
      to: { path: '^web/src/components/' },
    },
    {
      name: 'workflow-functions-by-type-only',
      comment: 'Use "import type": loading a workflow file outside the sandbox fails or lies.',
      severity: 'error',
      from: { pathNot: `^workflows/|${TEST}` },
      to: { path: '\\.workflow\\.ts$', preCompilationOnly: false },
    },
    {
      name: 'front-doors-of-activities',
      comment:
        "Another domain's verbs are imported from its index.ts, so that the rest of it stays free to change.",
      severity: 'error',
      from: { path: '^activities/([^/]+)/', pathNot: TEST },
      to: { path: '^activities/[^/]+/', pathNot: '^activities/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'front-doors-of-activities-for-other-rooms',
      comment: "Other rooms import a domain's verbs from its index.ts.",
      severity: 'error',
      from: { path: `^(${ROOMS})/|^activities/[^/]+\\.ts$`, pathNot: `${TEST}|^activities/[^/]+/` },
      to: { path: '^activities/[^/]+/', pathNot: '^activities/[^/]+/index\\.ts$' },
    },
    {
      name: 'tests-are-for-tests',
      comment: 'Product code imports no test and no test support.',
      severity: 'error',
      from: { pathNot: `${TEST}|^jest-` },
      to: { path: TEST, pathNot: 'node_modules/' },
    },
    {
      name: 'development-packages-stay-out',
      comment: 'What runs in production is listed under "dependencies" in package.json. GraphiQL does not.',
      severity: 'error',
      from: {
        path: rooms(ROOMS.split('|')),
        pathNot: `${TEST}|^workers/local/|^temporal/server-binary\\.ts$|^web/src/features/graphiql/`,
      },
      to: { dependencyTypes: ['npm-dev'], preCompilationOnly: false },
    },
    {
      name: 'packages-are-listed',
      comment: 'A package that is imported is named in package.json.',
      severity: 'error',
      from: { path: rooms(ROOMS.split('|')) },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    ...rowRules,
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|generated)/' },
    exclude: { path: '^(dist|coverage|\\.cache|\\.levqor|web/\\.next)/|^web/next-env\\.d\\.ts$' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
