import { describe, expect, it } from "vitest";
import { ROUTES } from "../../src/http/routes/index.ts";
import { SAMPLES, SAMPLES_OF } from "../browser/page-samples.tsx";

it("are there for every route that answers with a page, so that each is looked at and checked by axe", () => {
  const routes = ROUTES.filter(
    ({ docs, page }) =>
      page !== undefined ||
      Object.values(docs.answers).some(({ content }) => content != null && "text/html" in content),
  );
  expect(Object.keys(SAMPLES_OF).toSorted()).toEqual([...new Set(routes.map(({ path }) => path))].toSorted());
  for (const sample of Object.values(SAMPLES_OF).flat()) expect(Object.keys(SAMPLES)).toContain(sample);
});

const pages = Object.entries(SAMPLES).map(([name, render]) => ({ name, html: render() }));

/** The API's documentation carries its style, and a policy that allows it by its hash. */
const underPagePolicy = pages.filter(({ name }) => name !== "docs");

describe.each(pages)("the page $name", ({ html }) => {
  it("has one heading of the first rank, a language and a title", () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(/<title>[^<]+<\/title>/);
  });
});

it.each(underPagePolicy)(
  "the page $name brings no inline script or style, which its policy would refuse",
  ({ html }) => {
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=/);
  },
);

describe("the review page", () => {
  const html = SAMPLES["review-two-people-model-words"]!();

  it("shows what a note or a model wrote as text, and says whose words they are", () => {
    expect(html).toContain("Festival on Saturday &lt;b&gt;next door&lt;/b&gt;");
    expect(html).toContain("The language model wrote (its words, not checked facts):");
  });

  it("gives Enter a button that decides nothing: the first one of the form", () => {
    expect(/<button[^>]*value="(\w+)"/.exec(html)?.[1]).toBe("preview");
  });

  it("offers no answer to those who may only look, and none once it is decided", () => {
    for (const name of ["review-look-only", "review-rejected", "review-expired", "review-superseded"])
      expect(SAMPLES[name]!(), name).not.toContain('name="decision"');
  });
});
