/**
 * `aura-wake config show`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";

/** Shows every setting with the place it comes from. Secrets are masked, and nothing is asked of anybody. */
export const configShow: Command = defineCommand({
  args: {},
  async run(context) {
    const { print } = context;
    const { rows, warnings, problems } = await context.settings();
    if (print.format !== "table") return print.one({ settings: rows, warnings, problems }, {});
    // Warnings stand on stderr already, as with every command.
    print.list(rows, {
      SETTING: ({ setting }) => setting,
      VALUE: ({ value }) => value,
      VARIABLE: ({ variable }) => variable,
      SOURCE: ({ source }) => source,
    });
    if (problems.length > 0) {
      print.text(problems.map(({ code, message }) => `\n${code}: ${message}`).join(""));
    }
  },
});
