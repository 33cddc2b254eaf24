/**
 * `--show-password`: what is shown only once is printed for a person, and into no log.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";
import { plainText } from "../../operate/text/plain-text.ts";
import type { Secret } from "../../secret.ts";
import type { Context } from "../context.ts";

/** Whether it shall be printed. @throws {OperateError} USAGE where a person does not see it; nothing has been sent then */
export function checkShown({ io }: Context, isWanted: boolean, what: "password" | "key"): boolean {
  if (!isWanted || io.stderr.isTty) return isWanted;
  throw new OperateError(
    "USAGE",
    `Cannot show the ${what}: this is no terminal, and nothing was sent`,
    `leave --show-password out: the ${what} goes to a file`,
  );
}

/** Prints it, once. */
export function showSecret({ io }: Context, what: string, secret: Secret | undefined): void {
  if (secret !== undefined) io.stderr.write(`${what}: ${plainText(secret.reveal())}\n`);
}
