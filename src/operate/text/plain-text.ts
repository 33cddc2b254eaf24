/**
 * Text from outside (names, messages) made fit for a terminal.
 *
 * @module
 */

/** Control characters, and those that change the direction of text: they could repaint the screen or hide what is said. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}]/gu;

/** One line without anything that a terminal would obey. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, " ").replace(UNPRINTABLE, "\ufffd");
}
