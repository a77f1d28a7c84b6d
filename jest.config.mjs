import { swcOptions } from './swc-options.mjs';

if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error('The tests need Node 24, which the project brings: run "npm test -- <part of a path>".');

const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.next/'],
  modulePathIgnorePatterns: [
    '<rootDir>/.cache/',
    '<rootDir>/.levqor/',
    '<rootDir>/dist/',
    '<rootDir>/web/.next/',
  ],
};

const project = (displayName, suffix, setup) => ({
  ...base,
  displayName,
  testMatch: [`<rootDir>/**/*.${suffix}.ts`],
  ...(setup && {
    globalSetup: `<rootDir>/jest-${setup}-setup.mjs`,
    globalTeardown: '<rootDir>/jest-teardown.mjs',
  }),
});

/** A project for each kind of test: what it needs is started only when one of its tests is to run. */
export default {
  testTimeout: 30_000,
  maxWorkers: 2,
  projects: [
    {
      ...project('pure', 'test'),
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, '\\.(db|workflow|resolver|e2e)\\.test\\.ts$'],
    },
    project('db', 'db.test', 'database'),
    project('workflow', 'workflow.test', 'workflow'),
    project('api', 'resolver.test', 'servers'),
    project('e2e', 'e2e.test', 'servers'),
  ],
};
