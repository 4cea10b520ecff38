import { test } from "node:test";
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { click, on, REPORTS } from "./open.mjs";

const loaded = (seen) => seen.requests.filter((url) => url.includes("/data/")).map((url) => url.replace(/.*\/data\//, ""));

test("the page of 3,000 editions stays below 2 MB", () => {
  assert.ok(statSync(`${REPORTS.archive}/report/index.html`).size < 2_000_000);
});

test("the overview of 3,000 editions loads no edition, and sums them up by year", () => on("archive", "", {}, async (page, seen) => {
  const files = loaded(seen);
  assert.ok(files.every((file) => /^findings(-\d+)?\.js$/.test(file)) && files.length <= 3, files.join());
  assert.ok((await page.locator("table.coverage tbody tr").count()) < 300);
  assert.ok((await page.locator("*").count()) < 25_000);
  await page.locator("table.coverage .year button").first().click();
  await page.locator("table.coverage tbody tr:not(.year)").first().waitFor();
}));

test("an edition of 3,000 loads its own file alone", () => on("archive", "#document?document=1850-07.txt", {}, async (page, seen) => {
  assert.deepEqual(loaded(seen), ["synthetic-1850-07.js"]);
  await click(page, page.locator(".editions [rel=next]"));
  assert.deepEqual(loaded(seen), ["synthetic-1850-07.js", "synthetic-1850-08.js"]);
}));

test("a series over 3,000 editions loads its own file alone", () => on("archive", "#series?series=UNHCR/new_arrivals/count", {}, async (page, seen) => {
  assert.equal(loaded(seen).length, 1);
  const drawn = await page.locator("svg.chart path.line").evaluateAll((paths) => paths.map((path) => path.getAttribute("d").split(/[ML]/).length));
  assert.ok(drawn.reduce((sum, number) => sum + number, 0) > 15_000, "every value is on its line");
  assert.ok((await page.locator("svg.chart a.mark").count()) < 9000);
  assert.ok((await page.locator("table.values tbody tr").count()) <= 36);
}));

test("findings of 3,000 editions are loaded a hundred at a time", () => on("archive", "#findings", {}, async (page, seen) => {
  assert.deepEqual(loaded(seen), ["findings.js", "findings-1.js"]);
  assert.match(await page.locator(".count").innerText(), /3,000|first 30 shown/);
}));
