import { join } from 'node:path';
import {
  TestWorkflowEnvironment,
  type TimeSkippingTestWorkflowEnvironmentOptions,
} from '@temporalio/testing';
import { findTemporalServer } from './dev-server.ts';

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

/**
 * A Temporal server of the test file's own, in real time, that suggests a new history after so many events. Call
 * `teardown` on it at the end of the file.
 */
export async function suggestingEnvironment(events: number): Promise<TestWorkflowEnvironment> {
  const cacheDir = join(import.meta.dirname, '../.cache');
  const path = await findTemporalServer({ cacheDir, say: () => undefined });
  const extraArgs = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${events}`];
  return TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path }, extraArgs },
  });
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
