/**
 * `aura-wake imports settle`
 *
 * @module
 */
import { openImports } from "../../operate/imports/open-imports.ts";
import { recordView } from "../../operate/imports/record-view.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { jobFields } from "../imports/import-view.ts";

/** Writes down what a person has found in the Aura console about an import whose start got no answer. */
export const importsSettle: Command = defineCommand({
  args: {
    key: { type: "positional", description: "The key under which it is written down" },
    job: {
      type: "string",
      valueHint: "id",
      description: "It was started, and has this id in the Aura console",
    },
    none: {
      type: "boolean",
      description: "It was not started: the Aura console shows no such job",
    },
  },
  async run(context, { key, job, none }) {
    if ((job === undefined) === !none) {
      throw new OperateError(
        "USAGE",
        "Cannot read the arguments: either --job or --none must say what the Aura console shows",
      );
    }
    const { imports } = await openImports(context);
    const record = await imports.settle(key, job, { signal: context.signal });
    context.print.one(recordView(record), jobFields(undefined, record));
  },
});
