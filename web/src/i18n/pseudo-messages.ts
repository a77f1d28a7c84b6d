import { parse, type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import type { Messages } from './merge-messages.ts';

const ACCENTED = new Map(
  Array.from('aceinouyACEINOUY', (letter, i) => [letter, Array.from('åçéîñöûýÅÇÉÎÑÖÛÝ')[i] ?? letter]),
);
/** Translations are longer than English by so much, most of the time. */
const LONGER = 0.4;

/**
 * English made to look foreign, for looking at the app: accents, two fifths longer, in marked brackets. What is cut
 * off, or has no brackets, is a fault.
 */
export function pseudoMessages(english: Messages): Messages {
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => [
      key,
      typeof text === 'string' ? pseudoText(text) : pseudoMessages(text),
    ]),
  );
}

function pseudoText(text: string): string {
  const padding = '~'.repeat(Math.ceil(text.length * LONGER));
  return `⟦${printAST(parse(text).map(accented))}${padding}⟧`;
}

function accented(element: MessageFormatElement): MessageFormatElement {
  switch (element.type) {
    case TYPE.literal:
      return { ...element, value: Array.from(element.value, (one) => ACCENTED.get(one) ?? one).join('') };
    case TYPE.tag:
      return { ...element, children: element.children.map(accented) };
    case TYPE.select:
    case TYPE.plural: {
      const options = Object.entries(element.options).map(
        ([name, option]) => [name, { ...option, value: option.value.map(accented) }] as const,
      );
      return { ...element, options: Object.fromEntries(options) };
    }
    default:
      return element;
  }
}
