/**
 * A Bolt client that sends whatever a test wants, in the order it wants.
 *
 * @module
 */
import { type Socket } from "node:net";
export declare const MAGIC: readonly number[];
export declare const TAGS: {
    readonly HELLO: 1;
    readonly GOODBYE: 2;
    readonly RESET: 15;
    readonly RUN: 16;
    readonly BEGIN: 17;
    readonly COMMIT: 18;
    readonly ROLLBACK: 19;
    readonly DISCARD: 47;
    readonly PULL: 63;
    readonly TELEMETRY: 84;
    readonly ROUTE: 102;
    readonly LOGON: 106;
    readonly LOGOFF: 107;
};
/** The metadata of an answer, or the values of a record. */
export interface AnswerField {
    readonly code?: string;
    readonly message?: string;
    readonly fields?: unknown;
    readonly qid?: unknown;
    readonly has_more?: unknown;
    readonly bookmark?: unknown;
    readonly rt?: unknown;
    readonly 0?: unknown;
}
export type Answer = readonly [name: string, field: AnswerField];
export declare class RawClient {
    #private;
    readonly socket: Socket;
    /** Resolves when the server has closed the connection. */
    readonly closed: Promise<void>;
    constructor(port: number);
    bytes(...bytes: readonly number[]): void;
    send(name: keyof typeof TAGS, ...fields: readonly unknown[]): void;
    /** The next answers; fewer when the connection closes before. */
    answers(count: number): Promise<Answer[]>;
    answer(): Promise<Answer>;
    handshake(...proposals: readonly number[]): Promise<number[]>;
    logOn(): Promise<void>;
    close(): void;
}
/** A client on a port, closed in the end. */
export declare function withClient(port: number, work: (client: RawClient) => Promise<void>): Promise<void>;
