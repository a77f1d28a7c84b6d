const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The position at which a text stops being JSON; its length when only the end is missing, or nothing is wrong. */
export function faultInJson(text: string): number {
  const reader = new Reader(text);
  return reader.value() && reader.atEnd() ? text.length : reader.place;
}

/** Reads on from its place as long as the text is JSON. */
class Reader {
  readonly #text: string;
  place = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#take(SPACE);
    return this.place === this.#text.length;
  }

  value(): boolean {
    this.#take(SPACE);
    if (this.#is('{')) return this.#list('}', () => this.#entry());
    if (this.#is('[')) return this.#list(']', () => this.value());
    return this.#take(STRING) || this.#take(PLAIN);
  }

  #entry(): boolean {
    this.#take(SPACE);
    return this.#take(STRING) && this.#sign(':') && this.value();
  }

  /** What stands between two brackets, of which the first was read. */
  #list(end: string, item: () => boolean): boolean {
    if (this.#sign(end)) return true;
    do if (!item()) return false;
    while (this.#sign(','));
    return this.#sign(end);
  }

  #sign(sign: string): boolean {
    this.#take(SPACE);
    return this.#is(sign);
  }

  #is(sign: string): boolean {
    if (this.#text[this.place] !== sign) return false;
    this.place += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.place;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) return false;
    this.place += found.length;
    return true;
  }
}
