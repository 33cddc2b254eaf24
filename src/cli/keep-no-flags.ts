/**
 * Flags whose own name begins with `--no-` and that take a value: citty would take them for "the other flag is off", and drop the value.
 *
 * @module
 */
import type { ArgDef, ArgsDef } from "citty";

/** Arguments and words for citty, in which such a flag goes by an alias that nobody sees. */
export function keepNoFlags(
  args: ArgsDef,
  words: readonly string[],
): { readonly args: ArgsDef; readonly words: readonly string[] } {
  const aliases = new Map<string, string>();
  const renamed = Object.entries(args).map(([name, definition]): [string, ArgDef] => {
    if (!name.startsWith("no-") || definition.type === "boolean") return [name, definition];
    const alias = `not-${name.slice(3)}`;
    aliases.set(`--${name}`, `--${alias}`);
    return [name, { ...definition, alias } as ArgDef];
  });
  return {
    args: Object.fromEntries(renamed),
    words: words.map((word) => {
      const [flag = "", ...value] = word.split("=");
      const alias = aliases.get(flag);
      return alias === undefined ? word : [alias, ...value].join("=");
    }),
  };
}
