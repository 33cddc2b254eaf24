/**
 * What tests of resources do again and again.
 *
 * @module
 */
import type { Connected } from "../connect.ts";

/** Reads a resource that is JSON. */
export async function readJson(
  { client }: Connected,
  uri: string,
): Promise<Record<string, unknown>> {
  return JSON.parse(await readText({ client }, uri)) as Record<string, unknown>;
}

/** Reads its text. */
export async function readText(
  { client }: Pick<Connected, "client">,
  uri: string,
): Promise<string> {
  const { contents: [content] } = await client.readResource({ uri });
  if (content === undefined || !("text" in content)) throw new Error(`${uri} has no text`);
  return content.text;
}

/** Completes a variable of a resource's address. */
export async function complete(
  { client }: Connected,
  ref: { readonly uri: string } | { readonly prompt: string },
  argument: { readonly name: string; readonly value: string },
  others: Record<string, string> = {},
): Promise<string[]> {
  const { completion } = await client.complete({
    ref: "uri" in ref
      ? { type: "ref/resource", uri: ref.uri }
      : { type: "ref/prompt", name: ref.prompt },
    argument,
    context: { arguments: others },
  });
  return completion.values;
}
