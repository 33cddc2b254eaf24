/**
 * `aura-wake completion`
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";
import { didYouMean } from "../../operate/text/nearest.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Program } from "../completion/places.ts";

/** The scripts that there are, each loaded when it is asked for. */
const SCRIPTS = {
  bash: async () => (await import("../completion/bash-script.ts")).bashScript,
  zsh: async () => (await import("../completion/zsh-script.ts")).zshScript,
  fish: async () => (await import("../completion/fish-script.ts")).fishScript,
} as const;

/** Prints the script by which a shell completes the command line. The list of commands comes from where this one stands too. */
export function completion(program: Program): Command {
  return defineCommand({
    args: {
      shell: { type: "positional", valueHint: "bash|zsh|fish", description: "bash, zsh or fish" },
    },
    async run(context, { shell }) {
      const load = Object.hasOwn(SCRIPTS, shell)
        ? SCRIPTS[shell as keyof typeof SCRIPTS]
        : undefined;
      if (load === undefined) {
        throw new OperateError(
          "USAGE",
          `Cannot read the arguments: SHELL must be bash, zsh or fish, got "${shell}"`,
          didYouMean(shell, Object.keys(SCRIPTS)),
        );
      }
      const { completionPlaces, EVERYWHERE } = await import("../completion/places.ts");
      const [script, places] = await Promise.all([load(), completionPlaces(program)]);
      context.print.script(script(places, EVERYWHERE));
    },
  });
}
