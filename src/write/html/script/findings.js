// The list of findings.

// Findings listed before one asks for more.
const FIRST_FINDINGS = 30;

async function findingsView(now) {
  const row = filterRow(["severity", "publisher", "family", "edition", "indicator", "place"], now, "Words");
  let list;
  try {
    list = (await index()).filter((entry) => passesFinding(entry, { ...filtersOf(now), code: now.code, waived: now.waived, text: "" }));
  } catch {
    return [element("h1", {}, "Findings"), absent("findings")];
  }
  let found = await records(now.text ? list : list.slice(0, Number(now.shown) || FIRST_FINDINGS));
  let number = list.length;
  if (now.text) {
    const all = found.filter((finding) => passesText(`${finding.message} ${finding.code} ${finding.documents.map((at) => (documents[at] || { path: at }).path).join(" ")}`, now));
    number = all.length;
    found = all.slice(0, Number(now.shown) || FIRST_FINDINGS);
  }
  const items = found.map((finding) => {
    const document = firstDocument(finding);
    const to = document === undefined ? null
      : element("a", { class: "open", href: findingAddress(finding, document) }, "See it on the page", unseen(`: ${finding.message}`));
    return element("li", { class: `finding ${SEVERITIES[finding.severity]}` }, findingCard(finding, "h2"), to);
  });
  const ordered = element("ol", { class: "findings" }, items);
  const more = number > found.length
    ? element("button", { type: "button", on: { click: () => goOn({ shown: found.length + 100 }) } }, `Show more of ${grouped(String(number))}`)
    : null;
  walkable(ordered, "a.open");
  const words = counted(number, now.waived === "yes" ? "waived finding" : "finding");
  say(words);
  return [
    element("h1", {}, now.code ? codeName(now.code) : "Findings"),
    row,
    element("p", { class: "count" }, words, number > found.length ? `, the first ${found.length} shown` : ""),
    ordered,
    more,
  ];
}
