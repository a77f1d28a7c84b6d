/** A column of a table: its title and what it shows of an item. */
export interface Column<Item> {
  title: string;
  value: (item: Item) => string | number | null | undefined;
}

/** How a table is drawn. */
export interface TableStyle {
  /** Characters of a line; null for as many as it takes. */
  width: number | null;
  title: (text: string) => string;
  cell: (text: string) => string;
}

const GAP = '  ';
const NARROWEST = 8;

/** Rows under their titles, each column as wide as it must be. With a width, the widest columns are cut to fit. */
export function tableText<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  style: TableStyle,
): string {
  const rows = items.map((item) => columns.map(({ value }) => plainText(String(value(item) ?? ''))));
  const titles = columns.map(({ title }) => title);
  const widths = fit(
    titles.map((title, i) => Math.max(lengthOf(title), ...rows.map((row) => lengthOf(row[i] ?? '')))),
    style.width,
  );
  const line = (cells: string[], paint: (text: string) => string) =>
    cells
      .map((cell, i) => {
        const cut = shorten(cell, widths[i] ?? 0);
        const padding = i === cells.length - 1 ? '' : ' '.repeat((widths[i] ?? 0) - lengthOf(cut));
        return paint(cut) + padding;
      })
      .join(GAP)
      .trimEnd();
  return [line(titles, style.title), ...rows.map((row) => line(row, style.cell))].join('\n');
}

/** Text without what would move the cursor, colour the terminal or turn the direction of reading. */
export function plainText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

function fit(widths: number[], limit: number | null): number[] {
  if (limit === null) return widths;
  const fitted = [...widths];
  const tooWide = () =>
    fitted.reduce((sum, width) => sum + width, 0) + GAP.length * (fitted.length - 1) - limit;
  for (let over = tooWide(); over > 0; over = tooWide()) {
    const widest = Math.max(...fitted);
    if (widest <= NARROWEST) break;
    fitted[fitted.indexOf(widest)] = widest - 1;
  }
  return fitted;
}

/** Characters that take two places on a terminal. */
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\p{Emoji_Presentation}]/u;
const WITHOUT_WIDTH = /\p{M}/u;

function placesOf(character: string): number {
  if (WITHOUT_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

function lengthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + placesOf(character), 0);
}

function shorten(text: string, places: number): string {
  if (lengthOf(text) <= places) return text;
  let kept = '';
  for (const character of text) {
    if (lengthOf(kept + character) > places - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
