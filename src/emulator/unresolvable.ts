/**
 * Names that exist only while their instance is awake: what the driver's resolver and a client's fetch use instead of
 * DNS.
 *
 * @module
 */
import { vanishingName } from "./address.ts";
import type { Fleet } from "./fleet.ts";
import type { EmulatedInstance } from "./instance.ts";

/** What neo4j-driver takes as `resolver`. */
export type AddressResolver = (address: string) => Promise<string[]>;

/** As the global one, without what runtimes add to it. */
export type EmulatorFetch = (
  input: Request | URL | string,
  init?: RequestInit,
) => Promise<Response>;

/** Leads the names of awake instances to their ports; other addresses, and those asleep, stay as they are. */
export function createResolver(fleet: Fleet, hostname: string): AddressResolver {
  return function resolveAddress(address) {
    const name = address.replace(/:\d+$/, "");
    const instance = awakeInstance(fleet, name);
    return Promise.resolve([
      instance === undefined ? address : `${hostname}:${instance.doors.boltPort}`,
    ]);
  };
}

/**
 * Leads requests for the names of awake instances to their HTTP ports; asleep, the name fails as any unknown one does.
 */
export function createFetch(fleet: Fleet, hostname: string): EmulatorFetch {
  return function fetchFromInstance(input, init) {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const instance = awakeInstance(fleet, url.hostname);
    if (instance === undefined) return fetch(request);
    url.protocol = "http:";
    url.hostname = hostname;
    url.port = String(instance.doors.httpPort);
    return fetch(new Request(url, request));
  };
}

function awakeInstance(fleet: Fleet, name: string): EmulatedInstance | undefined {
  return fleet.all().find((instance) =>
    instance.doors.isOpen &&
    (name === vanishingName(instance.id) || name === instance.addressParts.host)
  );
}
