/**
 * Answers a POST without a session: a server and a transport for it alone.
 *
 * @module
 */
// @ts-types="@modelcontextprotocol/sdk/server/webStandardStreamableHttp"
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { Caller } from "../caller.ts";
import { Exchanges } from "./exchanges.ts";
import type { Messages } from "./read-messages.ts";
import { KEEP_ALIVE_MS, sdkRequest } from "./sdk-request.ts";
import type { HttpSettings } from "./settings.ts";
import { watchStream } from "./watch-stream.ts";

/** What is open, to be closed when the server stops. */
export type OpenRequests = Set<() => Promise<void>>;

/** Answers. When the client leaves, its calls are aborted at once: without a session it cannot come back. */
export async function answerStateless(
  request: Request,
  messages: Messages,
  caller: Caller,
  settings: HttpSettings,
  open: OpenRequests,
): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ keepAliveMs: KEEP_ALIVE_MS });
  const exchanges = new Exchanges(transport, settings);
  const server = await settings.serve(caller, transport as unknown as Transport);
  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    open.delete(close);
    closing ??= exchanges.endAll().then(() => server.close()).catch((error: unknown) => {
      settings.log(`Cannot close a server in order: ${(error as Error).name}`);
    });
    return closing;
  }
  open.add(close);
  if (messages.requestIds.length > 0) exchanges.begin(messages.requestIds);
  try {
    const response = await transport.handleRequest(sdkRequest(request), {
      parsedBody: messages.parsed,
    });
    if (response.status !== 200 || response.body === null) {
      await close();
      return response;
    }
    const { body } = watchStream(response.body, () => void close());
    return new Response(body, response);
  } catch (error) {
    await close();
    throw error;
  }
}
