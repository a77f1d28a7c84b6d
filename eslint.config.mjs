import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', '**/testing.ts', '**/testing/**', '**/verb-samples.ts', '**/*.fixture.ts'];

const PROCESS_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are read in config.ts files only, where a schema checks them when the process starts.',
};
const RAW_SQL = {
  selector: 'MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]',
  message: 'Use the tagged form $queryRaw`…` or $executeRaw`…`: it keeps values out of the SQL text.',
};
const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use a named export, so that a thing has one name everywhere.',
};
const MODULE_STATE = [
  'Program > VariableDeclaration[kind="let"]',
  'Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
  'Program > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet)$/][arguments.length=0]',
].map((selector) => ({
  selector,
  message: 'Workflow code keeps no state in a module: it would go from one tenant to another.',
}));
const RESTRICTED = [PROCESS_ENV, RAW_SQL, DEFAULT_EXPORT];

const NETWORK = ['http', 'https', 'http2', 'net', 'tls', 'dns', 'dns/promises', 'dgram'].flatMap((name) => [
  name,
  `node:${name}`,
]);
const EGRESS =
  'Reach the world through activities/egress only: it refuses addresses that a customer must not reach.';
const egressPaths = [...NETWORK, 'undici'].map((name) => ({ name, message: EGRESS, allowTypeImports: true }));
const egressGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: EGRESS,
}));
const CLIENT = {
  regex: '(prisma/generated|@prisma/client)',
  message:
    'Only prisma/ opens a database client. Take the Db that withTenant hands over (prisma/database.ts).',
};

const noNames = (words) => ({ regex: `(${words.join('|')})$`, match: false });

/** Text that people read stands in web/messages, for 40 languages; letters in JSX would stay English. */
const TEXT_IN_JSX = [
  'JSXText[value=/\\p{L}{2}/u]:not(JSXElement[openingElement.name.name="code"] > JSXText)',
  'JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label)$/] > Literal[value=/\\p{L}{2}/u]',
].map((selector) => ({
  selector,
  message: 'Put the text into web/messages/en.json and ask for it by its key.',
}));
const PHYSICAL_SIDES = {
  selector:
    'Literal[value=/(^|[ :])-?(ml|mr|pl|pr|left|right|border-l|border-r|rounded-l|rounded-r|text-left|text-right)(-|$| )/]',
  message: 'Name sides by the direction of the text: ms, me, ps, pe, start, end.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/generated/',
      'dist/',
      'coverage/',
      '.cache/',
      '.levqor/',
      'web/.next/',
      'web/next-env.d.ts',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: false },
      ],
      // A function of an interface may have to be async without having anything to wait for.
      '@typescript-eslint/require-await': 'off',
      // Codes of libraries come as plain numbers.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Our interfaces are bundles of functions without "this", made to be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'typeLike',
          format: ['PascalCase'],
          custom: noNames(['Impl', 'Manager', 'Helper', 'Util', 'Utils']),
        },
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: false } },
        { selector: 'function', format: ['camelCase', 'PascalCase'] },
        {
          selector: 'variable',
          format: ['camelCase', 'PascalCase', 'UPPER_CASE'],
          leadingUnderscore: 'allow',
        },
        { selector: 'parameter', format: ['camelCase', 'PascalCase'], leadingUnderscore: 'allow' },
        { selector: 'parameter', modifiers: ['unused'], format: null },
      ],
      'no-restricted-syntax': ['error', ...RESTRICTED],
      'no-restricted-globals': ['error', ...egressGlobals],
      '@typescript-eslint/no-restricted-imports': ['error', { paths: egressPaths, patterns: [CLIENT] }],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      'max-params': ['error', 3],
      'max-depth': ['error', 3],
      complexity: ['error', 16],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    // Runs of all tenants share the modules of a worker: see workers/shared-modules.decision.md.
    files: ['workflows/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...RESTRICTED, ...MODULE_STATE] },
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // The web talks to its own address and to the API beside it, at addresses that the operator set.
      'no-restricted-globals': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [CLIENT] }],
      'no-restricted-syntax': ['error', ...RESTRICTED, ...TEXT_IN_JSX, PHYSICAL_SIDES],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
    },
  },
  {
    files: ['web/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', 80] },
  },
  {
    // Next and next-intl look for default exports in these.
    files: [
      ...['web/src/app/**/*.tsx', 'web/src/app/{robots,sitemap}.ts'],
      ...['web/src/i18n/request.ts', 'web/e2e/playwright.config.ts'],
    ],
    rules: { 'no-restricted-syntax': ['error', PROCESS_ENV, ...TEXT_IN_JSX, PHYSICAL_SIDES] },
  },
  {
    files: ['**/config.ts'],
    rules: { 'no-restricted-syntax': ['error', RAW_SQL, DEFAULT_EXPORT] },
  },
  {
    files: ['prisma.config.ts'],
    rules: { 'no-restricted-syntax': ['error', RAW_SQL] },
  },
  {
    files: ['activities/egress/**', 'workers/{local,bench,chaos}/**', 'api/main.ts', 'free-port.ts'],
    rules: {
      'no-restricted-globals': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [CLIENT] }],
    },
  },
  {
    // A parameter of a resolver is an argument of the GraphQL field, each with a decorator of its own.
    files: ['api/**/*.resolver.ts'],
    rules: { 'max-params': ['error', 5] },
  },
  {
    files: ['prisma/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: egressPaths }] },
  },
  {
    // Tests start servers, read what the test run tells them, and list cases at any length.
    files: TESTS,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'max-params': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', DEFAULT_EXPORT],
      '@typescript-eslint/no-restricted-imports': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.base],
    rules: {
      'max-params': ['error', 3],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
);
