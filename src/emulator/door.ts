/**
 * A door is a port that stays the same while what stands behind it changes: a server, or one of the ways to be paused.
 *
 * @module
 */
import { createServer, type Server, type Socket } from "node:net";
import type { PauseMode } from "./data-plane.ts";

const RETRY_MS = 20;
const RETRIES = 100;
// Below the range that systems take outgoing ports from: while a door is shut, nobody's connection may sit on its number,
// and a client on the same machine may not connect to itself.
const FIRST_PORT = 12_000;
const LAST_PORT = 32_000;

/** A server that a door can let people in to. */
export interface DoorServer {
  readonly server: Server;
  /** Ends every connection at once. */
  destroyConnections(): void;
}

/** What a `Door` stands on. */
export interface DoorOptions {
  readonly hostname: string;
  /** 0 picks one. */
  readonly port: number;
  /** Makes what answers while the door is open, and in the mode `unavailable`. */
  readonly createServer: () => DoorServer;
}

/** A port that can be opened and shut. */
export class Door {
  readonly port: number;
  readonly #options: DoorOptions;
  #current: DoorServer | undefined;

  private constructor(options: DoorOptions, port: number) {
    this.#options = options;
    this.port = port;
  }

  /**
   * Finds a port; the door is shut at first.
   *
   * @throws Error when the port is taken
   */
  static async reserve(options: DoorOptions): Promise<Door> {
    if (options.port !== 0) {
      await tryPort(options.port, options.hostname);
      return new Door(options, options.port);
    }
    for (let attempt = 0;; attempt++) {
      const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
      try {
        await tryPort(port, options.hostname);
        return new Door(options, port);
      } catch (error) {
        if (attempt >= RETRIES) throw error;
      }
    }
  }

  /** Lets people in. */
  async open(): Promise<void> {
    await this.#replace(this.#options.createServer());
  }

  /** Ends all connections and treats new ones as the mode says. */
  async shut(mode: PauseMode): Promise<void> {
    switch (mode) {
      case "refuse":
      case "unresolvable":
        return await this.#replace(undefined);
      case "reset":
        return await this.#replace(socketServer(resetSocket));
      case "silent":
        return await this.#replace(socketServer((socket) => socket.resume()));
      case "unavailable":
        return await this.open();
    }
  }

  async #replace(next: DoorServer | undefined): Promise<void> {
    const last = this.#current;
    this.#current = undefined;
    if (last !== undefined) await closeServer(last);
    if (next === undefined) return;
    await listenAgain(next.server, this.port, this.#options.hostname);
    this.#current = next;
  }
}

/** A server that hands over sockets and knows those that are open. */
export function socketServer(onSocket: (socket: Socket) => void): DoorServer {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  return {
    server,
    destroyConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function resetSocket(socket: Socket): void {
  if (typeof socket.resetAndDestroy === "function") socket.resetAndDestroy();
  else socket.destroy();
}

async function tryPort(port: number, hostname: string): Promise<void> {
  const probe = socketServer((socket) => socket.destroy());
  await listen(probe.server, port, hostname);
  await closeServer(probe);
}

async function listenAgain(server: Server, port: number, hostname: string): Promise<void> {
  for (let attempt = 0;; attempt++) {
    try {
      return await listen(server, port, hostname);
    } catch (error) {
      // The system may need a moment to give the port back.
      if (attempt >= RETRIES || errorCode(error) !== "EADDRINUSE") throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function listen(server: Server, port: number, hostname: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onError = (cause: Error) => {
      reject(
        Object.assign(
          new Error(`Cannot listen on ${hostname}:${port}: ${cause.message}`, { cause }),
          {
            code: errorCode(cause),
          },
        ),
      );
    };
    server.once("error", onError);
    server.listen(port, hostname, () => {
      server.off("error", onError);
      // A fault of one accept must not take the process down.
      server.on("error", () => {});
      resolve();
    });
  });
}

async function closeServer({ server, destroyConnections }: DoorServer): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    destroyConnections();
  });
}

function errorCode(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null
    ? (error as Record<string, unknown>)["code"]
    : undefined;
  return typeof code === "string" ? code : undefined;
}
