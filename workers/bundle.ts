import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

/**
 * In the sandbox each look at a global goes through Node's interceptors: measured, expressions took ten times as long
 * there. Names of the script itself are found at once. Only what the SDK leaves as it is; one line, for the source map.
 */
const NEAR_GLOBALS = `const { ${[
  'Object, Array, String, Number, Boolean, Symbol, BigInt, Function, RegExp, Map, Set, JSON, Math, Reflect',
  'Error, TypeError, RangeError, Uint8Array, Uint32Array, isNaN, isFinite, parseInt, parseFloat',
  'Promise, Proxy, WeakMap, WeakSet',
].join(', ')} } = globalThis; `;

/** Bundles the workflows for the sandbox, in about two seconds. Fails when they reach for something that is not pure. */
export async function bundleWorkflows(): Promise<WorkflowBundle> {
  const silent = () => undefined;
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  const bundle = await bundleWorkflowCode({
    workflowsPath,
    preloadModules: [workflowsPath],
    failureConverterPath: fileURLToPath(new URL('../temporal/failure-converter.ts', import.meta.url)),
    logger: { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
  return { ...bundle, code: `${NEAR_GLOBALS}${bundle.code}` };
}

// For a release: `node --import ./ts-hook.mjs workers/bundle.ts dist/workflows.js` bundles once, before any start.
const [, program, target] = process.argv;
if (program === fileURLToPath(import.meta.url) && target !== undefined)
  await writeFile(target, (await bundleWorkflows()).code);
