/**
 * What ROUTE answers: one server, for everything.
 *
 * @module
 */
/** Makes the routing table of a database at an address. */
export declare function routingTable(db: string, address: string): Readonly<Record<string, unknown>>;
