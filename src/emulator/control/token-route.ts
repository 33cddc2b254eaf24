/**
 * `POST /oauth/token`: the client-credentials grant.
 *
 * @see https://neo4j.com/docs/aura/platform/api/authentication/
 * @module
 */
import { apiError, wrongMethod } from "./error-bodies.ts";
import type { Tokens } from "./tokens.ts";

const BASIC_PATTERN = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;

/** Answers the token endpoint. */
export async function answerToken(request: Request, tokens: Tokens): Promise<Response> {
  if (request.method !== "POST") return wrongMethod(["POST"]);
  const [clientId, clientSecret] = readBasic(request.headers.get("authorization"));
  if (clientId === undefined || tokens.findClient(clientId, clientSecret) === undefined) {
    return apiError(401, { message: "invalid client credentials", reason: "invalid_client" });
  }
  const body = await request.text();
  if (body === "") {
    return apiError(404, { message: "The request body is missing", reason: "invalid_request" });
  }
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) {
    return apiError(400, {
      message: "The request must be application/x-www-form-urlencoded",
      reason: "invalid_request",
    });
  }
  if (new URLSearchParams(body).get("grant_type") !== "client_credentials") {
    return apiError(403, {
      message: "grant_type must be client_credentials",
      reason: "unsupported_grant_type",
    });
  }
  return Response.json({
    access_token: tokens.issue(clientId),
    expires_in: tokens.lifetimeSeconds,
    token_type: "bearer",
  }, { headers: { "cache-control": "no-store" } });
}

/** The name in a Basic header, whether or not the secret fits. */
export function readBasic(header: string | null): readonly [string | undefined, string] {
  const encoded = BASIC_PATTERN.exec(header ?? "")?.[1];
  if (encoded === undefined) return [undefined, ""];
  let text: string;
  try {
    text = new TextDecoder().decode(
      Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)),
    );
  } catch {
    return [undefined, ""];
  }
  const colon = text.indexOf(":");
  return colon < 0 ? [undefined, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}
