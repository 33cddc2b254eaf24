/**
 * What every adapter of `Store` does. A test file of an adapter calls `testStore()` once for each way to set it up.
 *
 * @module
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Store } from "../../src/store/store.ts";

/** One store, empty, and the hands to test it with. */
export interface StoreUnderTest {
  readonly store: Store;
  /** The same data through another handle (another connection, another process), where the adapter has such a thing. */
  readonly other?: Store;
  /** Moves the store's clock; an adapter whose server keeps the time sleeps instead. */
  advance(ms: number): Promise<void>;
  close?(): Promise<void>;
}

/** Tests an adapter. `open` makes an empty store for each test. */
export function testStore(
  name: string,
  open: () => StoreUnderTest | Promise<StoreUnderTest>,
): void {
  /** Runs a test on a store of its own and closes that on every path. */
  function check(
    what: string,
    body: (under: Required<Omit<StoreUnderTest, "close">>) => Promise<void>,
  ) {
    test(what, async () => {
      const under = await open();
      try {
        await body({ other: under.store, ...under });
      } finally {
        await under.close?.();
      }
    });
  }

  describe(`${name} is a Store`, () => {
    check("get() gives what was set, the latest", async ({ store, other }) => {
      assert.equal(await store.get("key"), undefined);
      await store.set("key", "one");
      assert.equal(await other.get("key"), "one");
      await other.set("key", "two");
      assert.equal(await store.get("key"), "two");
    });

    check("get() gives any text back unchanged", async ({ store, other }) => {
      const texts = ["", " ", "ü€😀", "a\nb\0c", '{"a":[1]}', "half \ud83d", "x".repeat(200_000)];
      for (const text of texts) {
        await store.set("key", text);
        assert.equal(await other.get("key"), text);
        assert.equal(await store.compareAndSet("key", text, text), true);
      }
    });

    check("get() and list() take any text for a key", async ({ store, other }) => {
      const keys = [
        "",
        " ",
        "a\0",
        "a\0b",
        "a\nb",
        '"a"',
        "half \ud83d",
        "ü€😀",
        "x".repeat(2_000),
      ];
      for (const key of keys) await store.set(key, `of ${key}`);
      for (const key of keys) assert.equal(await other.get(key), `of ${key}`);
      assert.deepEqual(await other.list(""), keys.toSorted());
      assert.deepEqual(await other.list("a\0"), ["a\0", "a\0b"]);
      await store.delete("a\0");
      assert.equal(await store.compareAndSet("a\0b", "of a\0b", undefined), true);
      assert.deepEqual(await other.list("a"), ["a\nb"]);
    });

    check("delete() removes an entry, and is content with none", async ({ store, other }) => {
      await store.delete("key");
      await store.set("key", "one");
      await other.delete("key");
      assert.equal(await store.get("key"), undefined);
      assert.deepEqual(await store.list(""), []);
    });

    check("set() with ttlMs ends the entry in time", async ({ store, other, advance }) => {
      await store.set("short", "one", { ttlMs: 200 });
      await store.set("long", "two", { ttlMs: 60_000 });
      await store.set("ever", "three");
      await advance(50);
      assert.equal(await other.get("short"), "one");
      await advance(200);
      assert.equal(await other.get("short"), undefined);
      assert.deepEqual(await other.list(""), ["ever", "long"]);
    });

    check(
      "set() takes no time for ended at once, and for ever for no end",
      async ({ store, advance }) => {
        await store.set("none", "one", { ttlMs: 0 });
        assert.equal(await store.get("none"), undefined);
        assert.equal(
          await store.compareAndSet("none", undefined, "two", { ttlMs: Infinity }),
          true,
        );
        await advance(200);
        assert.equal(await store.get("none"), "two");
      },
    );

    check("set() without ttlMs forgets an earlier one", async ({ store, advance }) => {
      await store.set("key", "one", { ttlMs: 100 });
      await store.set("key", "two");
      await advance(200);
      assert.equal(await store.get("key"), "two");
    });

    check("compareAndSet() without ttlMs forgets an earlier one", async ({ store, advance }) => {
      await store.set("key", "one", { ttlMs: 100 });
      assert.equal(await store.compareAndSet("key", "one", "two"), true);
      await advance(200);
      assert.equal(await store.get("key"), "two");
    });

    check("compareAndSet() writes only over what is expected", async ({ store }) => {
      assert.equal(await store.compareAndSet("key", "one", "two"), false);
      assert.equal(await store.get("key"), undefined);
      assert.equal(await store.compareAndSet("key", undefined, "one"), true);
      assert.equal(await store.compareAndSet("key", undefined, "two"), false);
      assert.equal(await store.compareAndSet("key", "ONE", "two"), false);
      assert.equal(await store.get("key"), "one");
      assert.equal(await store.compareAndSet("key", "one", "two"), true);
      assert.equal(await store.get("key"), "two");
    });

    check("compareAndSet() with undefined removes", async ({ store }) => {
      await store.set("key", "one");
      assert.equal(await store.compareAndSet("key", "two", undefined), false);
      assert.equal(await store.get("key"), "one");
      assert.equal(await store.compareAndSet("key", "one", undefined), true);
      assert.equal(await store.get("key"), undefined);
      assert.equal(await store.compareAndSet("key", undefined, undefined), true);
      assert.deepEqual(await store.list(""), []);
    });

    check(
      "compareAndSet() sees an ended entry as none, and renews a lease",
      async ({ store, advance }) => {
        assert.equal(await store.compareAndSet("lease", undefined, "mine", { ttlMs: 200 }), true);
        await advance(100);
        assert.equal(await store.compareAndSet("lease", "mine", "mine", { ttlMs: 200 }), true);
        await advance(150);
        assert.equal(await store.compareAndSet("lease", undefined, "yours", { ttlMs: 200 }), false);
        await advance(100);
        assert.equal(await store.compareAndSet("lease", "mine", "mine"), false);
        assert.equal(
          await store.compareAndSet("lease", undefined, "yours", { ttlMs: 60_000 }),
          true,
        );
        assert.equal(await store.get("lease"), "yours");
      },
    );

    check("compareAndSet() has one winner among many", async ({ store, other }) => {
      const tries = Array.from(
        { length: 50 },
        (_, index) => (index % 2 ? store : other).compareAndSet("key", undefined, `${index}`),
      );
      const winners = (await Promise.all(tries)).flatMap((won, index) => won ? [`${index}`] : []);
      assert.equal(winners.length, 1);
      assert.equal(await store.get("key"), winners[0]);
    });

    check("compareAndSet() loses no update", async ({ store, other }) => {
      await store.set("count", "0");
      async function add(handle: Store): Promise<void> {
        for (;;) {
          const seen = await handle.get("count");
          if (await handle.compareAndSet("count", seen, `${Number(seen) + 1}`)) return;
        }
      }
      await Promise.all(Array.from({ length: 30 }, (_, index) => add(index % 2 ? store : other)));
      assert.equal(await store.get("count"), "30");
    });

    check(
      "list() gives the keys with the prefix, sorted, and takes no character for a wildcard",
      async ({ store }) => {
        const keys = [
          "a:2",
          "a:1",
          "a:10",
          "A:1",
          "ab",
          "b:1",
          "a%",
          "a_x",
          "a*",
          "a?",
          "a[b",
          "a\\",
          "ä:1",
        ];
        for (const key of keys) await store.set(key, "x");
        assert.deepEqual(await store.list("a:"), ["a:1", "a:10", "a:2"]);
        assert.deepEqual(await store.list("A"), ["A:1"]);
        for (const key of ["a%", "a_", "a*", "a?", "a[", "a\\", "ä"]) {
          assert.deepEqual(await store.list(key), keys.filter((known) => known.startsWith(key)));
        }
        assert.equal((await store.list("")).length, keys.length);
        assert.deepEqual(await store.list("nothing"), []);
      },
    );
  });
}
