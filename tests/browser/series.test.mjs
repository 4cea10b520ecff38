import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { click, on, ready } from "./open.mjs";

const labels = (page) => page.locator("svg.chart a.mark").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));

test("a series is drawn over its periods, by the value that says most", () => on("specimens", "#series?series=UNHCR/mixed_movements/count", {}, async (page) => {
  const points = await labels(page);
  assert.ok(points.some((label) => label.startsWith("Western Balkans, January to July 2024: 7,914, 2024-07 edition")), points.join("\n"));
  const value = await page.locator("table.values tr", { hasText: "January to July 2024" }).locator("td").first().innerText();
  assert.equal(value.split("\n")[0].trim().slice(0, 5), "7,914");
  assert.ok(!value.includes("7,900"), "what only rounds it is no other value");
}));

test("what rounding leaves open is drawn and told", () => on("specimens", "#series?series=UNHCR/mixed_movements/change", {}, async (page) => {
  const points = await labels(page);
  assert.ok(points.some((label) => /\u221247% \(\u221247\.5% to \u221246\.5%\)/.test(label)), points.join("\n"));
  assert.ok((await page.locator("svg.chart line.open").count()) > 0);
}));

test("a point leads to its figure on the page", () => on("specimens", "#series?series=UNHCR/mixed_movements/count", {}, async (page) => {
  const label = await page.locator("svg.chart a.mark").last().getAttribute("aria-label");
  await page.locator("svg.chart a.mark").last().focus();
  await page.keyboard.press("Enter");
  await ready(page);
  const quote = await page.locator(".chosen-figure h2").innerText();
  assert.ok(label.includes(quote), `${quote} in ${label}`);
}));

test("values printed before and contradictions are marked", () => on("specimens", "#series?series=IOM/assisted_voluntary_returns/count&kind=years", {}, async (page) => {
  assert.ok((await page.locator(".chart .earlier, .chart .before, .values .before").count()) > 0, "2,926 was printed as 3,926");
  assert.ok((await page.locator(".chart .doubt, .chart .bar.error, .values .error").count()) > 0);
}));

test("nationalities are ranked, the largest first", () => on("specimens", "#series?series=IOM/registrations_on_arrival/share&by=origin", {}, async (page) => {
  assert.equal(await page.getByRole("button", { name: "Ranked bars" }).getAttribute("aria-pressed"), "true");
  const values = (await page.locator(".chart .value").allTextContents()).map(parseFloat);
  assert.ok(values.length >= 3 && values.every((value, at) => at === 0 || values[at - 1] >= value), values.join());
}));

test("what is shown can be taken away as CSV", () => on("specimens", "#series?series=UNHCR/mixed_movements/count", {}, async (page) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
  const rows = readFileSync(await download.path(), "utf8").trimEnd().split("\n");
  assert.equal(download.suggestedFilename(), "unhcr-mixed_movements-count.csv");
  assert.ok(rows[0].startsWith("publisher,indicator,statistic,unit,area"));
  assert.ok(rows.some((row) => row.startsWith("UNHCR,mixed_movements,count,persons,WBALK,,,,2024-01-01,2024-07-31,,,2024-07,1,7900,7850,7950,about,")), rows.join("\n"));
}));

test("lines can be chosen, and the choice stands in the address", () => on("specimens", "#series?series=UNHCR/new_arrivals/count", {}, async (page) => {
  const boxes = page.locator(".lines input");
  const before = await page.locator(".chart g[class^=c]").count();
  assert.ok(before > 2);
  await click(page, boxes.first());
  assert.match(page.url(), /lines=/);
  assert.equal(await page.locator(".chart g[class^=c]").count(), before - 1);
}));
