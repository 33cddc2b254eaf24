/**
 * Grafeo's plans as Bolt's summaries hold them.
 *
 * @module
 */
/** A step of a plan. With `rows` in it, it is a profile. */
export type Plan = Readonly<Record<string, unknown>>;
/** What Grafeo tells of a step that ran. */
export interface GrafeoOperator {
    readonly operator: string;
    readonly detail: string;
    readonly rows: number;
    readonly timeMs: number;
    readonly children: readonly GrafeoOperator[];
}
/** Reads EXPLAIN's text, in which two spaces more mean one level deeper. */
export declare function planFromText(text: string): Plan;
/** Reads the operators of a PROFILE. */
export declare function planFromProfile(operator: GrafeoOperator): Plan;
