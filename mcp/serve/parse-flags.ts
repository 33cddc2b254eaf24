/**
 * Reads the words of a command line by the flags that there are.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { AuraWakeError } from "../../src/errors.ts";
import { didYouMean } from "../../src/operate/text/nearest.ts";
import type { McpFlag } from "./flags.ts";

/** Reads them. @throws {AuraWakeError} CONFIG_INVALID: an unknown flag, a missing or wrong value */
export function parseFlags<Name extends string>(
  words: readonly string[],
  flags: Readonly<Record<Name, McpFlag>>,
  elsewhere?: { readonly flags: readonly string[]; readonly hint: string },
): { readonly [Each in Name]?: string | boolean | undefined } {
  const options = Object.fromEntries(
    Object.entries<McpFlag>(flags).map(([name, { type }]) => [
      name,
      { type: type === "boolean" ? "boolean" as const : "string" as const },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind === "positional") throw invalid(`"${token.value}" is no flag`);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const flag = (flags as Readonly<Record<string, McpFlag>>)[name];
    if (flag === undefined) {
      const known = Object.keys(flags).map((each) => `--${each}`);
      const hint = elsewhere?.flags.includes(name) ? elsewhere.hint : didYouMean(rawName, known);
      throw invalid(`there is no flag ${rawName}`, hint);
    }
    if (flag.type === "boolean" && value !== undefined && !/^(?:true|false)$/.test(value)) {
      throw invalid(`${rawName} takes no value`);
    }
    if (flag.type !== "boolean" && !value) throw invalid(`${rawName} needs a value`);
    if (flag.options !== undefined && !flag.options.includes(value ?? "")) {
      throw invalid(`${rawName} must be ${flag.options.join(" or ")}, got "${value}"`);
    }
    const read = flag.type === "boolean" ? value !== "false" : value ?? "";
    if (name in values && values[name] !== read) {
      throw invalid(`${rawName} is given twice, with different values`);
    }
    values[name] = read;
  }
  return values as { readonly [Each in Name]?: string | boolean };
}

function invalid(what: string, hint?: string): AuraWakeError {
  return new AuraWakeError(
    "CONFIG_INVALID",
    `Cannot start the MCP server: ${what}${hint === undefined ? "" : `; ${hint}`}`,
  );
}
