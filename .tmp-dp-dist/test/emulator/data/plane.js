/**
 * A data plane for a test, with its engine, and drivers that are closed with it.
 *
 * @module
 */
import neo4j, {} from "neo4j-driver";
import { openDataPlane, } from "../../../src/emulator/data-plane.js";
import { grafeoEngine } from "../../../src/emulator/engine/grafeo/grafeo-engine.js";
export const PASSWORD = "correct horse";
/** Opens a plane, runs the work, and closes everything whatever comes of it. */
export async function withPlane(work, options = {}) {
    const engine = options.engine ?? grafeoEngine();
    const drivers = [];
    const plane = await openDataPlane({
        hostname: "127.0.0.1",
        boltPort: 0,
        httpPort: 0,
        username: "neo4j",
        password: PASSWORD,
        databases: ["neo4j"],
        advertised: () => `127.0.0.1:${plane.boltPort}`,
        ...options,
        engine,
    });
    await plane.open();
    try {
        await work({
            plane,
            engine,
            bolt: `127.0.0.1:${plane.boltPort}`,
            http: `http://127.0.0.1:${plane.httpPort}`,
            driver: (scheme = "bolt", config = {}, password = PASSWORD) => {
                const driver = neo4j.driver(`${scheme}://127.0.0.1:${plane.boltPort}`, neo4j.auth.basic("neo4j", password), Object.assign({ maxTransactionRetryTime: 500, connectionAcquisitionTimeout: 10_000 }, config));
                drivers.push(driver);
                return driver;
            },
        });
    }
    finally {
        await Promise.all(drivers.map((driver) => driver.close()));
        await plane.close();
        await engine.close();
    }
}
/** Numbers that look random and are the same in each run. */
export function seeded(seed) {
    let state = seed >>> 0;
    return () => {
        state = Math.imul(state ^ state >>> 15, state | 1);
        state ^= state + Math.imul(state ^ state >>> 7, state | 61);
        state = (state + 0x6d2b79f5) >>> 0;
        return (state >>> 8) / 0x1000000;
    };
}
/** Runs the work in a session and closes it. */
export async function inSession(driver, work, config = {}) {
    const session = driver.session(config);
    try {
        return await work(session);
    }
    finally {
        await session.close();
    }
}
/** The code of what a promise rejects with, or what it resolved to. */
export async function codeOf(promise) {
    try {
        return { resolved: await promise };
    }
    catch (error) {
        return error.code;
    }
}
