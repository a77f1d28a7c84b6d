import { PROXIED, type Fault, type FaultKind } from './model.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** How often a fault comes, in milliseconds: the first one, and from one to the next. */
interface Pace {
  first: [number, number];
  every: [number, number];
  make(random: SeededRandom): Omit<Fault, 'at'>;
}

const plain = (kind: FaultKind, holdMs: number): Omit<Fault, 'at'> => ({
  ...{ kind, holdMs },
  ...{ proxy: null, slow: null },
});

/** Each has a line of its own in time, so that several faults may well strike together. */
const PACES: Pace[] = [
  { first: [5_000, 10_000], every: [5_000, 10_000], make: () => plain('worker-kill', 0) },
  { first: [8_000, 16_000], every: [20_000, 40_000], make: () => plain('api-kill', 0) },
  {
    first: [12_000, 20_000],
    every: [40_000, 70_000],
    make: (random) =>
      plain(
        random.pick(['postgres-smart-stop', 'postgres-fast-stop', 'postgres-kill'] as const),
        random.between(500, 5_000),
      ),
  },
  {
    first: [24_000, 34_000],
    every: [50_000, 80_000],
    make: (random) =>
      plain(random.pick(['temporal-stop', 'temporal-kill'] as const), random.between(1_000, 10_000)),
  },
  {
    first: [3_000, 8_000],
    every: [8_000, 15_000],
    make: (random) => ({ ...plain('proxy-cut', 0), proxy: random.pick(PROXIED) }),
  },
  {
    first: [6_000, 14_000],
    every: [20_000, 30_000],
    make: (random) => ({
      ...plain('proxy-slow', random.between(2_000, 6_000)),
      proxy: random.pick(PROXIED),
      slow: { latencyMs: random.between(10, 150), bytesPerSecond: random.between(50, 500) * 1_024 },
    }),
  },
  {
    first: [16_000, 26_000],
    every: [30_000, 50_000],
    make: (random) => ({
      ...plain('proxy-dark', random.between(1_000, 6_000)),
      proxy: random.pick(PROXIED),
    }),
  },
];

/** The faults of the first `seconds` of a load, in the order of their times. The same seed gives the same plan. */
export function planFaults(seed: number, seconds: number): Fault[] {
  return PACES.flatMap(({ first, every, make }, line) => {
    // A seed of each line's own: another pace of one does not move the others.
    const random = seededRandom(seed * 31 + line);
    const faults: Fault[] = [];
    for (let at = random.between(...first); at < seconds * 1_000; at += random.between(...every))
      faults.push({ at, ...make(random) });
    return faults;
  }).sort((a, b) => a.at - b.at);
}
