/**
 * What ROUTE answers: one server, for everything.
 *
 * @module
 */

const TTL_SECONDS = 10n;

/** Makes the routing table of a database at an address. */
export function routingTable(db: string, address: string): Readonly<Record<string, unknown>> {
  const servers = ["WRITE", "READ", "ROUTE"].map((role) => ({ addresses: [address], role }));
  return { ttl: TTL_SECONDS, db, servers };
}
