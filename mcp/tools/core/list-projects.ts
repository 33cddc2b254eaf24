/**
 * `list_projects`
 *
 * @module
 */
import { z } from "zod";
import type { InstanceConfiguration, ProjectSummary } from "../../../src/aura/project.ts";
import type { ToolCall } from "../../call.ts";
import { page } from "../../output/page.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { DETAIL, pageInput } from "../arguments.ts";

/** In full, each is a request, and Aura allows 125 a minute for everything. */
const MOST_READS = 50;
const PARALLEL = 10;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

export const listProjects: Tool = defineTool({
  name: "list_projects",
  title: "List projects",
  description:
    "Lists the Aura projects that the API key sees, with id and name. Needed only where another tool asks which project is meant; list_instances shows all instances without it.",
  toolset: "core",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  beyondInstance: true,
  input: z.strictObject({
    detail: DETAIL.describe("full adds what may be created in each, a request a project"),
    ...pageInput(25),
  }),
  output: z.object({
    projects: z.array(z.looseObject({ id: z.string(), name: z.string() })),
    total: z.number(),
    next_cursor: z.string().optional(),
  }),
  async run(call, { detail, limit, cursor }) {
    const { projects } = await call.aura();
    const all = await projects.list({ signal: call.signal });
    const isFull = detail === "full";
    const { items, ...rest } = page(await withinScope(call, all), {
      limit: isFull ? Math.min(limit, MOST_READS) : limit,
      cursor,
    });
    const rows: Row[] = items.map(({ id, name }) => ({ id, name }));
    return { projects: isFull ? await withOffers(call, rows) : rows, ...rest };
  },
});

/** Where the server is narrowed to a project, there is no other. */
async function withinScope(
  call: ToolCall,
  all: readonly ProjectSummary[],
): Promise<readonly ProjectSummary[]> {
  const { project } = call.scope;
  if (project === undefined) return all;
  const { projectId } = await import("../../../src/operate/instances/find-project.ts");
  const only = await projectId(call, project);
  return all.filter(({ id }) => id === only);
}

async function withOffers(call: ToolCall, rows: readonly Row[]): Promise<Row[]> {
  const [{ projects }, { inParallel }] = await Promise.all([
    call.aura(),
    import("../../../src/in-parallel.ts"),
  ]);
  const full = [...rows];
  await inParallel(rows, PARALLEL, async (row, index) => {
    const { instance_configurations: offered } = await projects.get(row.id, {
      signal: call.signal,
    });
    full[index] = { ...row, ...(offered && { instance_types: typesOf(offered) }) };
  });
  return full;
}

/** Which types there are, and in which clouds. */
function typesOf(offered: readonly InstanceConfiguration[]): Record<string, string[]> {
  const clouds = new Map<string, Set<string>>();
  for (const { type, cloud_provider } of offered) {
    clouds.set(type, (clouds.get(type) ?? new Set()).add(cloud_provider));
  }
  return Object.fromEntries([...clouds].map(([type, names]) => [type, [...names].toSorted()]));
}
