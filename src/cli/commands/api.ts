/**
 * `aura-wake api`
 *
 * @module
 */
import type { Method } from "../../aura/request.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { didYouMean } from "../../operate/text/nearest.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readRequestData } from "../input/request-data.ts";

const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Calls any endpoint of the Aura API, with the token, budget and errors of all other commands. */
export const api: Command = defineCommand({
  args: {
    method: { type: "positional", description: "GET, POST, PUT, PATCH or DELETE" },
    path: { type: "positional", description: "With the version, such as /v1/instances" },
    data: {
      type: "string",
      alias: "d",
      valueHint: "JSON|@file|-",
      description: "The body; - reads what is piped in (default: {} for POST, PUT and PATCH)",
    },
    raw: {
      type: "boolean",
      description: 'Print the body as it is, also where it has no "data" (default: put it in one)',
    },
    ...YES_FLAG,
  },
  async run(context, values) {
    const method = readMethod(values.method);
    const path = readPath(values.path);
    if (method === "GET" && values.data !== undefined) {
      throw new OperateError("USAGE", "Cannot read the arguments: a GET has no --data");
    }
    const body = values.data === undefined
      ? undefined
      : await readRequestData(context, values.data);
    if (destroys(method, path, body)) {
      await confirm(context, { action: `send ${method} ${path}`, name: path, yes: values.yes });
    }
    const aura = await context.aura();
    const answer = await aura.request<unknown>(method, path, {
      body,
      envelope: true,
      action: `call ${method} ${path}`,
      signal: context.signal,
    });
    printBody(context, answer, values.raw);
  },
});

function readMethod(text: string): Method {
  const method = METHODS.find((each) => each === text.toUpperCase());
  if (method !== undefined) return method;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: METHOD must be GET, POST, PUT, PATCH or DELETE, got "${text}"`,
    didYouMean(text, METHODS),
  );
}

function readPath(text: string): string {
  const path = text.startsWith("/") ? text : `/${text}`;
  if (/^\/v\d\w*\/[^#\s]+$/.test(path) && !/(?:^|\/)\.\.?(?:\/|$)/.test(path)) return path;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: PATH must begin with a version of the API, got "${text}"`,
    "write /v1/…, /v1beta5/… or /v2beta1/…, as in aura-wake api GET /v1/instances",
  );
}

/** What the other commands would ask about, too. */
function destroys(method: Method, path: string, body: object | undefined): boolean {
  if (method === "DELETE") return true;
  const { importConfig } = (body ?? {}) as { importConfig?: { importType?: unknown } };
  return method === "POST" &&
    (/\/(?:overwrite|restore)\/?(?:\?|$)/.test(path) || importConfig?.importType === "bulk");
}

/** What the API says, secrets too: nobody else gets to see them. */
function printBody({ io, print }: Context, answer: unknown, raw: boolean): void {
  const isEnveloped = "data" in Object(answer);
  const body = raw || isEnveloped ? answer : { data: answer ?? null };
  if (body === undefined) return;
  const { data } = Object(body) as { data?: unknown };
  if (print.format !== "ndjson") {
    io.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  } else {
    const lines = !raw && Array.isArray(data) ? data : [body];
    io.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}
