import { test } from "node:test";
import assert from "node:assert/strict";
import { click, on, ready } from "./open.mjs";

test("the overview counts what was read and lists findings by kind", () => on("specimens", "", {}, async (page) => {
  assert.equal(await page.locator("h1").innerText(), "Overview");
  const tiles = await page.locator(".tile").allInnerTexts();
  const rows = await page.locator(".kinds tbody tr").count();
  assert.ok(tiles.some((tile) => /figures read/.test(tile)) && rows >= 2, tiles.join());
  const errors = Number(await page.locator(".tile.error .figure").innerText());
  const listed = await page.locator(".kinds tr", { has: page.locator(".severity.error") }).locator(".number").allInnerTexts();
  assert.equal(errors, listed.map(Number).reduce((sum, number) => sum + number, 0));
}));

test("the coverage matrix tells read, missing and lost figures of each edition", () => on("specimens", "", {}, async (page) => {
  const states = await page.locator("table.coverage td.state").evaluateAll((cells) => cells.map((cell) => cell.textContent));
  assert.ok(states.some((state) => state.includes("read")) && states.some((state) => state.includes("missing")), "both are among the specimens");
  assert.ok((await page.locator("table.coverage td.lost a").count()) > 0);
  await click(page, page.locator("table.coverage td.missing a").first());
  assert.match(page.url(), /#document\?.*rule=/);
}));

test("comparisons that were left alone are told with their reasons", () => on("specimens", "", {}, async (page) => {
  const text = await page.locator("#left-alone + ul").innerText();
  assert.match(text, /^Not compared: .+ with .+: .+/);
}));

test("three clicks lead from the overview to the total of 1,017 and the parts that add to 957, on its page", () => on("specimens", "", {}, async (page) => {
  await click(page, page.getByRole("link", { name: "Total differs", exact: true }));
  await click(page, page.locator("li.finding", { hasText: "1,017" }).filter({ hasText: "2024-12.pdf" }).getByRole("link", { name: /^See it on the page/ }));
  const card = await page.locator(".finding.open").innerText();
  for (const words of ["Sum of the 6", "957", "Printed total", "1,017", "Difference", "60"]) assert.ok(card.includes(words), `${words} in ${card}`);
  const boxes = page.locator(".paper .mark.pointed");
  assert.equal(await boxes.count(), 8, "six parts, their total, and the headline that repeats it");
  const total = page.locator(".paper .mark.pointed[aria-label^='1,017']").last();
  assert.ok(await total.isVisible());
  assert.ok(await inSight(page, total), "the place stands in sight");
  await click(page, total);
  assert.equal(await page.locator(".chosen-figure h2").innerText(), "1,017");
}));

test("filters narrow the findings, and stand in the address", () => on("specimens", "#findings", {}, async (page) => {
  const all = parseInt(await page.locator(".count").innerText(), 10);
  await page.getByLabel("Severity").selectOption("error");
  await page.waitForURL(/severity=error/);
  await ready(page);
  const errors = parseInt(await page.locator(".count").innerText(), 10);
  assert.ok(errors > 0 && errors < all);
  await page.getByLabel("Publisher").selectOption("IOM");
  await page.waitForURL(/publisher=IOM/);
  await ready(page);
  const texts = await page.locator("li.finding").allInnerTexts();
  assert.ok(texts.length > 0 && texts.every((text) => text.startsWith("error")), texts.join("\n"));
  await page.goBack();
  await ready(page);
  assert.equal(parseInt(await page.locator(".count").innerText(), 10), errors);
}));

test("an address opens what it names", () => on("specimens", "#findings?code=total-differs&text=957", {}, async (page) => {
  const texts = await page.locator("li.finding").allInnerTexts();
  assert.ok(texts.length >= 3 && texts.every((text) => text.includes("957")), texts.join("\n"));
}));

export async function inSight(page, locator) {
  const [box, frame] = [await locator.boundingBox(), await page.locator(".shown").boundingBox()];
  return box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
}
