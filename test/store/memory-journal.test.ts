import { memoryJournal } from "../../src/store/memory-journal.ts";
import { testJournal } from "./journal-conformance.ts";

testJournal("memoryJournal()", () => ({ journal: memoryJournal() }));
