/**
 * Who may use the Query API.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { EngineError } from "../engine/engine.ts";

/**
 * Checks an Authorization header: Basic with user name and password, or Bearer with the password as the token.
 *
 * @throws {EngineError} `Neo.ClientError.Security.Unauthorized`
 */
export function checkAuthorization(database: Database, header: string | undefined): void {
  const [scheme = "", value = ""] = (header ?? "").trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case "basic": {
      const [username, password] = credentialsOf(value);
      return database.authenticate(username, password);
    }
    case "bearer":
      return database.authenticateToken(value);
    default:
      throw new EngineError(
        "Neo.ClientError.Security.Unauthorized",
        "No authentication header supplied.",
      );
  }
}

function credentialsOf(base64: string): [username: string, password: string] | [] {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    const at = text.indexOf(":");
    return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
  } catch {
    return [];
  }
}
