import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

/** Bundles the workflows for the sandbox, in about two seconds. Fails when they reach for something that is not pure. */
export async function bundleWorkflows(): Promise<WorkflowBundle> {
  const silent = () => undefined;
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  return bundleWorkflowCode({
    workflowsPath,
    preloadModules: [workflowsPath],
    failureConverterPath: fileURLToPath(new URL('../temporal/failure-converter.ts', import.meta.url)),
    logger: { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
}

// For a release: `node --import ./ts-hook.mjs workers/bundle.ts dist/workflows.js` bundles once, before any start.
const [, program, target] = process.argv;
if (program === fileURLToPath(import.meta.url) && target !== undefined)
  await writeFile(target, (await bundleWorkflows()).code);
