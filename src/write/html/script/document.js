// One snapshot: the page as published on one side, its findings and figures on the other.

function siblings(number) {
  const here = documents[number];
  if (here.family === null) return [];
  return documents.filter((one) => one.family === here.family && one.edition === here.edition && one.file !== null);
}

// The editions before and after, of the same medium where there is one.
function neighbours(here) {
  if (here.family === null) return [null, null];
  const editions = distinct(documents.filter((one) => one.family === here.family && one.file !== null).map((one) => one.edition));
  const at = editions.indexOf(here.edition);
  return [editions[at - 1], editions[at + 1]].map((edition) => {
    const held = documents.filter((one) => one.family === here.family && one.edition === edition && one.file !== null);
    return held.find((one) => one.medium === here.medium) || held[0] || null;
  });
}

function documentLink(document, words, attributes) {
  return element("a", { href: addressOf("document", { document: document.path }), title: document.path, ...attributes }, words);
}

function headOf(here) {
  const family = familyOf(here);
  const [before, after] = neighbours(here);
  const others = siblings(here.number);
  return [
    element("h1", {}, family ? `${family.publisher}, ${here.edition || "edition unknown"}` : fileName(here.path)),
    element("p", { class: "path" }, here.path, " ", element("span", { class: "faint" }, `${here.medium}, ${counted(here.figures, "figure")}`, family ? `, ${family.name}` : ", of no known family")),
    element("nav", { class: "editions", "aria-label": "Editions" },
      before ? documentLink(before, `\u2190 ${before.edition}`, { rel: "prev" }) : null,
      others.length > 1 ? others.map((one) => documentLink(one, others.filter((other) => other.medium === one.medium).length > 1 ? fileName(one.path) : one.medium,
        { "aria-current": one.number === here.number ? "page" : null })) : null,
      after ? documentLink(after, `${after.edition} \u2192`, { rel: "next" }) : null),
  ];
}

function figureDetails(figure, findings) {
  const known = overview.indicators[figure.indicator] || {};
  const at = figure.context.indexOf(figure.quote);
  const context = figure.context === "" ? null : at < 0 ? element("q", {}, figure.context)
    : quoted(figure.context.slice(0, at), figure.quote, figure.context.slice(at + figure.quote.length));
  const rows = [
    ["Measures", [figureWords(figure)]],
    ["Period", [period(figure.start, figure.end), figure.baseStart ? `, against ${period(figure.baseStart, figure.baseEnd)}` : ""]],
    ["Value", [`${grouped(figure.value)} ${figure.unit.replaceAll("_", " ")}`, figure.qualifier ? ` (${figure.qualifier})` : ""]],
    ["Stands for", [interval(figure.low, figure.high, figure.statistic)]],
    ["Definition", known.definition ? [known.definition] : []],
    ["Context", context ? [context] : []],
    ["Place", [placeWords(figure.place, figure.place.length === 5)]],
    ["Read as", [`${figure.method}, rule ${figure.rule}`]],
    ["Footnotes", figure.footnotes.flatMap((footnote, number) => [number > 0 ? "; " : "", footnote])],
    ["Findings", findings.filter((finding) => finding.places.some((place) => place[5] === figure.id)).map((finding) =>
      element("a", { href: addressOf("document", { ...address(), finding: finding.fingerprint, at: "" }) }, severityMark(finding.severity), " ", finding.code))],
  ].filter(([, content]) => content.length > 0);
  const shown = addressOf("series", { series: `${(familyOf(documents.find((one) => one.path === address().document)) || {}).publisher}/${figure.indicator}/${figure.statistic}`, by: figure.origin ? "origin" : "area", of: figure.origin ? figure.area : "", kind: periodKind(figure.start, figure.end) });
  return element("section", { class: "chosen-figure", "aria-label": "The figure" },
    element("h2", {}, figure.quote),
    element("dl", {}, rows.map(([name, content]) => element("div", {}, element("dt", {}, name), element("dd", {}, content)))),
    element("p", {}, element("a", { href: shown }, "See its series")));
}

function figureRow(figure, now, severity) {
  const chosen = figure.id === now.figure;
  const to = addressOf("document", { ...now, figure: chosen ? "" : figure.id, at: "" });
  return element("tr", { class: chosen ? "chosen" : null },
    element("td", { class: "number" }, element("a", { class: "figure", href: to, "aria-current": chosen ? "true" : null }, figure.quote)),
    element("td", {}, severity ? severityMark(SEVERITIES.indexOf(severity)) : null, severity ? " " : null, figureWords(figure)),
    element("td", {}, period(figure.start, figure.end)));
}

