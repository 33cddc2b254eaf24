/** A query as Grafeo runs it, and what has to be undone in its result. */
export interface RewrittenQuery {
    readonly cypher: string;
    /** The query ended with FINISH: it gives no columns and no rows. */
    readonly finishes: boolean;
    /** What `apoc.util.validate` was to say; a division by zero stands for it. */
    readonly complaint: string | undefined;
}
/** Rewrites a query. */
export declare function rewriteForGrafeo(cypher: string): RewrittenQuery;
