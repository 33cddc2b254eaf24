/**
 * `list_instances`
 *
 * @module
 */
import { z } from "zod";
import type { Aura } from "../../../src/aura/aura.ts";
import type { Instance, InstanceSummary } from "../../../src/aura/instance.ts";
import type { ToolCall } from "../../call.ts";
import { cursorOf, page, placeOf } from "../../output/page.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { DETAIL, pageInput } from "../arguments.ts";
import { briefView, fullView } from "../instance-view.ts";

type Row = InstanceSummary & Partial<Instance>;

/** The API's list has no status, so each instance is a request, and Aura allows 125 a minute for everything. */
const MOST_READS = 50;

export const listInstances: Tool = defineTool({
  name: "list_instances",
  title: "List instances",
  description:
    "Lists Aura instances with id, name, status and type. Start here to learn which one is meant, and whether it is paused. Use get_instance for one instance in full.",
  toolset: "core",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    project: z.string().min(1).max(100).optional().describe("Only of this one: id or exact name"),
    status: z.string().min(1).max(50).optional().describe('Only in this status, e.g. "paused"'),
    name_contains: z.string().min(1).max(100).optional().describe("Only with this in their name"),
    detail: DETAIL,
    ...pageInput(50),
  }),
  output: z.object({
    instances: z.array(z.looseObject({
      id: z.string(),
      name: z.string(),
      status: z.string().optional(),
    })),
    total: z.number().optional(),
    next_cursor: z.string().optional(),
  }),
  async run(call, { project, status, name_contains: part, detail, limit, cursor }) {
    const aura = await call.aura();
    const all = sorted(
      (await readList(call, aura, project)).filter(({ name }) =>
        part === undefined || name.toLowerCase().includes(part.toLowerCase())
      ),
    );
    const { rows, ...rest } = status === undefined
      ? await readPage(call, aura, all, { limit, cursor })
      : await readWithStatus(call, aura, all, { status, limit, cursor });
    const hasMany = new Set(all.map(({ tenant_id }) => tenant_id)).size > 1;
    return {
      instances: rows.map((row) =>
        detail === "full"
          ? fullView(row)
          : { ...briefView(row), ...(hasMany && { project_id: row.tenant_id }) }
      ),
      ...rest,
    };
  },
});

/** The whole list, as far as the scope allows. */
async function readList(
  call: ToolCall,
  aura: Aura,
  project: string | undefined,
): Promise<readonly InstanceSummary[]> {
  const { scope, signal } = call;
  if (scope.instance !== undefined) return [await call.instance(undefined)];
  if (project === undefined) return await aura.instances.list({ signal });
  const { projectId } = await import("../../../src/operate/instances/find-project.ts");
  return await aura.instances.list({ signal, projectId: await projectId(call, project) });
}

/** In an order of its own, so that a page begins where the one before has ended. */
function sorted(all: readonly InstanceSummary[]): readonly InstanceSummary[] {
  const keyOf = ({ name, id }: InstanceSummary): string => `${name}\n${id}`;
  return all.toSorted((left, right) => keyOf(left) < keyOf(right) ? -1 : 1);
}

interface Wanted {
  readonly limit: number;
  readonly cursor: string | undefined;
}

interface Found {
  readonly rows: readonly Row[];
  readonly total?: number;
  readonly next_cursor?: string;
}

async function readPage(
  call: ToolCall,
  aura: Aura,
  all: readonly InstanceSummary[],
  { limit, cursor }: Wanted,
): Promise<Found> {
  const { items, ...rest } = page(all, { limit: Math.min(limit, MOST_READS), cursor });
  return { rows: await readRows(call, aura, items), ...rest };
}

/** Looks at as many as one call may read; the cursor stands behind the last one that was looked at. */
async function readWithStatus(
  call: ToolCall,
  aura: Aura,
  all: readonly InstanceSummary[],
  { status, limit, cursor }: Wanted & { readonly status: string },
): Promise<Found> {
  const { items, total } = page(all, { limit: MOST_READS, cursor });
  const start = cursor === undefined ? 0 : placeOf(cursor)?.offset ?? 0;
  const rows: Row[] = [];
  let end = start;
  for (const row of await readRows(call, aura, items)) {
    if (rows.length >= limit) break;
    end += 1;
    if (row.status?.toLowerCase() === status.toLowerCase()) rows.push(row);
  }
  if (end >= total) return { rows, ...(start === 0 && { total: rows.length }) };
  if (rows.length < limit) {
    call.note(
      `Looked at ${end} of ${total} instances, each of which is a request; cursor looks at the others`,
    );
  }
  return { rows, next_cursor: cursorOf({ offset: end, total }) };
}

/** One that cannot be read costs no other one; where none can, that is the news. */
async function readRows(
  call: ToolCall,
  aura: Aura,
  summaries: readonly InstanceSummary[],
): Promise<readonly Row[]> {
  const [{ readInstances }, { toFailure }] = await Promise.all([
    import("../../../src/operate/instances/read-instances.ts"),
    import("../../../src/operate/failure.ts"),
  ]);
  const troubles: unknown[] = [];
  const rows = await readInstances(call, aura, summaries, {
    all: true,
    onTrouble: (_summary, error) => void troubles.push(error),
  });
  const [first] = troubles;
  if (first === undefined) return rows;
  if (troubles.length === summaries.length) throw first;
  call.note(
    `${troubles.length} of ${summaries.length} are listed without status: ${
      toFailure(first, call.directions).message
    }`,
  );
  return rows;
}
