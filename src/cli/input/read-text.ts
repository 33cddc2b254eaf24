/**
 * Texts that stand elsewhere: in a file, or in what is piped in.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { OperateError } from "../../operate/operate-error.ts";
import type { Context } from "../context.ts";

/**
 * Gives the text that an argument means: `-` is the standard input, `@file` a file, anything else itself.
 *
 * @throws {OperateError} FILE when there is no such file
 */
export async function readText({ io }: Pick<Context, "io">, argument: string): Promise<string> {
  if (argument === "-") return await io.stdin.readAll();
  if (!argument.startsWith("@")) return argument;
  return await readTextFile(resolve(io.cwd, argument.slice(1)));
}

/** Gives the text of a file; `named` is what people call it. @throws {OperateError} FILE when it cannot be read */
export async function readTextFile(
  path: string,
  { named = path, suggestion }: { readonly named?: string; readonly suggestion?: string } = {},
): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    const why = TROUBLES[code ?? ""] ?? code ?? "unknown trouble";
    throw new OperateError("FILE", `Cannot read ${named}: ${why}`, suggestion, { cause: error });
  }
}

const TROUBLES: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
};
