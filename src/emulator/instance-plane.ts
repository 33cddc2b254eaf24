/**
 * Opens the data plane that a seed asks for: an engine of our own, or a gate before a real Neo4j.
 *
 * @module
 */

import type { DataPlane } from "./data-plane.ts";
import { listenHttp } from "./http-server.ts";
import type { InstanceLogin } from "./instance.ts";
import type { InstanceSeed } from "./options.ts";

/** What a data plane is opened for. */
export interface InstancePlaneOptions {
  readonly seed: InstanceSeed;
  readonly login: InstanceLogin;
  readonly hostname: string;
  readonly onActivity: (access: "read" | "write") => void;
}

/** STUB until the data plane exists. */
export async function openInstancePlane(options: InstancePlaneOptions): Promise<DataPlane> {
  const probe = () =>
    listenHttp(() => new Response("stub"), { hostname: options.hostname, port: 0 });
  const [bolt, http] = await Promise.all([probe(), probe()]);
  const ports = { bolt: bolt.port, http: http.port };
  let open = [bolt, http];
  async function close() {
    await Promise.all(open.map((server) => server.close()));
    open = [];
  }
  await close();
  return {
    boltPort: ports.bolt,
    httpPort: ports.http,
    async open() {
      open = await Promise.all(
        [ports.bolt, ports.http].map((port) =>
          listenHttp(() => new Response("stub"), { hostname: options.hostname, port })
        ),
      );
    },
    shut: close,
    close,
  };
}
