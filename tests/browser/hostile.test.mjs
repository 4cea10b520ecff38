import { test } from "node:test";
import assert from "node:assert/strict";
import { addressOf, on, open, ready } from "./open.mjs";

// Every request of the report is for the page itself or a file beside it.
function assertKeptToItself(seen) {
  const folder = addressOf("hostile").replace(/index\.html$/, "");
  const foreign = seen.requests.filter((url) => !url.startsWith(folder));
  assert.deepEqual(foreign, []);
  assert.deepEqual(seen.dialogs, []);
  assert.equal(seen.pages, 0, "no other window opened");
}

async function assertInert(page) {
  assert.equal(await page.evaluate(() => window.ran), undefined, "nothing of a snapshot ran");
  const found = await page.evaluate(() => ({
    scripts: [...document.querySelectorAll("body script")].filter((script) => !script.id && script.textContent.length < 1000).length,
    frames: document.querySelectorAll("iframe, object, embed, base, link, meta[http-equiv=refresh], #content style, #content form:not(.filters), foreignObject, #content image, #content use").length,
    handlers: [...document.querySelectorAll("*")].flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on")).length,
    links: [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")).filter((href) => !href.startsWith("#")),
    images: [...document.querySelectorAll("img")].map((image) => image.getAttribute("src")).filter((src) => !/^pages\/[0-9a-f]{16}-\d+\.png$/.test(src)),
  }));
  assert.deepEqual(found, { scripts: 0, frames: 0, handlers: 0, links: [], images: [] });
}

test("snapshots that try to run, load or lead elsewhere are shown and do nothing", async () => {
  const { page, seen, close } = await open("hostile");
  const names = await page.evaluate(() => JSON.parse(document.getElementById("overview").textContent).documents.map(([path]) => path));
  assert.ok(names.length >= 3, names.join());
  for (const view of ["#overview", "#findings", "#series", ...names.map((name) => `#document?document=${encodeURIComponent(name)}`)]) {
    await page.evaluate((hash) => { location.hash = hash; }, view);
    await ready(page);
    await assertInert(page);
  }
  // Whatever waits for a mouse or a key finds none of its handlers.
  for (const mark of await page.locator(".shown a.mark").all()) await mark.hover({ force: true }).catch(() => {});
  await page.keyboard.press("Tab");
  await assertInert(page);
  assertKeptToItself(seen);
  assert.deepEqual(seen.errors, []);
  await close();
});

test("the words of a hostile snapshot can be read", () => on("hostile", "#document?document=tricks.txt", {}, async (page) => {
  const text = await page.locator(".flow").innerText();
  for (const words of ["</script>", "<img src=x onerror", "javascript:"]) assert.ok(text.includes(words), words);
  assert.ok((await page.locator(".flow a.mark").count()) > 20, "its figures are marked all the same");
}));

test("the figures of a hostile page are marked where they stand", () => on("hostile", "#document?document=tricks.html", {}, async (page) => {
  const marks = await page.locator(".flow a.mark").evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("aria-label")]));
  assert.ok(marks.length > 20);
  for (const [text, label] of marks) assert.ok(label.includes(text), `${text}: ${label}`);
}));

test("an address cannot run anything either", async () => {
  for (const hash of ["#document?document=<img src=x onerror=ran=1>", "#findings?text=<script>ran=1</script>&severity=__proto__", "#series?series=constructor&by=__proto__&lines=javascript:ran=1", "#__proto__", "#constructor?x=1"]) {
    const { page, seen, close } = await open("hostile", hash);
    await assertInert(page);
    assertKeptToItself(seen);
    await close();
  }
});

test("the page's own policy stops a script that got in", async () => {
  const { page, close } = await open("hostile");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = 1";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.ran = 2");
    image.src = "x";
    document.body.append(image);
  });
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await close();
});
