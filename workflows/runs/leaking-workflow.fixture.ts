import '../harden-sandbox.ts';
import { sleep } from '@temporalio/workflow';

const held: string[] = [];
const shared = globalThis as { leaked?: string };
const PROTOTYPES: object[] = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Map.prototype,
  Promise.prototype,
];

/** Leaves its name wherever code can, lets others run, and tells what it finds there. For the test beside. */
export async function leakAndLook(name: string) {
  shared.leaked = name;
  held.push(name);
  for (const prototype of PROTOTYPES) Reflect.set(prototype, 'leaked', name);
  await sleep(200);
  const prototypes = PROTOTYPES.map((one) => Reflect.get(one, 'leaked') as unknown).filter(
    (one) => one !== undefined,
  );
  return { global: shared.leaked, module: held, prototypes };
}
