/**
 * Arguments that may stand elsewhere: `-` is the standard input, `@file` a file.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";

/**
 * Gives the text that an argument means.
 *
 * @throws {CliError} FILE when there is no such file
 */
export async function readText({ io }: Pick<Context, "io">, argument: string): Promise<string> {
  if (argument === "-") return await io.stdin.readAll();
  if (!argument.startsWith("@")) return argument;
  const path = resolve(io.cwd, argument.slice(1));
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = Object(error) as NodeJS.ErrnoException;
    throw new CliError(
      "FILE",
      `Cannot read ${path}: ${
        code === "ENOENT" ? "there is no such file" : code ?? "unknown trouble"
      }`,
      undefined,
      { cause: error },
    );
  }
}
