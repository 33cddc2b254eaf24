/**
 * `aura-wake organizations list`
 *
 * @module
 */
import { type Command, defineCommand } from "../command.ts";

/** Lists the organizations that the key may see. */
export const organizationsList: Command = defineCommand({
  args: {},
  async run(context) {
    const aura = await context.aura();
    const organizations = await aura.organizations.list({ signal: context.signal });
    context.print.list(
      organizations,
      { ID: ({ id }) => id, NAME: ({ name }) => name },
      "There are no organizations that the API key may see",
    );
  },
});
