/**
 * Lists and reads resources.
 *
 * @module
 */
import { cleanDeep } from "../output/clean-text.ts";
import { errorText } from "../output/error-text.ts";
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

/** Those of all families. A family that cannot be listed now costs none of the others. */
export async function listResources(
  core: ServerCore,
  wire: Wire,
): Promise<(ListedResource & { readonly mimeType: string })[]> {
  const { call, close } = core.open(wire);
  try {
    const families = await Promise.all(core.resources.map(async ({ list, mimeType }) => {
      try {
        const listed = await list?.(call) ?? [];
        return listed.map(({ uri, name }) => ({ uri, name: String(cleanDeep(name)), mimeType }));
      } catch {
        wire.signal.throwIfAborted();
        return [];
      }
    }));
    return families.flat();
  } finally {
    await close();
  }
}

/** Reads one; undefined when there is none. @throws {Error} in words that may be shown */
export async function readResource(
  core: ServerCore,
  uri: string,
  wire: Wire,
): Promise<ResourceText | undefined> {
  const found = findResource(core.resources, uri);
  if (found === undefined) return undefined;
  const { resource, variables } = found;
  const { call, mask, close } = core.open(wire);
  try {
    const read = await resource.read(call, variables, core.offer);
    if (read === undefined) return undefined;
    const clean = mask.deep(cleanDeep(read));
    return {
      mimeType: resource.mimeType,
      text: typeof clean === "string" ? clean : JSON.stringify(clean),
    };
  } catch (error) {
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
