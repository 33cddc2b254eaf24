import { listenSockets } from "../door.js";
import { serveBolt } from "./connection.js";
/** Makes what listens for Bolt 5.1 to 5.4. */
export function boltListener(options) {
    let connections = 0;
    return (place) => listenSockets((socket) => {
        connections += 1;
        serveBolt(socket, {
            id: `bolt-${connections}`,
            database: options.database,
            limits: options.limits ?? {},
        });
    }, place);
}
