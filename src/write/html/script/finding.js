// A finding as it is told everywhere: its sentence, the reckoning behind it, its places, what to do.

function severityMark(severity) {
  return element("span", { class: `severity ${SEVERITIES[severity]}` }, SEVERITIES[severity]);
}

// The address at which a finding is seen on the page.
function findingAddress(finding, number, words) {
  return addressOf("document", { document: documents[number].path, finding: finding.fingerprint, ...words });
}

// The document to open first.
function firstDocument(finding) {
  const place = finding.places.find(([number]) => typeof number === "number" && documents[number].file !== null);
  return place ? place[0] : finding.documents.find((number) => typeof number === "number" && documents[number].file !== null);
}

function reckoning(finding) {
  if (finding.sum.length === 0) return null;
  const line = ([label, figure, role]) => element("tr", { class: role }, element("th", { scope: "row" }, label), element("td", {}, figure));
  return element("table", { class: "reckoning" }, element("caption", {}, "The reckoning"), element("tbody", {}, finding.sum.map(line)));
}

function quoted(before, quote, after) {
  return element("q", {}, before.length > 200 ? "\u2026" + before.slice(-200) : before, element("mark", {}, quote),
    after.length > 200 ? after.slice(0, 200) + "\u2026" : after);
}

function placeItem(finding, [number, place, quote, before, after]) {
  if (typeof number !== "number") return element("li", {}, number, " ", quoted(before, quote, after));
  const document = documents[number];
  const words = `${fileName(document.path)}, ${placeWords(place, document.medium === "PDF")}`;
  const address = findingAddress(finding, number, { at: place.join(" ") });
  return element("li", {}, document.file === null ? words : element("a", { href: address }, words), " ", quoted(before, quote, after));
}

// All of a finding, in one piece.
function findingCard(finding, heading) {
  const level = ["form of one snapshot", "within one snapshot", "between editions", "between publishers"][finding.level];
  const many = finding.places.length > 4;
  const list = element("ol", { class: "places" }, finding.places.map((place) => placeItem(finding, place)),
    finding.more > 0 ? element("li", {}, `and ${counted(finding.more, "more place")}`) : null);
  return [
    element("p", { class: "kind" }, severityMark(finding.severity), " ", element("code", {}, finding.code), " \u00b7 ", level),
    element(heading, { class: "message" }, finding.message),
    finding.waived === undefined ? null : element("p", { class: "waived" }, "Waived: ", finding.waived),
    reckoning(finding),
    finding.expected && finding.sum.length === 0
      ? element("p", { class: "expected" }, "Printed ", element("b", {}, finding.printed), ", expected ", element("b", {}, finding.expected))
      : null,
    finding.help ? element("p", { class: "help" }, "What to do: ", finding.help) : null,
    many ? element("details", {}, element("summary", {}, counted(finding.places.length + finding.more, "place")), list) : list,
    element("p", { class: "faint" }, "Fingerprint ", element("code", {}, finding.fingerprint)),
  ];
}
