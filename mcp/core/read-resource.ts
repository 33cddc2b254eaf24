/**
 * Lists and reads resources.
 *
 * @module
 */
import { cleanDeep, cleanText } from "../output/clean-text.ts";
import type { ListedResource, Resource, Variables } from "../resource.ts";
import type { Wire } from "../wire.ts";
import type { ServerCore } from "./server-core.ts";

/** What stands in `contents`. */
export interface ResourceText {
  readonly mimeType: string;
  readonly text: string;
}

/** A resource with what its address says. */
export interface FoundResource {
  readonly resource: Resource;
  readonly variables: Variables;
}

/** Finds the resource that an address means. */
export function findResource(
  resources: readonly Resource[],
  uri: string,
): FoundResource | undefined {
  for (const resource of resources) {
    const variables = matchUri(resource.uri, uri);
    if (variables !== undefined) return { resource, variables };
  }
  return undefined;
}

/** What a list says of a resource. */
export interface ResourceRow extends ListedResource {
  readonly title?: string;
  readonly description?: string;
  readonly mimeType: string;
}

/** The families, each with its address as a template. */
export async function listTemplates(core: ServerCore): Promise<ResourceRow[]> {
  return (await core.resources()).filter(isFamily).map(rowOf);
}

/** Those that stand alone, and those of all families. A family that cannot be listed now costs none of the others. */
export async function listResources(core: ServerCore, wire: Wire): Promise<ResourceRow[]> {
  const resources = await core.resources();
  const { call, mask, close } = await core.open(wire);
  const told = (name: string): string => mask.text(cleanText(name));
  try {
    const families = await Promise.all(resources.map(async ({ list, mimeType }) => {
      try {
        const listed = await list?.(call) ?? [];
        return listed.map(({ uri, name }) => ({ uri, name: told(name), mimeType }));
      } catch {
        wire.signal.throwIfAborted();
        return [];
      }
    }));
    const alone = resources.filter((resource) => !isFamily(resource)).map(rowOf);
    return [...alone, ...families.flat()];
  } finally {
    await close();
  }
}

function isFamily({ uri }: Resource): boolean {
  return uri.includes("{");
}

function rowOf({ name, title, description, mimeType, uri }: Resource): ResourceRow {
  return { name, title, description, mimeType, uri };
}

/** Reads one; undefined when there is none. @throws {Error} in words that may be shown */
export async function readResource(
  core: ServerCore,
  uri: string,
  wire: Wire,
): Promise<ResourceText | undefined> {
  const found = findResource(await core.resources(), uri);
  if (found === undefined) return undefined;
  const { resource, variables } = found;
  const { call, mask, close } = await core.open(wire);
  try {
    const read = await resource.read(call, variables, core.offer);
    if (read === undefined) return undefined;
    const clean = mask.deep(cleanDeep(read));
    return {
      mimeType: resource.mimeType,
      text: typeof clean === "string" ? clean : JSON.stringify(clean),
    };
  } catch (error) {
    const { errorText } = await import("../output/error-text.ts");
    throw new Error(errorText({ error, directions: core.directions, mask }), { cause: undefined });
  } finally {
    await close();
  }
}

/** Reads the variables of a template out of an address; each is one part of the path. */
function matchUri(template: string, uri: string): Variables | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "([^/?#]+)");
  const match = new RegExp(`^${pattern}$`).exec(uri);
  if (match === null) return undefined;
  try {
    return Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]),
    );
  } catch {
    // A percent sign that means nothing.
    return undefined;
  }
}
