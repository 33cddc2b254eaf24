/**
 * The API's error answers, word for word where they were ever recorded.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */

/** One entry of `errors`. */
export interface ApiErrorEntry {
  readonly message: string;
  readonly reason?: string;
  readonly field?: string;
}

/** An answer in the API's own shape, `{"errors": […]}`. */
export function apiError(status: number, ...errors: readonly ApiErrorEntry[]): Response {
  return Response.json({ errors }, { status });
}

/** An answer of the gateway in front of the API, `{"error": "…"}`. */
export function gatewayError(status: number, error: string, headers: HeadersInit = {}): Response {
  return Response.json({ error }, { status, headers });
}

export function unknownToken(): Response {
  return apiError(401, { message: "Invalid or expired token", reason: "unauthorized" });
}

export function expiredToken(): Response {
  return apiError(403, { message: "Insufficient permissions", reason: "unauthorized" });
}

export function unknownInstance(id: string): Response {
  return apiError(404, { message: `DB not found: ${id}`, reason: "db-not-found" });
}

export function unknownTenant(): Response {
  return apiError(404, {
    message: "The tenant you specified could not be found",
    reason: "tenant-not-found",
  });
}

export function ongoingOperation(status: string, code: number = 409): Response {
  return apiError(code, {
    message: `The database is current undergoing an operation: ${status}`,
    reason: "ongoing-database-operation",
  });
}

export function missingBilling(): Response {
  return apiError(400, {
    message: "You must provide billing details in the Aura Console before creating an instance",
    reason: "missing-billing-details",
  });
}

export function quotaExceeded(code: number): Response {
  return apiError(code, {
    message: "User is not permitted to create any more instances of this type.",
    reason: "quota-exceeded",
  });
}

/** The API's own wording is not known. */
export function notSupported(code: number, what: string): Response {
  return apiError(code, { message: what, reason: "operation-not-supported" });
}

export function unknownSnapshot(id: string): Response {
  return apiError(404, { message: `Snapshot not found: ${id}`, reason: "snapshot-not-found" });
}

/** Aura gives no reason here. */
export function tooSmall(sourceId: string, targetId: string): Response {
  return apiError(500, {
    message: `Cannot clone database ${sourceId} into smaller database ${targetId}.`,
  });
}

/** The local Aura's own: its directory cannot be written. */
export function notKept(error: unknown): Response {
  const reason = error instanceof Error ? error.message : String(error);
  return apiError(500, {
    message: `The local Aura cannot write its directory: ${reason}`,
    reason: "not-kept",
  });
}

/** The local Aura's own: an engine failed, say. */
export function brokenOperation(error: unknown): Response {
  const message = error instanceof Error ? error.message : String(error);
  return apiError(500, { message, reason: "internal-error" });
}

export function unknownPath(): Response {
  return apiError(404, { message: "Not found", reason: "not-found" });
}

export function wrongMethod(allowed: readonly string[]): Response {
  const response = apiError(405, { message: "Method not allowed", reason: "method-not-allowed" });
  response.headers.set("allow", allowed.join(", "));
  return response;
}

export function notJson(): Response {
  return gatewayError(415, "Unsupported Media Type");
}

export function rateLimited(retryAfterSeconds: number): Response {
  return gatewayError(429, "Rate limit exceeded", { "retry-after": String(retryAfterSeconds) });
}
