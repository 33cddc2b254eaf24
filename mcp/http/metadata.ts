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

type MetadataSettings = Pick<HttpSettings, "oauth" | "path" | "metricsPath">;

/** The address by which the caller of this request knows the server. */
export function resourceOf(request: Request, settings: MetadataSettings): string {
  const { oauth, path } = settings;
  if (oauth?.resource !== undefined) return oauth.resource;
  const { protocol, host: urlHost } = new URL(request.url);
  const host = request.headers.get("host") ?? urlHost;
  // A proxy in front ends TLS, so the request itself came by plain HTTP; tokens never should.
  const scheme = isLoopback(hostOf(`http://${host}`)) ? protocol : "https:";
  return `${scheme}//${host}${baseOf(request, settings)}${path}`;
}

/** What stands before the paths of ours where the app is below another path, and does not know it. */
function baseOf({ url }: Request, { path, metricsPath }: MetadataSettings): string {
  const pathname = new URL(url).pathname.replace(/\/$/, "");
  const at = pathname.indexOf(METADATA_PATH);
  if (at >= 0) return pathname.slice(0, at);
  const own = [path, metricsPath].find((each) => each !== false && pathname.endsWith(each)) || "";
  return own === "" ? "" : pathname.slice(0, -own.length);
}

/** The address of the metadata. */
export function metadataUrlOf(request: Request, settings: MetadataSettings): string {
  const { origin, pathname } = new URL(resourceOf(request, settings));
  const base = baseOf(request, settings);
  // By the standard it is before the whole path, where only the app above could answer.
  if (base !== "") return `${origin}${base}${METADATA_PATH}${settings.path}`;
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
