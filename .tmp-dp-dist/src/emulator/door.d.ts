/**
 * A door is a port that stays the same while what stands behind it changes: a server, or one of the ways to be paused.
 *
 * @module
 */
import { type Socket } from "node:net";
import type { PauseMode } from "./data-plane.ts";
/** Something that answers on a port, until it is closed with all its connections. */
export interface Listener {
    close(): Promise<void>;
}
/** Begins to answer on a port; rejects when the port cannot be had. */
export type Listen = (place: {
    hostname: string;
    port: number;
}) => Promise<Listener>;
/** What a `Door` stands on. */
export interface DoorOptions {
    readonly hostname: string;
    /** 0 picks one. */
    readonly port: number;
    /** What answers while the door is open, and in the mode `unavailable`. */
    readonly listen: Listen;
}
/** A port that can be opened and shut. */
export declare class Door {
    #private;
    readonly port: number;
    private constructor();
    /**
     * Finds a port; the door is shut at first.
     *
     * @throws Error when the port is taken
     */
    static reserve(options: DoorOptions): Promise<Door>;
    /** Lets people in. Who is in already, as in the mode `unavailable`, may stay. */
    open(): Promise<void>;
    /** Ends all connections and treats new ones as the mode says; `unavailable` is who answers in the mode of that name. */
    shut(mode: PauseMode, unavailable?: Listen): Promise<void>;
}
/** Listens for sockets and keeps those that are open, to end them all on close. */
export declare function listenSockets(onSocket: (socket: Socket) => void, place: Parameters<Listen>[0]): Promise<Listener>;
