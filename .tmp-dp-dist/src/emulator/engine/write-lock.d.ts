/** A lock that gives up after a while. */
export declare class WriteLock {
    #private;
    constructor(timeoutMs: number);
    /**
     * Waits for the lock, and gives the function that lets go of it.
     *
     * @throws EngineError `Neo.TransientError.Transaction.LockAcquisitionTimeout`
     */
    acquire(): Promise<() => void>;
}
