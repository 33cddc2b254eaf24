/**
 * What an error means for whoever called: an exit code, one line, and what to do next.
 *
 * @module
 */
import { type Failure as Told, toFailure as tell } from "../operate/failure.ts";
import { plainText } from "../operate/text/plain-text.ts";
import { directions } from "./directions.ts";
import { exitCodeOf } from "./exit-code.ts";

/** An error as it is printed where the output is JSON. */
export interface Failure extends Told {
  readonly exit_code: number;
}

/** Reads any error. */
export function toFailure(error: unknown): Failure {
  const { code, ...told } = tell(error, directions);
  return { code, exit_code: exitCodeOf(code, error), ...told };
}

/** One line for people. */
export function failureText({ message, suggestion }: Failure): string {
  return plainText(suggestion === undefined ? message : `${message}; next: ${suggestion}`);
}

/** Where it comes from, for `--verbose`: the stack, then that of each cause. */
export function causesText(error: unknown): string {
  const told: string[] = [];
  for (let at = error; at !== undefined && told.length < 10; at = Object(at).cause) {
    const { stack, message } = Object(at) as Partial<Error>;
    told.push(stack ?? message ?? (typeof at === "string" ? at : typeof at));
  }
  return `${told.join("\ncaused by ")}\n`;
}
