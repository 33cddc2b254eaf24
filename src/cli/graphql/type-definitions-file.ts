/**
 * Reads GraphQL type definitions from a file, or from what is piped in.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";

/** The flag. */
export const TYPES_FLAG = {
  type: "string",
  valueHint: "file",
  description: "The GraphQL schema with its directives; - reads what is piped in",
} as const;

/** Gives the text. @throws {CliError} FILE when it cannot be read or is empty */
export async function readTypeDefinitions(context: Context, path: string): Promise<string> {
  const text = path === "-" ? await context.io.stdin.readAll() : await readText(context, path);
  if (text.trim() === "") throw new CliError("FILE", `Cannot use ${path}: it is empty`);
  return text;
}

async function readText({ io }: Context, path: string): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, path), "utf8");
  } catch (error) {
    const { code = "unknown trouble" } = Object(error) as { code?: string };
    const why = code === "ENOENT" ? "there is no such file" : code;
    throw new CliError("FILE", `Cannot read ${path}: ${why}`, undefined, { cause: error });
  }
}
