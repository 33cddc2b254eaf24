/**
 * Reads the body of a request: from a flag, from a file, or from what is piped in.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";
import type { Context } from "../context.ts";
import { readText } from "./read-text.ts";

/**
 * Gives the JSON of `--data`: text, `@file`, or `-` for what is piped in.
 *
 * @throws {OperateError} FILE, USAGE when it is no JSON object or list
 */
export async function readRequestData(
  context: Pick<Context, "io">,
  data: string,
): Promise<object> {
  const text = await readText(context, data);
  let value: unknown;
  let cause: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    cause = error;
  }
  if (typeof value === "object" && value !== null) return value;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: --data ${data === text ? "" : `${data} `}is no JSON object or list`,
    `write --data '{"name": "orders"}', --data @file.json, or --data - for what is piped in`,
    { cause },
  );
}
