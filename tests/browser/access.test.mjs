import { test } from "node:test";
import assert from "node:assert/strict";
import { faults, go, on } from "./open.mjs";

const VIEWS = {
  overview: "",
  findings: "#findings",
  "waived findings": "#findings?waived=yes",
  "lines": "#series?series=UNHCR/mixed_movements/count",
  "ranked bars": "#series?series=IOM/registrations_on_arrival/share&by=origin",
  "a PDF page": "#document?document=2024-12.pdf",
  "an HTML page": "#document?document=2024-12.html",
  "a text": "#document?document=2024-12.txt",
};

for (const scheme of ["light", "dark"]) {
  test(`axe finds nothing wrong with any view in ${scheme} colours`, () => on("specimens", "", { colorScheme: scheme }, async (page) => {
    assert.equal(await page.locator("html").getAttribute("data-theme"), scheme);
    for (const [name, hash] of Object.entries(VIEWS)) {
      await go(page, hash);
      assert.deepEqual(await faults(page), [], name);
    }
  }));
}

test("axe finds nothing wrong with a finding and a figure that are open", () => on("specimens", "#findings?code=total-differs", {}, async (page) => {
  await page.locator("a.open").first().click();
  await page.locator(".finding.open").waitFor();
  assert.deepEqual(await faults(page), []);
  await page.locator(".shown a.mark.pointed").first().click();
  await page.locator(".chosen-figure").waitFor();
  assert.deepEqual(await faults(page), []);
}));

test("axe finds nothing wrong with hostile snapshots", () => on("hostile", "#document", {}, async (page) => {
  assert.deepEqual(await faults(page), []);
}));

test("colours can be chosen and are remembered", () => on("specimens", "", { colorScheme: "light" }, async (page) => {
  await page.locator("#theme").click();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.evaluate(() => localStorage.getItem("crosstally-theme")), "dark");
}));

test("what was remembered is used again", () => on("specimens", "", { colorScheme: "light" }, async (page) => {
  await page.addInitScript(() => localStorage.setItem("crosstally-theme", "dark"));
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
}));
