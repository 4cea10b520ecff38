import { test } from "node:test";
import assert from "node:assert/strict";
import { go, on, overhang } from "./open.mjs";

const VIEWS = ["", "#findings", "#series?series=UNHCR/mixed_movements/count", "#series?series=IOM/registrations_on_arrival/share&by=origin",
  "#document?document=2024-12.pdf", "#document?document=2024-12.html", "#document?document=2024-12.txt"];

for (const width of [390, 768, 1440, 2200]) {
  test(`every view fits a screen of ${width} pixels without scrolling sideways`, () => on("specimens", "", { viewport: { width, height: 800 } }, async (page) => {
    for (const hash of VIEWS) {
      await go(page, hash);
      assert.ok((await overhang(page)) <= 0, hash || "the overview");
    }
  }));
}

test("a document is printed whole, without what only a screen needs", () => on("specimens", "#document?document=2024-12.txt", {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  for (const selector of [".top", ".filters", ".foot"]) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  const [held, shown] = await page.locator(".shown").evaluate((side) => [side.scrollHeight, side.clientHeight]);
  assert.ok(held <= shown + 1, "the text is not cut off");
  const pdf = await page.pdf();
  assert.ok(pdf.subarray(0, 5).toString() === "%PDF-");
}));

test("pages out of sight are printed too", () => on("specimens", "#document?document=2024-12.pdf", {}, async (page) => {
  assert.ok((await page.locator(".paper img[loading=lazy]").count()) > 1);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.waitForFunction(() => [...document.querySelectorAll(".paper img")].every((image) => image.complete && image.naturalWidth > 0));
}));

test("without scripts the page says where its data is", () => on("specimens", "", { javaScriptEnabled: true }, async (page) => {
  assert.match(await page.locator("noscript").evaluate((node) => node.textContent), /findings\.csv/);
}));
