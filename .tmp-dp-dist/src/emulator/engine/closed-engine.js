/** Makes the engine behind a database that always says that it is unavailable. */
export function closedEngine() {
    return {
        name: "closed",
        begin: () => Promise.reject(new Error("Cannot begin a transaction: there is no engine here")),
        close: () => Promise.resolve(),
    };
}
