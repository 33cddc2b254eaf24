/**
 * `aura://projects/{id}`
 *
 * @module
 */
import { isGone } from "../../src/aura/not-found.ts";
import type { InstanceConfiguration, Project, ProjectSummary } from "../../src/aura/project.ts";
import type { ToolCall } from "../call.ts";
import type { Resource } from "../resource.ts";
import { projectUri } from "./uris.ts";
import { begins } from "./visible-instances.ts";

/** One project. */
export const projectResource: Resource = {
  name: "project",
  title: "Aura project",
  description:
    "A project and what may be created in it: types, sizes (memory/storage) and regions.",
  uri: "aura://projects/{id}",
  mimeType: "application/json",
  async read(call, { id = "" }) {
    const project = await projectById(call, id);
    return project && {
      id: project.id,
      name: project.name,
      configurations: compact(project.instance_configurations ?? []),
    };
  },
  async list(call) {
    return (await visibleProjects(call)).map(({ id, name }) => ({ uri: projectUri(id), name }));
  },
  complete: {
    id: async (call, begun) =>
      (await visibleProjects(call))
        .filter(({ id, name }) => begins(id, begun) || begins(name, begun))
        .map(({ id }) => id),
  },
};

async function projectById(call: ToolCall, id: string): Promise<Project | undefined> {
  if (!/^[0-9a-f][0-9a-f-]{7,}$/i.test(id)) return undefined;
  const only = await scopedId(call);
  if (only !== undefined && only !== id) return undefined;
  try {
    return await (await call.aura()).projects.get(id, { signal: call.signal });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function visibleProjects(call: ToolCall): Promise<readonly ProjectSummary[]> {
  const all = await (await call.aura()).projects.list({ signal: call.signal });
  const only = await scopedId(call);
  return only === undefined ? all : all.filter(({ id }) => id === only);
}

/** The only project that there is here. */
async function scopedId(call: ToolCall): Promise<string | undefined> {
  const { project, instance } = call.scope;
  if (instance !== undefined) return (await call.instance(undefined)).tenant_id;
  if (project === undefined) return undefined;
  const { projectId } = await import("../../src/operate/instances/find-project.ts");
  return await projectId(call, project);
}

/** Hundreds of combinations, told by what they have in common; no combination is told that is not there. */
function compact(all: readonly InstanceConfiguration[]): object[] {
  const families = groupBy(
    all,
    ({ type, version, cloud_provider }) => JSON.stringify({ type, version, cloud_provider }),
  );
  return [...families].flatMap(([family, members]) => {
    const regions = groupBy(members, ({ region }) => region);
    const alike = groupBy([...regions], ([, sizes]) => JSON.stringify(unique(sizes.map(sizeText))));
    return [...alike].map(([sizes, group]) => ({
      ...JSON.parse(family) as object,
      regions: group.map(([region]) => region),
      sizes: JSON.parse(sizes) as string[],
    }));
  });
}

function sizeText({ memory, storage }: InstanceConfiguration): string {
  return storage === undefined ? memory : `${memory}/${storage}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function groupBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
