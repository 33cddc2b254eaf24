/**
 * What the tests of the tools about GraphQL APIs stand on: an emulator whose time flies, and a sink that keeps what is written.
 *
 * @module
 */
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../../../src/emulator/mod.ts";
import type { SecretSink } from "../../../../src/operate/secrets/secret-place.ts";
import type { Connected, ConnectOptions } from "../../connect.ts";
import { connectTo } from "../../connect.ts";

/** All of an instance. */
export const APIS = "/v1beta5/instances/:id/data-apis/graphql";
/** Definitions that are right. */
export const TYPES = "type Movie @node {\n  title: String\n}\n";
/** Two lines more, and one line another. */
export const MORE_TYPES = "type Movie @node {\n  title: String!\n  year: Int\n}\n";

type Row = Readonly<Record<string, unknown>>;

/** Secrets that were written, and places that were opened. */
export interface MemorySink extends SecretSink {
  readonly written: string[];
  readonly opened: string[];
  readonly discarded: string[];
}

/** Keeps them. */
export function memorySink(onOpen: () => void = () => {}): MemorySink {
  const written: string[] = [];
  const opened: string[] = [];
  const discarded: string[] = [];
  return {
    written,
    opened,
    discarded,
    open({ name }) {
      onOpen();
      const path = `memory:${name}-${opened.length + 1}`;
      opened.push(path);
      return Promise.resolve({
        path,
        write: (text) => Promise.resolve(void written.push(text)),
        discard: () => Promise.resolve(void discarded.push(path)),
      });
    },
  };
}

/** One emulator, and clients of servers over it. */
export interface Setup {
  readonly aura: Emulator;
  readonly sink: MemorySink;
  /** The bodies of changing requests, as they were sent, and of each the method and path. */
  readonly sent: { readonly what: string; readonly body: unknown }[];
  connect(options?: ConnectOptions): Promise<Connected>;
  /** Makes one that is ready, and gives its id. */
  ready(name: string, types?: string): Promise<string>;
  /** How it is, with its definitions. */
  get(api: string): Promise<Row>;
  close(): Promise<void>;
}

/** Starts the emulator: an instance "orders", with the login of the settings, and "old", which has another. */
export async function setUp(options: EmulatorOptions = {}): Promise<Setup> {
  const aura = await startEmulator({
    requestsPerMinute: false,
    clock: { scale: 50 },
    dataApiMs: 3_000,
    instances: [
      { id: "a1b2c3d4", name: "orders", type: "professional-db" },
      { id: "b2c3d4e5", name: "old", type: "professional-db" },
    ],
    ...options,
  });
  const sink = memorySink();
  const sent: { what: string; body: unknown }[] = [];
  const open: Connected[] = [];

  async function keepAndFetch(request: Request): Promise<Response> {
    const { method, url } = request;
    const { pathname } = new URL(url);
    if (method !== "GET" && pathname !== "/oauth/token") {
      const text = await request.clone().text();
      sent.push({
        what: `${method} ${pathname}`,
        body: text === "" ? undefined : JSON.parse(text),
      });
    }
    return await fetch(request);
  }

  async function connect(more: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      fetch: keepAndFetch,
      secrets: sink,
      ...more,
    });
    open.push(connected);
    return connected;
  }

  return {
    aura,
    sink,
    sent,
    connect,
    async ready(name, types = TYPES) {
      const { result } = await connect();
      const made = await result("deploy_graphql_api", {
        instance: "orders",
        name,
        type_definitions: types,
      });
      if (made["status"] !== "ready") throw new Error(`It is not ready: ${JSON.stringify(made)}`);
      return String(made["id"]);
    },
    async get(api) {
      const { result } = await connect();
      return await result("get_graphql_api", {
        instance: "orders",
        api,
        include_type_definitions: true,
      });
    },
    async close() {
      await Promise.all(open.map((each) => each.close()));
      await aura.close();
    },
  };
}

const LONG_MS = 600_000;

/** Like `setUp()`, but nothing moves unless it is told to: for what would be over too soon. */
export async function setUpStill(): Promise<Setup & { readonly move: () => Promise<void> }> {
  const setup = await setUp({ clock: "manual", dataApiMs: LONG_MS });
  return { ...setup, move: () => setup.aura.advance(LONG_MS) };
}

/** A person who agrees. */
export const YES: ConnectOptions["answer"] = () => ({ action: "accept", content: {} });
/** A person who does not. */
export const NO: ConnectOptions["answer"] = () => ({ action: "decline" });

/** A person who types this. */
export function typing(name: string): ConnectOptions["answer"] {
  return () => ({ action: "accept", content: { name } });
}
