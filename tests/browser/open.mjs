// Opens a report in headless Chromium and watches what it does: what it says, asks for, and sets.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { after, before } from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  // Reports are our own; the sandbox of a container's root cannot be had.
  browser = await chromium.launch({ executablePath: process.env.CROSSTALLY_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
});
after(() => browser.close());

// Folders of reports that the program wrote before these tests.
export const REPORTS = {
  specimens: process.env.CROSSTALLY_SPECIMENS,
  hostile: process.env.CROSSTALLY_HOSTILE,
  archive: process.env.CROSSTALLY_ARCHIVE,
};

export function addressOf(report, hash = "") {
  return pathToFileURL(`${REPORTS[report]}/report/index.html`).href + hash;
}

// A page of the report; `seen` collects its errors, dialogs, requests and windows.
export async function open(report, hash = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = { errors: [], dialogs: [], requests: [], pages: 0 };
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.errors.push(message.text()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("dialog", (dialog) => { seen.dialogs.push(dialog.message()); dialog.dismiss(); });
  context.on("request", (request) => seen.requests.push(request.url()));
  context.on("page", () => { seen.pages += 1; });
  await page.goto(addressOf(report, hash));
  await ready(page);
  return { page, seen, close: () => context.close() };
}

// Waits until the view that the address names stands there.
export async function ready(page) {
  await page.waitForFunction(() => {
    const content = document.getElementById("content");
    return content.hasAttribute("data-ready") && content.getAttribute("data-address") === location.hash;
  });
}

// Changes the address and waits for what it names.
export async function go(page, hash) {
  await page.evaluate((address) => { location.hash = address; }, hash);
  await ready(page);
}

// Follows a link and waits for what it leads to.
export async function click(page, locator) {
  await locator.click();
  await ready(page);
}

// Opens a page, runs a test on it, and asserts that it stayed quiet.
export async function on(report, hash, options, act) {
  const held = await open(report, hash, options);
  try {
    await act(held.page, held.seen);
    assert.deepEqual(held.seen.errors, [], "the page says something is wrong");
    assert.deepEqual(held.seen.dialogs, []);
  } finally {
    await held.close();
  }
}

// What axe finds wrong, a line for each element.
export async function faults(page) {
  // Past the page's own policy, which lets no foreign script in: by the debugger, not by an element.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary}`));
}

// How far the page is wider than the window.
export async function overhang(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
