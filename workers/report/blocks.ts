/** A piece of text within a line. */
export type Inline = string | { strong: string } | { code: string } | { link: string; url: string };
export type Text = Inline | readonly Inline[];

/** A picture: `svg` stands in the HTML page, and in a file of this name beside the Markdown page. */
export interface Drawing {
  name: string;
  /** What is to be seen, for those who cannot see it. */
  alt: string;
  svg: string;
}

/** What a page is made of, whatever it is written as. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: Text }
  | { kind: 'list'; items: readonly Text[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly Text[])[] }
  | ({ kind: 'picture' } & Drawing);

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
export const paragraph = (...text: Inline[]): Block => ({ kind: 'paragraph', text });
export const table = (head: readonly string[], rows: readonly (readonly Text[])[]): Block => ({
  ...{ kind: 'table', head, rows },
});

/** The pieces of a text. */
export const piecesOf = (text: Text): readonly Inline[] => (isMany(text) ? text : [text]);

function isMany(text: Text): text is readonly Inline[] {
  return Array.isArray(text);
}
