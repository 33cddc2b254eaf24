/**
 * `aura-wake projects list`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";

/** Lists the projects that the key may see. */
export const projectsList: Command = defineCommand({
  args: {},
  async run(context) {
    const aura = await context.aura();
    const projects = await aura.projects.list({ signal: context.signal });
    context.print.list(
      projects,
      { ID: ({ id }) => id, NAME: ({ name }) => name },
      "There are no projects that the API key may see",
    );
  },
});
