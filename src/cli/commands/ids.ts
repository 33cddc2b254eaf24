/**
 * `aura-wake ids`
 *
 * @module
 */
import { pickNamed } from "../../operate/instances/pick-named.ts";
import { type AccountRow, readAccount } from "../../operate/instances/read-account.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { exportLines } from "../output/export-lines.ts";

/** The variable for each kind of id. */
const VARIABLES: Readonly<Record<AccountRow["kind"], string>> = {
  organization: "AURA_ORGANIZATION_ID",
  project: "AURA_PROJECT_ID",
  instance: "AURA_INSTANCEID",
};

/** Shows the ids of all that the key may see; with `--env`, as variables. */
export const ids: Command = defineCommand({
  args: {
    project: {
      type: "string",
      valueHint: "id|name",
      description: "Only this project and what is in it (default: all)",
    },
    instance: {
      type: "string",
      valueHint: "id|name",
      description: "Only this instance and what it is in (default: all)",
    },
    env: { type: "boolean", description: "Print lines that a shell can read, export NAME='id'" },
  },
  async run(context, { project, instance, env }) {
    const rows = narrow(await readAccount(context), project, instance);
    if (env) return printVariables(context, rows);
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    context.print.list(rows, {
      KIND: ({ kind }) => kind,
      NAME: ({ name }) => name,
      ID: ({ id }) => id,
      IN: ({ project_id, organization_id }) => {
        const owner = project_id ?? organization_id;
        return owner === undefined ? "" : names.get(owner) ?? owner;
      },
    }, "The API key sees nothing that has an id");
  },
});

/** What is in what was named, and what that is in. */
function narrow(
  rows: readonly AccountRow[],
  project: string | undefined,
  instance: string | undefined,
): readonly AccountRow[] {
  let left = rows;
  if (project !== undefined) {
    const { id, organization_id } = pick(left, "project", project);
    left = left.filter((row) =>
      [row.id, row.project_id].includes(id) || row.id === organization_id
    );
  }
  if (instance !== undefined) {
    const { id, project_id, organization_id } = pick(left, "instance", instance);
    left = left.filter((row) => [id, project_id, organization_id].includes(row.id));
  }
  return left;
}

function pick(
  rows: readonly AccountRow[],
  kind: "project" | "instance",
  named: string,
): AccountRow {
  const all = rows.filter((row) => row.kind === kind);
  return pickNamed({ kind, all, named, hint: "aura-wake ids shows what there is" });
}

function printVariables(context: Context, rows: readonly AccountRow[]): void {
  const variables: Record<string, string> = {};
  for (const [kind, variable] of Object.entries(VARIABLES)) {
    const [first, second] = rows.filter((row) => row.kind === kind);
    if (first !== undefined && second === undefined) variables[variable] = first.id;
    else if (first !== undefined) {
      context.note(
        `${variable} is left out: there is more than one ${kind}; choose with --project or --instance`,
      );
    }
  }
  if (Object.keys(variables).length === 0) {
    throw new OperateError(
      "AMBIGUOUS",
      "Cannot print variables: nothing is there just once",
      "choose with --project or --instance; aura-wake ids shows what there is",
    );
  }
  context.print.script(exportLines(variables));
}
