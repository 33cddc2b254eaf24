/**
 * The bearer token of a request, and a comparison that takes as long for a wrong one as for the right one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750
 * @module
 */

/** The token in `Authorization`, or undefined when there is none. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** Whether two secrets are the same. What is compared are their hashes, so that neither the place of a difference nor the length shows. */
export async function isSameSecret(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(one), sha256(other)]);
  let difference = 0;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
}

/** SHA-256 of a text. */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** A challenge for `WWW-Authenticate`. */
export function challenge(parameters: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(parameters)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}="${value.replace(/["\\]/g, "")}"`]
    );
  return parts.length === 0 ? "Bearer" : `Bearer ${parts.join(", ")}`;
}
