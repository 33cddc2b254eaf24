/**
 * `aura-wake projects get`
 *
 * @module
 */
import { findProject } from "../../operate/instances/find-project.ts";
import { type Command, defineCommand } from "../command.ts";

/** Shows one project, in JSON with all that may be created in it. */
export const projectsGet: Command = defineCommand({
  args: {
    project: {
      type: "positional",
      required: false,
      description: "Its id or exact name (default: the one in the settings, or the only one)",
    },
  },
  async run(context, { project: named }) {
    const project = await findProject(context, named);
    const { id, name, instance_configurations: offered = [] } = project;
    const types = new Set(offered.map(({ type }) => type));
    context.print.one(project, {
      id,
      name,
      "types of instances": [...types].join(", "),
      "all sizes": `aura-wake instances sizes --project ${id}`,
    });
  },
});
