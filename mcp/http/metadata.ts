/**
 * Tells clients where to get a token for this server.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9728
 * @module
 */
import { hostOf, isLoopback } from "../../src/hosts.ts";
import type { HttpSettings } from "./settings.ts";

/** Where the metadata of a resource are, before the resource's own path. */
export const METADATA_PATH = "/.well-known/oauth-protected-resource";

type MetadataSettings = Pick<HttpSettings, "oauth" | "path">;

/** The address by which the caller of this request knows the server. */
export function resourceOf(request: Request, { oauth, path }: MetadataSettings): string {
  if (oauth?.resource !== undefined) return oauth.resource;
  const { protocol, host: urlHost } = new URL(request.url);
  const host = request.headers.get("host") ?? urlHost;
  // A proxy in front ends TLS, so the request itself came by plain HTTP; tokens never should.
  const scheme = isLoopback(hostOf(`http://${host}`)) ? protocol : "https:";
  return `${scheme}//${host}${path}`;
}

/** The address of the metadata. */
export function metadataUrlOf(request: Request, settings: MetadataSettings): string {
  const { origin, pathname } = new URL(resourceOf(request, settings));
  return `${origin}${METADATA_PATH}${pathname === "/" ? "" : pathname}`;
}

/** The metadata. They are public: a page in a browser has to read them before it has a token. */
export function metadataResponse(request: Request, settings: MetadataSettings): Response {
  const { oauth } = settings;
  const body = {
    resource: resourceOf(request, settings),
    authorization_servers: oauth && [oauth.issuer],
    scopes_supported: oauth && Object.keys(oauth.scopes),
    bearer_methods_supported: ["header"],
    resource_name: "aura-wake",
  };
  return Response.json(body, {
    headers: { "access-control-allow-origin": "*", "cache-control": "max-age=300" },
  });
}
