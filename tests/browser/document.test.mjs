import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { click, on, ready, REPORTS } from "./open.mjs";

const documentAt = (name) => `#document?document=${encodeURIComponent(name)}`;

// The figures the list names, each with its mark on the page.
async function marked(page) {
  const listed = await page.locator("table.figures tbody tr").count();
  const addresses = await page.locator("table.figures a.figure").evaluateAll((links) => links.map((link) => new URLSearchParams(link.hash.split("?")[1]).get("figure")));
  const marks = await page.locator(".shown a.mark").evaluateAll((links) => links.map((link) => ({ label: link.getAttribute("aria-label"), text: link.textContent })));
  return { listed, addresses, marks };
}

for (const medium of ["txt", "html", "pdf"]) {
  test(`every figure of a ${medium} snapshot stands on its page`, () => on("specimens", documentAt(`2024-12.${medium}`), {}, async (page) => {
    const { listed, addresses, marks } = await marked(page);
    assert.ok(listed > 100);
    for (const id of addresses) {
      await page.evaluate((figure) => { location.hash = location.hash.replace(/&figure=.*|$/, `&figure=${figure}`); }, id);
      await ready(page);
      assert.ok((await page.locator(".shown .chosen").count()) > 0, `figure ${id} has no mark`);
      if (addresses.indexOf(id) > 12) break;
    }
    if (medium !== "pdf") {
      // The mark is on the very characters that were read.
      for (const mark of marks.filter((one) => !one.label.includes("no figure"))) {
        assert.ok(mark.label.startsWith(mark.text) || mark.label.includes(mark.text), `${mark.text} is marked as ${mark.label}`);
      }
    }
  }));
}

test("boxes on a drawn page lie on the picture, and the picture is there", () => on("specimens", documentAt("2024-12.pdf"), {}, async (page) => {
  const image = page.locator(".paper img").first();
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".paper img").complete);
  assert.ok((await image.evaluate((img) => img.naturalWidth)) > 800);
  const paper = await page.locator(".paper").first().boundingBox();
  const boxes = await page.locator(".paper").first().locator(".mark").evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect()).map(({ x, y, right, bottom }) => ({ x, y, right, bottom })));
  assert.ok(boxes.length > 10);
  for (const box of boxes) {
    assert.ok(box.x >= paper.x && box.right <= paper.x + paper.width && box.y >= paper.y && box.bottom <= paper.y + paper.height, JSON.stringify(box));
  }
}));

test("there is ink in every box on a drawn page", () => on("specimens", documentAt("2024-12.pdf"), {}, async (page) => {
  const papers = await page.locator(".paper").evaluateAll((all) => all.map((paper) => {
    const whole = paper.getBoundingClientRect();
    const boxes = [...paper.querySelectorAll(".mark:not(.nofigure)")].map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return { label: mark.getAttribute("aria-label"), x: (x - whole.x) / whole.width, y: (y - whole.y) / whole.height, width: width / whole.width, height: height / whole.height };
    });
    return { picture: paper.querySelector("img").getAttribute("src"), boxes };
  }));
  const blank = await page.context().newPage();
  for (const { picture, boxes } of papers) {
    const png = readFileSync(`${REPORTS.specimens}/report/${picture}`).toString("base64");
    const contrasts = await blank.evaluate(async ([data, all]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      canvas.drawImage(bitmap, 0, 0);
      return all.map((box) => {
        const pixels = canvas.getImageData(box.x * bitmap.width, box.y * bitmap.height, box.width * bitmap.width, box.height * bitmap.height).data;
        const light = [];
        for (let pixel = 0; pixel < pixels.length; pixel += 4) light.push(pixels[pixel] + pixels[pixel + 1] + pixels[pixel + 2]);
        return Math.max(...light) - Math.min(...light);
      });
    }, [png, boxes]);
    for (const [number, contrast] of contrasts.entries()) assert.ok(contrast > 150, `${boxes[number].label} boxes nothing printed (${contrast})`);
  }
}));

test("a click on a figure shows its row, a click on a row its place", () => on("specimens", documentAt("2024-07.txt"), {}, async (page) => {
  await click(page, page.locator(".shown a.mark").first());
  const quote = await page.locator(".shown .chosen").first().innerText();
  assert.equal(await page.locator(".chosen-figure h2").innerText(), quote);
  assert.equal(await page.locator("tr.chosen").count(), 1);
  const row = page.locator("table.figures a.figure").last();
  const printed = await row.innerText();
  await click(page, row);
  assert.equal(await page.locator(".shown .chosen").first().innerText(), printed);
  const [box, frame] = [await page.locator(".shown .chosen").first().boundingBox(), await page.locator(".shown").boundingBox()];
  assert.ok(box.y >= frame.y && box.y < frame.y + frame.height);
}));

test("a chart of an HTML page keeps its boxes", () => on("specimens", documentAt("2024-11.html"), {}, async (page) => {
  const charts = page.locator(".flow svg a.mark");
  assert.ok((await charts.count()) >= 13);
  assert.equal(await page.locator(".flow svg rect.boxed").count(), await charts.count());
}));

test("an edition's other snapshots and its neighbours are one click away", () => on("specimens", documentAt("2024-12.html"), {}, async (page) => {
  await click(page, page.locator(".editions").getByRole("link", { name: "PDF" }));
  assert.match(page.url(), /2024-12\.pdf/);
  await click(page, page.locator(".editions [rel=next]"));
  assert.match(page.url(), /2025-01\.pdf/);
}));

test("a snapshot that is not there is told", () => on("specimens", documentAt("nowhere.pdf"), {}, async (page) => {
  assert.match(await page.locator(".notice").innerText(), /No snapshot nowhere.pdf/);
}));
