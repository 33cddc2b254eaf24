/** Ends a transaction when its time is up, and remembers that it did. */
export declare class TransactionTimer {
    #private;
    /** Starts to count; no time or zero means no limit. */
    start(timeoutMs: number | undefined, onExpired: () => void): void;
    /** Stops to count. */
    stop(): void;
    /**
     * Tells a client that comes too late.
     *
     * @throws EngineError `Neo.ClientError.Transaction.TransactionTimedOut`
     */
    check(): void;
}
