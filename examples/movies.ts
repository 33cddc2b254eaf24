/**
 * A whole app. Runs on Bun (`bun examples/movies.ts`) and Deno (`deno serve -A examples/movies.ts`).
 *
 * @module
 */
import process from "node:process";
import { Hono } from "hono";
import { wake, type WakeVariables } from "aura-wake/hono";
import { connect, type Connection, fromEnv } from "aura-wake/neo4j";

export const db: Connection = connect(fromEnv(process.env));

const app: Hono<{ Variables: WakeVariables }> = new Hono();
app.get("/health", (c) => c.json({ database: db.waker?.state ?? "unknown" })); // before wake(): never held
app.use(wake({ db }));

app.get("/people/:name/movies", async (c) => {
  const name = c.req.param("name");
  return c.json(
    await c.var.aura.db.read(
      "MATCH (:Person {name: $name})-[:ACTED_IN]->(m:Movie) RETURN m.title AS title ORDER BY title",
      { name },
    ),
  );
});

app.post("/movies", async (c) => {
  const { title } = await c.req.json<{ title: string }>();
  return c.json(
    await c.var.aura.db.write("CREATE (m:Movie {title: $title}) RETURN m.title AS title", {
      title,
    }),
    201,
  );
});

export default app;
