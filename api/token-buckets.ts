/** How fast something may go on: `points` at once, which come back evenly over `seconds`. */
export interface Rate {
  points: number;
  seconds: number;
}

interface Bucket {
  level: number;
  /** When the level was this, in milliseconds. */
  at: number;
}

/** More names than this share one bucket, so that made-up names cannot fill the memory. */
const MAX_BUCKETS = 50_000;
/** What sums of parts of points may lack. */
const ROUNDING = 1e-6;
/** No name of ours is empty. */
const SHARED = '';

/** Token buckets of one rate, one for each name, in the memory of this process. A new bucket is full. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #max: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt = Number.NEGATIVE_INFINITY;

  /** `now` gives milliseconds that only grow. */
  constructor(rate: Rate, { max = MAX_BUCKETS, now = () => performance.now() } = {}) {
    this.#rate = rate;
    this.#max = max;
    this.#now = now;
  }

  /**
   * Takes points, all or none, and gives 0; or gives the whole seconds after which they will be there. Who asks for
   * more than a bucket holds gets it from a full one.
   */
  take(name: string, points: number): number {
    const bucket = this.#bucket(name);
    const wanted = Math.min(points, this.#rate.points);
    if (bucket.level >= wanted - ROUNDING) {
      bucket.level -= wanted;
      return 0;
    }
    return Math.max(1, Math.ceil((wanted - bucket.level) / this.#perSecond));
  }

  /** Puts points back that were taken for nothing. */
  giveBack(name: string, points: number): void {
    const bucket = this.#bucket(name);
    bucket.level = Math.min(bucket.level + points, this.#rate.points);
  }

  get #perSecond(): number {
    return this.#rate.points / this.#rate.seconds;
  }

  /** The bucket of this name as it stands now. */
  #bucket(name: string): Bucket {
    const now = this.#now();
    const found = this.#buckets.get(name);
    if (found) {
      found.level = this.#levelAt(found, now);
      found.at = now;
      return found;
    }
    if (this.#buckets.size >= this.#max) this.#sweep(now);
    if (this.#buckets.size >= this.#max && name !== SHARED) return this.#bucket(SHARED);
    const made = { level: this.#rate.points, at: now };
    this.#buckets.set(name, made);
    return made;
  }

  #levelAt({ level, at }: Bucket, now: number): number {
    return Math.min(this.#rate.points, level + ((now - at) / 1_000) * this.#perSecond);
  }

  /** Drops the full ones, which are like new ones; at most once a second, since it looks at all. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < 1_000) return;
    this.#sweptAt = now;
    for (const [name, bucket] of this.#buckets)
      if (this.#levelAt(bucket, now) >= this.#rate.points) this.#buckets.delete(name);
  }
}
