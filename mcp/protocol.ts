/**
 * The server's end of the protocol: messages and their answers by the SDK's `Protocol`, the handshake here. The SDK's `Server` does more, but
 * loads a validator of JSON Schemas for the answers to forms, which takes longer than to load all the rest.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle
 * @module
 */
// @ts-types="@modelcontextprotocol/sdk/shared/protocol"
import { Protocol, type RequestOptions } from "@modelcontextprotocol/sdk/shared/protocol.js";
// @ts-types="@modelcontextprotocol/sdk/types"
import {
  type ClientCapabilities,
  type ElicitRequestFormParams,
  type ElicitResult,
  ElicitResultSchema,
  type Implementation,
  InitializeRequestSchema,
  LATEST_PROTOCOL_VERSION,
  type ServerCapabilities,
  type ServerNotification,
  type ServerRequest,
  type ServerResult,
  SetLevelRequestSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
} from "@modelcontextprotocol/sdk/types.js";

/** What a client hears of the server before anything else. */
export interface Greeting {
  readonly serverInfo: Implementation;
  readonly capabilities: ServerCapabilities;
  readonly instructions: string;
}

/** One connection. */
export class ServerProtocol extends Protocol<ServerRequest, ServerNotification, ServerResult> {
  #client: ClientCapabilities | undefined;

  constructor(greeting: Greeting) {
    super();
    this.setRequestHandler(InitializeRequestSchema, ({ params }) => {
      this.#client = params.capabilities;
      const isKnown = SUPPORTED_PROTOCOL_VERSIONS.includes(params.protocolVersion);
      const protocolVersion = isKnown ? params.protocolVersion : LATEST_PROTOCOL_VERSION;
      return { protocolVersion, ...greeting };
    });
    // Nothing is logged to clients yet; whatever level they want, they have it.
    this.setRequestHandler(SetLevelRequestSchema, () => ({}));
  }

  /** Undefined as long as the client has not said what it can do: without a session it never does. */
  getClientCapabilities(): ClientCapabilities | undefined {
    return this.#client;
  }

  /** Asks the person by a form. Whoever asks looks at what comes. */
  elicitInput(params: ElicitRequestFormParams, options: RequestOptions): Promise<ElicitResult> {
    return this.request({ method: "elicitation/create", params }, ElicitResultSchema, options);
  }

  sendResourceUpdated(params: { readonly uri: string }): Promise<void> {
    return this.notification({ method: "notifications/resources/updated", params });
  }

  // The adapter serves what the greeting says, and asks only a client that can be asked.
  protected override assertCapabilityForMethod(): void {}
  protected override assertNotificationCapability(): void {}
  protected override assertRequestHandlerCapability(): void {}
  // A receiver without tasks handles a request as if none were asked for.
  protected override assertTaskCapability(): void {}
  protected override assertTaskHandlerCapability(): void {}
}
