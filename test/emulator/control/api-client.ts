import type { Emulator } from "../../../src/emulator/mod.ts";

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A bare client of the control plane. */
export interface ApiClient {
  readonly token: string;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Asks for a token as documented; `init` changes the request. */
export async function askToken(
  emulator: Emulator,
  init: RequestInit = {},
  path: string = "/oauth/token",
): Promise<Answer> {
  const response = await fetch(`${emulator.url}${path}`, {
    method: "POST",
    headers: basicHeaders(emulator),
    body: "grant_type=client_credentials",
    ...init,
  });
  return await read(response);
}

export function basicHeaders(emulator: Emulator): Record<string, string> {
  const env = emulator.env();
  return {
    authorization: `Basic ${btoa(`${env["AURA_CLIENT_ID"]}:${env["AURA_CLIENT_SECRET"]}`)}`,
    "content-type": "application/x-www-form-urlencoded",
  };
}

export async function signIn(emulator: Emulator): Promise<ApiClient> {
  const { body } = await askToken(emulator);
  const token = (body as { access_token: string }).access_token;
  return {
    token,
    async call(method, path, content) {
      const isJson = method === "POST" || method === "PATCH";
      return await read(
        await fetch(`${emulator.url}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(isJson ? { "content-type": "application/json" } : {}),
          },
          ...(isJson
            ? { body: typeof content === "string" ? content : JSON.stringify(content ?? {}) }
            : {}),
        }),
      );
    },
  };
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

/** The status that the API says. */
export async function apiStatus(client: ApiClient, id: string): Promise<unknown> {
  const { status, body } = await client.call("GET", `/v1/instances/${id}`);
  return status === 200 ? (body as { data: { status: string } }).data.status : status;
}
