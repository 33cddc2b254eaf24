/**
 * Parameters of a query, as they are written on a command line.
 *
 * @module
 */
import type { Parameters } from "../../neo4j/connection.ts";
import { OperateError } from "../../operate/operate-error.ts";

/**
 * Reads `--params` (a JSON object) and `--param name=value`, which wins.
 *
 * @throws {OperateError} USAGE for what is neither
 */
export function readParameters(
  params: string | undefined,
  param: string | undefined,
): Parameters {
  return { ...params !== undefined && parseObject(params), ...param !== undefined && pair(param) };
}

function parseObject(text: string): Parameters {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new OperateError(
      "USAGE",
      "Cannot read the arguments: --params must be a JSON object",
      `write --params '{"name": "Ada", "limit": 10}', or --params @file.json`,
    );
  }
  return value as Parameters;
}

function pair(text: string): Parameters {
  const at = text.indexOf("=");
  const name = text.slice(0, at).replace(/^\$/, "");
  if (at < 1 || name === "") {
    throw new OperateError(
      "USAGE",
      `Cannot read the arguments: --param must be name=value, got "${text}"`,
    );
  }
  return { [name]: parseValue(text.slice(at + 1)) };
}

/** JSON where it is JSON, else the text itself. An integer that a number cannot hold stays exact. */
function parseValue(text: string): unknown {
  if (/^-?(?:0|[1-9]\d{0,18})$/.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text);
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
