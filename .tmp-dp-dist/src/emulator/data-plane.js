import { boltListener } from "./bolt/server.js";
import { Database } from "./database.js";
import { Door } from "./door.js";
import { listenHttp } from "./http-server.js";
import { createQueryApi } from "./query-api/app.js";
/**
 * Makes the data plane of one instance. Its ports are chosen, and nobody answers before `open()`.
 *
 * @throws Error when a port is taken
 */
export async function openDataPlane(options) {
    const { hostname } = options;
    const database = new Database(options);
    const queryApi = createQueryApi(database);
    const bolt = await Door.reserve({
        hostname,
        port: options.boltPort,
        listen: boltListener({ database, limits: options.limits }),
    });
    const http = await Door.reserve({
        hostname,
        port: options.httpPort,
        listen: (place) => listenHttp(queryApi.fetch, place),
    });
    async function shut(mode) {
        database.available = mode !== "unavailable";
        await Promise.all([bolt.shut(mode), http.shut(mode)]);
        await queryApi.end();
    }
    return {
        boltPort: bolt.port,
        httpPort: http.port,
        open: async () => {
            database.available = true;
            await Promise.all([bolt.open(), http.open()]);
        },
        shut,
        close: () => shut("refuse"),
    };
}
