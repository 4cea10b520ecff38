// The overview: what was read, what does not add up, what was left alone.

// Snapshots listed before one asks for more.
const FIRST_SNAPSHOTS = 40;

function tile(number, words, address, kind) {
  const content = [element("span", { class: "figure" }, grouped(String(number))), element("span", { class: "words" }, words)];
  return element("li", { class: `tile ${kind || ""}` }, address ? element("a", { href: address }, content) : element("span", {}, content));
}

function tiles(list, findings, now) {
  const filters = filtersOf(now);
  const count = (severity) => findings.filter((entry) => !entry.waived && entry.severity === severity).length;
  const waived = findings.filter((entry) => entry.waived).length;
  const media = ["PDF", "HTML", "text"].map((medium) => [list.filter((document) => document.medium === medium).length, medium]);
  const mediaWords = media.filter(([number]) => number > 0).map(([number, medium]) => `${number} ${medium}`).join(", ");
  const unread = list.filter((document) => document.status !== "read" && document.status !== "duplicate").length;
  const to = (severity) => addressOf("findings", { ...filters, severity });
  return element("ul", { class: "tiles" },
    tile(list.length, `snapshots: ${mediaWords}`),
    tile(list.reduce((sum, document) => sum + document.figures, 0), "figures read"),
    tile(count(0), "errors", to("error"), "error"),
    tile(count(1), "warnings", to("warning"), "warning"),
    tile(count(2), "notes", to("note"), "note"),
    waived > 0 ? tile(waived, "waived", addressOf("findings", { ...filters, waived: "yes" })) : null,
    unread > 0 ? tile(unread, "not read or unknown") : null);
}

function kinds(findings, now) {
  const held = new Map();
  for (const entry of findings.filter((one) => !one.waived)) {
    const key = `${entry.severity} ${entry.code}`;
    held.set(key, (held.get(key) || 0) + 1);
  }
  if (held.size === 0) return element("p", {}, "No finding.");
  const most = Math.max(...held.values());
  const rows = [...held].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, number]) => {
    const severity = Number(key[0]);
    const code = key.slice(2);
    const address = addressOf("findings", { ...filtersOf(now), severity: SEVERITIES[severity], code });
    return element("tr", {}, element("td", {}, severityMark(severity)), element("th", { scope: "row" }, element("a", { href: address }, codeName(code))),
      element("td", { class: "number" }, grouped(String(number))),
      element("td", { class: "measure", "aria-hidden": "true" },
        element("span", { class: `measured ${SEVERITIES[severity]}`, css: { width: `${(100 * number) / most}%` } })));
  });
  const head = ["Severity", "Kind", "Findings"].map((words, at) => element("th", { scope: "col", class: at === 2 ? "number" : null }, words));
  return element("table", { class: "kinds" }, element("caption", { class: "unseen" }, "Findings by severity and kind"),
    element("thead", {}, element("tr", {}, head, element("td", { "aria-hidden": "true" }))), element("tbody", {}, rows));
}

async function gravest(findings) {
  // One of each kind, those first whose figures contradict each other.
  const held = new Map();
  for (const entry of findings) {
    if (!entry.waived && entry.severity === 0 && !held.has(entry.code)) held.set(entry.code, entry);
  }
  const weight = (entry) => (entry.indicators.length === 0 ? 2 : entry.code === "total-differs" ? 0 : 1);
  const errors = [...held.values()].sort((one, other) => weight(one) - weight(other)).slice(0, 7);
  if (errors.length === 0) return null;
  const cards = (await records(errors)).map((finding) => {
    const number = firstDocument(finding);
    const text = [severityMark(finding.severity), " ", finding.message];
    return element("li", {}, number === undefined ? text : element("a", { href: findingAddress(finding, number) }, text));
  });
  return element("section", {}, element("h3", {}, "Errors to open first"), element("ol", { class: "gravest" }, cards));
}

function leftAlone() {
  if (overview.skipped.length === 0) return null;
  const items = overview.skipped.map(([what, why, number, first]) =>
    element("li", {}, element("b", {}, what[0].toUpperCase() + what.slice(1)), `: ${why}. `,
      element("span", { class: "faint" }, `${counted(number, "snapshot")}, such as `,
        first.slice(0, 2).map((document, at) => [at > 0 ? ", " : "", element("a", { href: addressOf("document", { document: documents[document].path }) }, fileName(documents[document].path))]))));
  return element("section", {}, element("h2", { id: "left-alone" }, "Not compared, on purpose"), element("ul", { class: "plain-list" }, items));
}

function snapshotRow(document) {
  const name = document.file === null ? document.path : element("a", { href: addressOf("document", { document: document.path }) }, document.path);
  const status = document.original === null ? document.status : `duplicate of ${documents[document.original].path}`;
  const cells = [document.family === null ? "" : overview.families[document.family].name, document.edition, document.medium];
  return element("tr", {}, element("th", { scope: "row", class: "path" }, name), cells.map((text) => element("td", {}, text)),
    [document.pages, document.figures, document.errors, document.warnings, document.notes].map((number) => element("td", { class: "number" }, grouped(String(number)))),
    element("td", {}, status));
}

function snapshots(list, now) {
  const shown = Number(now.shown) || FIRST_SNAPSHOTS;
  const head = ["Snapshot", "Family", "Edition", "Medium", "Pages", "Figures", "Errors", "Warnings", "Notes", "Status"];
  const more = list.length > shown
    ? element("button", { type: "button", on: { click: () => goOn({ shown: shown + 200 }) } }, `Show more of ${grouped(String(list.length))}`)
    : null;
  return element("section", {}, element("h2", {}, "Snapshots"),
    element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Snapshots" },
      element("table", {}, element("caption", { class: "unseen" }, "Snapshots"),
        element("thead", {}, element("tr", {}, head.map((words, at) => element("th", { scope: "col", class: at >= 4 && at <= 8 ? "number" : null }, words)))),
        element("tbody", {}, list.slice(0, shown).map(snapshotRow)))), more);
}

async function overviewView(now) {
  let findings = [];
  let trouble = null;
  try {
    findings = (await index()).filter((entry) => passesFinding({ ...entry, waived: false }, { ...filtersOf(now), text: "" }));
  } catch {
    trouble = absent("findings");
  }
  const list = documents.filter((document) => passesDocument(document, now) && passesText(document.path, now));
  const first = trouble ? null : await gravest(findings).catch(() => null);
  const read = coverage(now);
  return [
    element("h1", {}, "Overview"),
    filterRow(["publisher", "family", "edition", "indicator", "place", "severity"], now, "Snapshot"),
    trouble,
    tiles(list, findings, now),
    element("h2", {}, "What does not add up"),
    trouble ? null : element("div", { class: "columns" }, element("section", {}, element("h3", {}, "By kind"), kinds(findings, now)), first),
    read.length > 0 ? element("h2", {}, "What was read") : null,
    read.length > 0 ? element("p", { class: "key" }, ["r", "m", "l"].map((letter) => element("span", { class: `state ${STATES[letter][0].split(" ")[0]}` },
      element("span", { "aria-hidden": "true" }, STATES[letter][1] + " "), STATES[letter][0]))) : null,
    read,
    leftAlone(),
    snapshots(list, now),
  ];
}
