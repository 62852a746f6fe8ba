/**
 * Loads what objects load lazily, before any object does: a module whose loading a crash test aborts together with its
 * object would stay half loaded for every later test of the process.
 */
import { beforeAll } from "vitest";

const OF_OBJECTS = import.meta.glob(["../../../src/{adviser,connect,item,purchasing,review,store}/**/*.{ts,tsx}"]);

beforeAll(() => Promise.all(Object.values(OF_OBJECTS).map((load) => load())));
