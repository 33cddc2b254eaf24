/**
 * The Aura API as the servers under test see it: one address in front of one emulator for each account, which learns every secret that
 * is given out and, when it is told to, answers with all that it was sent.
 *
 * @module
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../../src/emulator/mod.ts";
import { type Canaries, HOSTILE, SECRETS } from "./canaries.ts";

/** Which requests go wrong, and how. */
export interface Trouble {
  readonly where: "sign-in" | "everything" | "changes";
  readonly status: number;
}

/** It. */
export interface Cloud extends AsyncDisposable {
  readonly url: string;
  /** Changing requests that came, as `METHOD /path`. */
  readonly changes: string[];
  /** What goes wrong, by the client id of whoever asks. */
  readonly troubles: Map<string, Trouble>;
}

/** All that goes wrong, in each of its ways. */
export const TROUBLES: readonly Trouble[] = (["sign-in", "everything", "changes"] as const)
  .flatMap((where) => [400, 401, 403, 404, 409, 429, 500].map((status) => ({ where, status })));

/** A request that is answered here or passed on. */
interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Starts it over accounts by their client id; the first one is for whoever is unknown. */
export async function startCloud(
  canaries: Canaries,
  accounts: ReadonlyMap<string, Emulator>,
): Promise<Cloud> {
  const [first = ""] = accounts.keys();
  const byToken = new Map<string, string>();
  const changes: string[] = [];
  const troubles = new Map<string, Trouble>();

  async function answer(received: Received): Promise<Response> {
    const { method, path, authorization } = received;
    const isSignIn = path === "/oauth/token";
    const isChange = method !== "GET" && !isSignIn;
    if (isChange) changes.push(`${method} ${path}`);
    const clientId = isSignIn
      ? clientOf(authorization)
      : byToken.get(authorization.replace(/^Bearer /, "")) ?? first;
    const trouble = troubles.get(clientId);
    if (trouble !== undefined && fits(trouble, isSignIn, isChange)) {
      return echo(trouble.status, received);
    }
    const account = accounts.get(clientId) ?? accounts.get(first);
    if (account === undefined) throw new TypeError("Cannot answer without an account");
    const response = await passOn(account, received);
    const text = await response.text();
    const json = parsed(text);
    learn(canaries, json);
    const { access_token: token } = Object(json) as { access_token?: string };
    if (token !== undefined) byToken.set(token, clientId);
    const { data } = Object(json) as { data?: unknown };
    if (isSignIn || data === undefined) return new Response(text || null, response);
    return Response.json({ ...json as object, data: withSurplus(data) }, {
      status: response.status,
    });
  }

  const server = createServer((incoming, outgoing) => {
    void received(incoming).then(answer).then(async (response) => {
      const text = await response.text();
      outgoing.writeHead(response.status, {
        "content-type": response.headers.get("content-type") ?? "text/plain",
        ...(response.headers.has("x-request-id") && {
          "x-request-id": response.headers.get("x-request-id") ?? "",
        }),
        connection: "close",
      });
      outgoing.end(text);
    }).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changes,
    troubles,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fits({ where }: Trouble, isSignIn: boolean, isChange: boolean): boolean {
  if (where === "sign-in") return isSignIn;
  return where === "changes" ? isChange : !isSignIn;
}

async function received(incoming: IncomingMessage): Promise<Received> {
  let body = "";
  for await (const chunk of incoming.setEncoding("utf8")) body += String(chunk);
  const { method = "", url = "", headers } = incoming;
  return {
    method,
    path: url,
    authorization: headers.authorization ?? "",
    contentType: headers["content-type"],
    body,
  };
}

async function passOn(
  account: Emulator,
  { method, path, authorization, contentType, body }: Received,
): Promise<Response> {
  return await fetch(account.url + path, {
    method,
    headers: { authorization, ...(contentType !== undefined && { "content-type": contentType }) },
    ...(body !== "" && { body }),
  });
}

/** A proxy that is proud of what it has read: the shapes in which Aura tells errors, each with everything in it. */
function echo(status: number, { authorization, body }: Received): Response {
  const [, credential = ""] = authorization.split(" ");
  const plain = credential.startsWith("eyJ") ? "" : new TextDecoder().decode(
    Uint8Array.from(atob(credential), (char) => char.charCodeAt(0)),
  );
  const told = [authorization, body, JSON.stringify({ body }), plain, HOSTILE];
  const headers = { "x-request-id": credential };
  const [message = ""] = told;
  switch (status) {
    case 400:
    case 500:
      return Response.json(
        { errors: told.map((each) => ({ message: each, reason: each, field: each })) },
        { status, headers },
      );
    case 401:
      return Response.json({ error: message, error_description: told.join(" ") }, {
        status,
        headers,
      });
    case 403:
      return Response.json({ errors: { allow_list: { 0: told } } }, { status, headers });
    case 404:
      return Response.json({ message: told.join(" "), reason: message }, { status, headers });
    case 409:
      return new Response(told.join(" "), { status, headers });
    default:
      return new Response(`<html><body>${told.join(" ")}</body></html>`, {
        status,
        headers: { ...headers, "content-type": "text/html" },
      });
  }
}

function clientOf(authorization: string): string {
  try {
    return atob(authorization.replace(/^Basic /, "")).split(":")[0] ?? "";
  } catch {
    return "";
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whatever is made up and given out in an answer. */
function learn(canaries: Canaries, value: unknown): void {
  for (const [name, inner] of Object.entries(Object(value) as object)) {
    if (typeof inner === "object") learn(canaries, inner);
    else if (/^(?:access_token|password|key)$/.test(name) && typeof inner === "string") {
      canaries.learn(`${name} that was given out`, inner);
    }
  }
}

/** One day the API may say more than it does. */
function withSurplus(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSurplus);
  if (typeof value !== "object" || value === null) return value;
  const surplus = SECRETS["field that the API should not have sent"];
  const more = { password: surplus, client_secret: surplus, access_token: surplus, aws: surplus };
  const own = Object.entries(value).map(([name, inner]) => [name, withSurplus(inner)]);
  return { ...more, ...Object.fromEntries(own) as object };
}
