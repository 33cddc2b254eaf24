/**
 * The flags that every command has.
 *
 * @module
 */
import type { ArgsDef } from "citty";

/** How results are printed. */
export type OutputFormat = "table" | "json" | "ndjson";

/** The formats, as the flag names them. */
export const OUTPUT_FORMATS: readonly OutputFormat[] = ["table", "json", "ndjson"];

/** Valid with every command, before or after its name. */
export const GLOBAL_FLAGS: ArgsDef = {
  output: {
    type: "enum",
    alias: ["o", "format"],
    options: ["table", "json", "ndjson"],
    description: "How to print (default: table on a terminal, JSON otherwise)",
  },
  json: { type: "boolean", description: "The same as --output json" },
  quiet: { type: "boolean", alias: "q", description: "Print results and errors only" },
  verbose: { type: "boolean", description: "Print a line for each request, and causes of errors" },
  "credentials-file": {
    type: "string",
    valueHint: "file",
    description: "The file that the Aura console offered when the instance was created",
  },
  help: { type: "boolean", alias: "h", description: "Show this help" },
};

/** What the global flags said. */
export interface GlobalFlags {
  readonly format: OutputFormat;
  /** Whether a flag chose the format, or where the result goes. */
  readonly isFormatGiven: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly credentialsFile: string | undefined;
}

/**
 * Reads the global flags before anything else is known: errors are printed by them too. What is wrong in them is said when
 * all arguments are checked.
 */
export function readGlobalFlags(words: readonly string[], isTty: boolean): GlobalFlags {
  const end = words.indexOf("--");
  const flags = end < 0 ? words : words.slice(0, end);

  function valueOf(...names: readonly string[]): string | undefined {
    for (const [index, word] of flags.entries()) {
      if (names.includes(word)) return flags[index + 1];
      const name = names.find((each) => word.startsWith(`${each}=`));
      if (name !== undefined) return word.slice(name.length + 1);
      if (/^-o./.test(word) && names.includes("-o")) return word.slice(2);
    }
    return undefined;
  }

  function isOn(name: string): boolean {
    return flags.includes(name) || flags.includes(`${name}=true`);
  }

  const wanted = isOn("--json") ? "json" : valueOf("--output", "-o", "--format");
  const chosen = OUTPUT_FORMATS.find((format) => format === wanted);
  return {
    format: chosen ?? (isTty ? "table" : "json"),
    isFormatGiven: chosen !== undefined,
    quiet: isOn("--quiet") || isOn("-q"),
    verbose: isOn("--verbose"),
    credentialsFile: valueOf("--credentials-file"),
  };
}
