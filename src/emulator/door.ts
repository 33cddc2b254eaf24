/**
 * A door is a port that stays the same while what stands behind it changes: a server, or one of the ways to be paused.
 *
 * @module
 */
import { createServer, type Socket } from "node:net";
import type { PauseMode } from "./pause-mode.ts";

const RETRY_MS = 20;
const RETRIES = 100;
// Below the range that systems take outgoing ports from: while a door is shut, nobody's connection may sit on its
// number, and a client on the same machine may not connect to itself.
const FIRST_PORT = 12_000;
const LAST_PORT = 32_000;

/** Numbers given out by this process: a door that is shut holds its number without listening, so nothing else tells. */
const givenOut: Set<number> = new Set();

/** Something that answers on a port, until it is closed with all its connections. */
export interface Listener {
  close(): Promise<void>;
}

/** Begins to answer on a port; rejects when the port cannot be had. */
export type Listen = (place: { hostname: string; port: number }) => Promise<Listener>;

/** What a `Door` stands on. */
export interface DoorOptions {
  readonly hostname: string;
  /** 0 picks one. */
  readonly port: number;
  /** What answers while the door is open, and in the mode `unavailable`. */
  readonly listen: Listen;
}

/** A port that can be opened and shut. */
export class Door {
  readonly port: number;
  readonly #options: DoorOptions;
  #current: Listener | undefined;
  #listen: Listen | undefined;

  private constructor(options: DoorOptions, port: number) {
    this.#options = options;
    this.port = port;
  }

  /**
   * Finds a port; the door is shut at first.
   *
   * @throws {Error} when the port is taken
   */
  static async reserve(options: DoorOptions): Promise<Door> {
    if (options.port !== 0) {
      await tryPort(options.port, options.hostname);
      return new Door(options, options.port);
    }
    for (let attempt = 0;; attempt++) {
      const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
      if (givenOut.has(port) && attempt < RETRIES) continue;
      givenOut.add(port);
      try {
        await tryPort(port, options.hostname);
        return new Door(options, port);
      } catch (error) {
        if (attempt >= RETRIES) throw error;
      }
    }
  }

  /** Lets people in. Who is in already, as in the mode `unavailable`, may stay. */
  async open(): Promise<void> {
    if (this.#listen !== this.#options.listen) await this.#replace(this.#options.listen);
  }

  /**
   * Ends all connections and treats new ones as the mode says; `unavailable` is who answers in the mode of that name.
   */
  async shut(mode: PauseMode, unavailable: Listen = this.#options.listen): Promise<void> {
    switch (mode) {
      case "refuse":
      case "unresolvable":
        return await this.#replace(undefined);
      case "reset":
        return await this.#replace((place) => listenSockets(resetSocket, place));
      case "silent":
        return await this.#replace((place) =>
          listenSockets((socket) => void socket.resume(), place)
        );
      case "unavailable":
        return await this.#replace(unavailable);
    }
  }

  async #replace(listen: Listen | undefined): Promise<void> {
    const last = this.#current;
    this.#current = undefined;
    this.#listen = undefined;
    await last?.close();
    if (listen === undefined) return;
    const { hostname } = this.#options;
    this.#current = await insist(() => listen({ hostname, port: this.port }));
    this.#listen = listen;
  }
}

/** Listens for sockets and keeps those that are open, to end them all on close. */
export async function listenSockets(
  onSocket: (socket: Socket) => void,
  place: Parameters<Listen>[0],
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(place.port, place.hostname, () => {
      server.off("error", reject);
      // A fault of one accept must not take the process down.
      server.on("error", () => {});
      resolve();
    });
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function resetSocket(socket: Socket): void {
  if (typeof socket.resetAndDestroy === "function") socket.resetAndDestroy();
  else socket.destroy();
}

async function tryPort(port: number, hostname: string): Promise<void> {
  try {
    const probe = await listenSockets((socket) => void socket.destroy(), { hostname, port });
    await probe.close();
  } catch (cause) {
    throw new Error(`Cannot listen on ${hostname}:${port}: ${textOf(cause)}`, { cause });
  }
}

/** The system may need a moment to give a port back. */
async function insist(listen: () => Promise<Listener>): Promise<Listener> {
  for (let attempt = 0;; attempt++) {
    try {
      return await listen();
    } catch (error) {
      if (attempt >= RETRIES || !/EADDRINUSE|in use/i.test(textOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
