/**
 * Reads GraphQL type definitions from a file, or from what is piped in.
 *
 * @module
 */
import { resolve } from "node:path";
import { OperateError } from "../../operate/operate-error.ts";
import type { Context } from "../context.ts";
import { readTextFile } from "../input/read-text.ts";

/** The flag. */
export const TYPES_FLAG = {
  type: "string",
  valueHint: "file",
  description: "The GraphQL schema with its directives; - reads what is piped in",
} as const;

/** Gives the text. @throws {OperateError} FILE when it cannot be read or is empty */
export async function readTypeDefinitions(context: Context, path: string): Promise<string> {
  const { cwd, stdin } = context.io;
  const text = path === "-"
    ? await stdin.readAll()
    : await readTextFile(resolve(cwd, path), { named: path });
  if (text.trim() === "") throw new OperateError("FILE", `Cannot use ${path}: it is empty`);
  return text;
}
