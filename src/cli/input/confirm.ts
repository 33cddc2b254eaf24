/**
 * Asks a person before something is destroyed.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";
import { plainText } from "../../operate/text/plain-text.ts";
import type { Context } from "../context.ts";

/** What is about to be destroyed. */
export interface Confirmation {
  /** "delete instance orders (a1b2c3d4)": completes "About to …" and "Cannot …". */
  readonly action: string;
  /** What has to be typed. */
  readonly name: string;
  /** The flag `--yes` was given. */
  readonly yes: boolean;
}

/** The flag of every command that destroys. */
export const YES_FLAG = {
  yes: { type: "boolean", alias: "y", description: "Do not ask; needed where nobody can be asked" },
} as const;

/**
 * Returns when it may be done.
 *
 * @throws {OperateError} NOT_CONFIRMED; nothing has been sent then
 */
export async function confirm(
  context: Context,
  { action, name, yes }: Confirmation,
): Promise<void> {
  if (yes) return;
  const { stdin, stderr } = context.io;
  if (!stdin.isTty || !stderr.isTty) {
    throw new OperateError(
      "NOT_CONFIRMED",
      `Cannot ${action}: nobody can be asked here, and nothing was sent`,
      "add --yes if that is what you want",
    );
  }
  const typed = await context.ask(plainText(`About to ${action}. Type ${name} to go on`));
  if (typed !== name) {
    throw new OperateError(
      "NOT_CONFIRMED",
      `Cannot ${action}: "${typed ?? ""}" is not "${name}", and nothing was sent`,
    );
  }
}
