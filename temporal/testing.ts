import {
  TestWorkflowEnvironment,
  type TimeSkippingTestWorkflowEnvironmentOptions,
} from '@temporalio/testing';

/**
 * A Temporal server of the test file's own that skips waiting times, for `*.workflow.test.ts`. Call `teardown` on
 * it at the end of the file. `client` sets the data converter and the interceptors of its client.
 */
export function timeSkippingEnvironment(
  client: TimeSkippingTestWorkflowEnvironmentOptions['client'] = {},
): Promise<TestWorkflowEnvironment> {
  const path = told('LEVQOR_TEST_TIME_SKIPPING_SERVER', '*.workflow.test.ts');
  const executable = { type: 'existing-path' as const, path };
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable }, client });
}

/** `host:port` of the Temporal server that runs for `*.resolver.test.ts` and `*.e2e.test.ts`; all files share it. */
export function testTemporalAddress(): string {
  return told('LEVQOR_TEST_TEMPORAL_ADDRESS', '*.resolver.test.ts or *.e2e.test.ts');
}

function told(variable: string, names: string): string {
  const value = process.env[variable];
  if (value) return value;
  throw new Error(`No Temporal server runs for this test. Tests that need one are named ${names}.`);
}
