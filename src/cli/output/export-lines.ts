/**
 * Variables as lines that a shell can read.
 *
 * @module
 */

/** `export NAME='value'`, one a line: for bash, zsh and sh, and for most readers of `.env` files. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`)
    .join("");
}
