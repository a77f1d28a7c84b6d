import { RE2JS, type Matcher } from 're2js';
import { Refusal, wrong } from './expression-error.ts';
import type { RegexEngine, RegexEngineClass, RegexMatch } from './jsonata-types.ts';
import type { Meter } from './meter.ts';

/**
 * A regular expression engine for jsonata whose time grows with the length of the text, never faster.
 * Each look at a character is charged, since searching again and again from the next match may still be quadratic.
 * The class refuses (`regex_not_supported`) look-arounds, back-references and repeats above 1000.
 */
export function linearRegexEngine(meter: Meter): RegexEngineClass {
  const compiled = new Map<string, RE2JS>();
  return class implements RegexEngine {
    lastIndex = 0;
    private readonly regex: RE2JS;
    private text: string | null = null;
    private matcher: Matcher | null = null;

    constructor({ source, flags }: { source: string; flags: string }) {
      const key = `${flags}/${source}`;
      this.regex = compiled.get(key) ?? compileLinear(source, flags);
      if (compiled.size >= MAX_COMPILED) compiled.clear();
      compiled.set(key, this.regex);
    }

    exec(text: string): RegexMatch | null {
      const matcher = this.matcherFor(text);
      meter.charge(1);
      if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) return null;
      const groups = Array.from(
        { length: matcher.groupCount() + 1 },
        (_, i) => matcher.group(i) ?? undefined,
      );
      this.lastIndex = matcher.end();
      return Object.assign(groups, { index: matcher.start() });
    }

    private matcherFor(text: string): Matcher {
      if (this.matcher === null || this.text !== text) {
        const perLook = 1 + (this.regex.programSize() >> 4);
        // re2js takes anything that is a String by its tag, and reads it by the methods below.
        this.matcher = this.regex.matcher(new MeteredText(text, meter, perLook) as unknown as string);
        this.text = text;
      }
      return this.matcher;
    }
  };
}

const MAX_COMPILED = 200;
const LOOKS_PER_UNIT = 16;

/** Compiles for the linear engine. Throws a refusal (`regex_not_supported`). */
export function compileLinear(source: string, flags: string): RE2JS {
  const ignoreCase = flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0;
  const multiline = flags.includes('m') ? RE2JS.MULTILINE : 0;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source), ignoreCase | multiline);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw wrong(
      'regex_not_supported',
      `has a regular expression that is not supported: /${source}/. Look-arounds and back-references cannot be used.`,
    );
  }
}

/** A text that charges for each look at it. */
class MeteredText extends String {
  private readonly meter: Meter;
  private readonly perLook: number;
  private looks = 0;

  constructor(text: string, meter: Meter, perLook: number) {
    super(text);
    this.meter = meter;
    this.perLook = perLook;
  }

  override charCodeAt(index: number): number {
    this.looks += this.perLook;
    if (this.looks >= LOOKS_PER_UNIT) this.settle();
    return super.charCodeAt(index);
  }

  override indexOf(search: string, from?: number): number {
    const found = super.indexOf(search, from);
    this.meter.charge(((found < 0 ? this.length : found) - (from ?? 0)) >> 8);
    return found;
  }

  private settle(): void {
    this.meter.charge(Math.floor(this.looks / LOOKS_PER_UNIT));
    this.looks %= LOOKS_PER_UNIT;
  }
}