function figuresPart(marks, now) {
  const held = marks.filter((mark) => mark.figure);
  if (held.length === 0) return element("section", {}, element("h2", {}, "Figures (0)"), element("p", {}, "None was read."));
  const list = held.filter(({ figure, words }) => (!now.indicator || figure.indicator === now.indicator)
    && (!now.place || figure.area === now.place || figure.origin === now.place)
    && (!now.rule || figure.rule === now.rule)
    && passesText(`${figure.quote} ${words} ${period(figure.start, figure.end)} ${figure.rule}`, now));
  const indicators = distinct(held.map(({ figure }) => figure.indicator)).map((code) => [code, indicatorName(code)]);
  const field = element("input", { type: "search", name: "text", id: "filter", value: now.text || "", autocomplete: "off", spellcheck: "false", on: { input: () => goOn({ text: field.value }) } });
  const body = element("tbody", {}, list.map((mark) => figureRow(mark.figure, now, mark.severity)));
  walkable(body, "a.figure");
  return element("section", {}, element("h2", {}, `Figures (${list.length === held.length ? held.length : `${list.length} of ${held.length}`})`),
    element("form", { class: "filters", role: "search", "aria-label": "Figures", on: { submit: (event) => event.preventDefault() } },
      labelled("Words", field),
      indicators.length > 1 ? labelled("Indicator", choice([["", "all"], ...indicators], now.indicator || "", (value) => go({ indicator: value }), { name: "indicator" })) : null,
      now.rule ? element("button", { type: "button", class: "plain", on: { click: () => go({ rule: "" }) } }, `Rule ${now.rule} \u2715`) : null),
    list.length === 0 ? element("p", {}, "No such figure.") : element("table", { class: "figures" },
      element("thead", {}, element("tr", {}, ["Printed", "Measures", "Period"].map((words) => element("th", { scope: "col" }, words)))), body));
}

function findingsPart(findings, now) {
  const order = [...findings].sort((one, other) => one.severity - other.severity);
  const items = order.map((finding) => {
    const open = finding.fingerprint === now.finding;
    const to = addressOf("document", { ...now, finding: open ? "" : finding.fingerprint, at: "", figure: "" });
    return element("li", { class: `finding ${SEVERITIES[finding.severity]} ${open ? "open" : ""}` }, open
      ? [findingCard(finding, "h3"), element("p", {}, element("a", { class: "finding-link", href: to, "aria-current": "true" }, "Close"))]
      : element("a", { class: "finding-link", href: to }, severityMark(finding.severity), " ", finding.message));
  });
  const list = element("ol", { class: "findings" }, items);
  walkable(list, "a.finding-link");
  return element("section", {}, element("h2", {}, `Findings (${findings.length})`), items.length === 0 ? element("p", {}, "None.") : list);
}

async function documentView(now) {
  const here = documents.find((one) => one.path === now.document) || (now.document ? null : documents.find((one) => one.file !== null));
  if (!here) return [element("h1", {}, "Document"), element("p", { class: "notice" }, now.document ? `No snapshot ${now.document} was read.` : "No snapshot was read.")];
  if (!now.document) now = { ...now, document: here.path };
  if (here.file === null) {
    const original = here.original === null ? null : documents[here.original];
    return [element("h1", {}, fileName(here.path)), element("p", { class: "notice" }, original
      ? ["It is the same, byte by byte, as ", documentLink(original, original.path), "."]
      : ["It could not be read. ", element("a", { href: addressOf("findings", { text: here.path }) }, "Why not")])];
  }
  let held;
  try {
    held = await snapshot(here.number);
  } catch {
    return [headOf(here), absent(overview.files[here.file])];
  }
  const { record, findings } = held;
  const marks = marksOf(record, findings, here.number);
  const finding = findings.find((one) => one.fingerprint === now.finding);
  const pointed = new Set(finding ? finding.places.filter(([number]) => number === here.number).map(([, place]) => place.join(" ")) : []);
  const figure = marks.map((mark) => mark.figure).find((one) => one && one.id === now.figure);
  return [
    headOf(here),
    element("div", { class: "sides" },
      element("section", { class: "shown", tabindex: "0", "aria-label": "The page as published" },
        record.left_out ? element("p", { class: "notice" }, `Not all is shown: ${record.left_out}.`) : null,
        snapshotView(record, marks, now, pointed, here.medium)),
      element("div", { class: "told", tabindex: "0", role: "region", "aria-label": "What was read" },
        figure ? figureDetails(figure, findings) : null,
        findingsPart(findings, now),
        figuresPart(marks, now))),
  ];
}

// Words in a drawing know no frame: a box is drawn behind them.
function boxWords() {
  for (const mark of document.querySelectorAll(".flow svg a.mark")) {
    const text = mark.closest("text");
    if (!text) continue;
    const { x, y, width, height } = mark.firstChild.getBBox();
    const box = drawing("rect", { class: mark.getAttribute("class").replace("mark", "boxed"), x: x - 1, y, width: width + 2, height, rx: 1, transform: text.getAttribute("transform") });
    text.parentNode.insertBefore(box, text);
  }
}

// After the view stands there: the place that is meant comes into sight.
function toPlace(now) {
  boxWords();
  const at = now.at && document.querySelector(`.shown [data-at="${CSS.escape(now.at)}"]`);
  const mark = at || document.querySelector(".shown .chosen") || document.querySelector(".shown .pointed");
  // Only the side with the page is moved: the rest stays where the reader left it.
  const side = document.querySelector(".shown");
  if (mark) {
    const [place, frame] = [mark.getBoundingClientRect(), side.getBoundingClientRect()];
    side.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
    side.scrollLeft += Math.min(0, place.left - frame.left - 8) + Math.max(0, place.right - frame.right + 24);
  }
  const told = document.querySelector(".told .finding.open") || document.querySelector(".told .chosen");
  if (told && !document.querySelector(".told .chosen-figure")) {
    const list = document.querySelector(".told");
    if (getComputedStyle(list).overflowY === "auto") list.scrollTop = told.offsetTop - 12;
  }
}
