import { CHAOS_FLOWS } from './flows.ts';
import { FLOWS, type FlowName, type Scenario } from './model.ts';
import { seededRandom } from './seeded-random.ts';

/** The longest time that people wait before they act, in milliseconds: longer than most outages. */
const LONGEST_DELAY = 6_000;
/** Of so many runs of a flow, one goes the less usual way. */
const ODD_ONE_OF = 4;

/** The runs of a load, in the order in which they are started. The same seed gives the same runs. */
export function planScenarios(seed: number, count: number): Scenario[] {
  const random = seededRandom(seed);
  const lots = FLOWS.flatMap((flow) => Array.from({ length: CHAOS_FLOWS[flow].weight }, () => flow));
  // Every flow once at the beginning, so that a short load leaves none out.
  const flowOf = (index: number): FlowName => FLOWS[index] ?? random.pick(lots);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    flow: flowOf(index),
    odd: random.between(1, ODD_ONE_OF) === 1,
    delayMs: random.between(0, LONGEST_DELAY),
  }));
}
