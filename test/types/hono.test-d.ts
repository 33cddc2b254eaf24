import { Hono } from "hono";
import { createFactory } from "hono/factory";
import { wake, type WakeEnv, type WakeVariables } from "aura-wake/hono";
import { cors } from "hono/cors";
import { type BoltSession, connect } from "aura-wake/neo4j";
// 1. app.use(wake()) as a statement gives no type to c.var
const a1 = new Hono();
a1.use(wake());
// @ts-expect-error aura is unknown on c.var
a1.get("/", (c) => c.json(c.var.aura.state));
// 2. chained use: inferred
const a2 = new Hono().use(wake()).get("/", (c) => c.json(c.var.aura.state)).post(
  "/",
  async (c) => c.json(await c.var.aura.db.read("x")),
);
// 3. chained with path + others
const a3 = new Hono().use("/api/*", cors(), wake()).get("/api/x", (c) => c.json(c.var.aura.state));
// 4. inline middleware
const a4 = new Hono();
a4.get("/x", wake(), (c) => c.json(c.var.aura.state));
// 5. explicit Variables next to Bindings
const a5 = new Hono<{ Bindings: { X: string }; Variables: WakeVariables & { user: string } }>();
a5.use(wake());
a5.get("/", (c) => c.json([c.var.aura.state, c.env.X, c.var.user]));
// 6. options callbacks typed by E
const a6 = new Hono<{ Bindings: { X: string }; Variables: WakeVariables }>();
a6.use(wake<{ Bindings: { X: string } }>({
  replay: (c) => c.env.X === "1",
  db: (c) => {
    const s: string = c.env.X;
    void s;
    return undefined;
  },
}));
const f = createFactory<WakeEnv>();
f.createApp().get("/", wake(), (c) => c.json(c.var.aura.state));
void [a2, a3, a4];
// 7. the connection's session has a type where it is asked for
const a7 = new Hono<{ Variables: WakeVariables<BoltSession> }>();
a7.use(wake({ db: connect({ uri: "neo4j://localhost", password: "secret" }) }));
a7.get("/", async (c) => {
  const rows = await c.var.aura.db.run((session) =>
    session.executeRead((tx) => tx.run("RETURN 1"))
  );
  return c.json(rows.records.length);
});
// 8. a row has the type that the app gives it
a7.get("/title", async (c) => {
  const [movie] = await c.var.aura.db.read<{ title: string }>(
    "MATCH (m:Movie) RETURN m.title AS title",
  );
  // @ts-expect-error there is no such column
  void movie?.name;
  return c.text(movie?.title ?? "");
});
// 9. options are checked
// @ts-expect-error the unit is in the name
wake({ hold: 20 });
