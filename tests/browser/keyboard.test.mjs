import { test } from "node:test";
import assert from "node:assert/strict";
import { on, ready } from "./open.mjs";

const focused = (page) => page.evaluate(() => { const held = document.activeElement; return `${held.tagName} ${held.id || held.name || held.className}`; });

test("the keys 1 to 4 change the view", () => on("specimens", "", {}, async (page) => {
  for (const [key, title] of [["2", "Findings"], ["3", "Series"], ["1", "Overview"]]) {
    await page.keyboard.press(key);
    await ready(page);
    assert.equal(await page.locator("h1").innerText(), title);
  }
  await page.keyboard.press("4");
  await ready(page);
  assert.match(page.url(), /#document/);
}));

test("/ leads to the filter, what is typed narrows the list, Esc leaves it", () => on("specimens", "#findings", {}, async (page) => {
  await page.keyboard.press("/");
  assert.equal(await focused(page), "INPUT filter");
  await page.keyboard.type("1,017");
  await page.waitForFunction(() => document.querySelector(".count").textContent.startsWith("3 "));
  assert.equal(await focused(page), "INPUT filter");
  assert.equal(await page.locator("#filter").inputValue(), "1,017");
  await page.keyboard.press("Escape");
  assert.notEqual(await focused(page), "INPUT filter");
  await page.keyboard.press("Escape");
  await ready(page);
  assert.equal(await page.locator("#filter").inputValue(), "");
}));

test("arrows walk through findings, Enter opens one, Esc closes it", () => on("specimens", "#document?document=2024-12.pdf", {}, async (page) => {
  await page.locator("a.finding-link").first().focus();
  await page.keyboard.press("Enter");
  await ready(page);
  assert.equal(await page.locator(".finding.open").count(), 1);
  await page.keyboard.press("Escape");
  await ready(page);
  assert.equal(await page.locator(".finding.open").count(), 0);
}));

test("arrows walk through the figures on the page, of which one is in the order of tabs", () => on("specimens", "#document?document=2024-12.pdf", {}, async (page) => {
  assert.equal(await page.locator(".shown a.mark[tabindex='0']").count(), 1);
  await page.locator(".shown a.mark").first().focus();
  await page.keyboard.press("ArrowDown");
  const second = await page.locator(".shown a.mark").nth(1).getAttribute("data-at");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-at")), second);
  await page.keyboard.press("Enter");
  await ready(page);
  assert.equal(await page.locator(".shown .chosen").first().getAttribute("data-at"), second);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-at")), second, "the focus stays on it");
}));

test("tabs reach skip link, views, theme and filters in order", () => on("specimens", "", {}, async (page) => {
  const reached = [];
  for (let step = 0; step < 9; step += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.textContent.trim().slice(0, 12) || document.activeElement.name));
  }
  assert.deepEqual(reached.slice(0, 7), ["Skip to cont", "Figures and ", "Overview", "Findings", "Series", "Document", "Dark"]);
}));

test("the skip link leads to the content", () => on("specimens", "", {}, async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  assert.equal(await page.locator("h1").innerText(), "Overview");
}));
