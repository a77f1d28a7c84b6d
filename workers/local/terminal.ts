const COLOURS = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, blue: 34 } as const;
export type Colour = keyof typeof COLOURS;

/** Whether the output is a terminal that can be drawn over. */
export const isTerminal = process.stdout.isTTY;

/** Colours a text, in a terminal. */
export function paint(colour: Colour, text: string): string {
  return isTerminal ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
}

/** One line about what happens: `  name  text`. */
export function say(name: string, text: string): void {
  Screen.write(`  ${paint('dim', name.padEnd(10))} ${text}`);
}

/** A line of its own. */
export function line(text = ''): void {
  Screen.write(text);
}

/** What is drawn over again and again, below the lines that stay. */
class LiveScreen {
  #drawn: string[] = [];

  /** A line that stays. What is live is drawn again below it. */
  write(text: string): void {
    const live = this.#drawn;
    this.draw([]);
    process.stdout.write(`${text}\n`);
    this.draw(live);
  }

  /** Draws the live lines over the last ones. Without a terminal nothing is live. */
  draw(lines: string[]): void {
    if (!isTerminal) return;
    if (this.#drawn.length > 0) process.stdout.write(`\u001b[${this.#drawn.length}A\u001b[0J`);
    const width = process.stdout.columns || 80;
    const cut = lines.slice(0, Math.max(1, (process.stdout.rows || 40) - 2)).map((one) => cutTo(one, width));
    if (cut.length > 0) process.stdout.write(`${cut.join('\n')}\n`);
    this.#drawn = cut;
  }

  /** Leaves the live lines where they are. */
  keep(): void {
    this.#drawn = [];
  }
}

export const Screen = new LiveScreen();

// Colour codes take no room on the screen.
function cutTo(text: string, width: number): string {
  let room = width - 1;
  let out = '';
  for (const part of text.split(/(\u001b\[\d+m)/)) {
    if (part.startsWith('\u001b')) out += part;
    else {
      out += Array.from(part).slice(0, room).join('');
      room -= Math.min(room, Array.from(part).length);
    }
  }
  return out;
}
