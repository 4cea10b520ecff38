// Series: any indicator over editions, by area or by origin, as lines, ranked bars and a table.

// Lines that can be told apart.
const MOST_LINES = 7;
const FIRST_PERIODS = 36;

const series = overview.series.map((row) => {
  const [file, publisher, indicator, statistic, unit, areas, origins, editions] = row;
  return { file, key: `${publisher}/${indicator}/${statistic}`, publisher, indicator, statistic, unit, areas, origins, editions };
});

function valuesOf(held, one) {
  return held.rows.map((row) => {
    const [area, origin, sex, group, start, end, baseStart, baseEnd, family, edition, vintage, value, low, high, qualifier, printed, document, id, mentions, severity] = row;
    return {
      area, origin, sex, group, start, end, baseStart, baseEnd, family, edition, vintage, value, low, high, qualifier, printed, document, id, mentions, severity,
      statistic: one.statistic, kind: periodKind(start, end), whom: [sex, group].filter((word) => word).join(" "), day: dayNumber(end),
    };
  });
}

function most(values, word) {
  const counts = new Map();
  for (const value of values) counts.set(value[word], (counts.get(value[word]) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([key]) => key);
}

// The taken choice, if it is among those there are.
function taken(wanted, choices, usual) {
  return choices.includes(wanted) ? wanted : usual;
}

// Values to lines: by key, then period, then edition.
function linesOf(values, by) {
  const lines = new Map();
  for (const value of values) {
    const key = value[by];
    const line = lines.get(key) || { key, name: key === "" ? "All" : placeName(key), periods: new Map() };
    lines.set(key, line);
    // A change since last year and one since last month are two figures.
    const when = `${value.end} ${value.start} ${value.baseStart}`;
    const held = line.periods.get(when) || { start: value.start, end: value.end, vintages: [] };
    line.periods.set(when, held);
    held.vintages.push(value);
  }
  for (const line of lines.values()) {
    line.periods = [...line.periods.values()].sort((one, other) => (one.end < other.end ? -1 : one.end > other.end ? 1 : 0));
    for (const held of line.periods) held.vintages.sort((one, other) => one.vintage - other.vintage || width(other) - width(one));
    line.last = Number(line.periods.at(-1).vintages.at(-1).value);
  }
  return [...lines.values()].sort((one, other) => other.last - one.last || (one.name < other.name ? -1 : 1));
}

// What the printed precision leaves open; of the values that an edition prints, the one that says most stands last.
function width(value) {
  return Number(value.high) - Number(value.low);
}

// Values that cannot be the last one, rounded otherwise.
function before(held) {
  const latest = held.vintages.at(-1);
  return held.vintages.filter((one) => Number(one.low) > Number(latest.high) || Number(one.high) < Number(latest.low));
}

function cell(held) {
  if (!held) return element("td", {});
  const latest = held.vintages.at(-1);
  const others = before(held).map((one) => `${one.vintage < latest.vintage ? "was" : "also"} ${amount(one.value, one.statistic)}`);
  const doubt = latest.severity !== null && latest.severity < 2 ? SEVERITIES[latest.severity] : "";
  const words = amount(latest.value, latest.statistic);
  return element("td", { class: `number ${doubt}` },
    element("a", { href: addressOf("document", { document: documents[latest.document].path, figure: latest.id }), title: `${interval(latest.low, latest.high, latest.statistic)}, ${latest.edition} edition` },
      latest.qualifier === "about" ? "c. " : latest.qualifier === "over" ? "> " : latest.qualifier === "under" ? "< " : "", words),
    doubt ? unseen(latest.severity === 0 ? " contradicted" : " to be looked at") : null,
    others.length > 0 ? element("span", { class: "before" }, ` ${[...new Set(others)].join(", ")}`) : null);
}

function seriesTable(lines, now, caption) {
  const periods = new Map();
  for (const line of lines) {
    for (const held of line.periods) periods.set(`${held.end} ${held.start}`, held);
  }
  const rows = [...periods].sort((one, other) => (one[0] < other[0] ? 1 : -1));
  const shown = Number(now.shown) || FIRST_PERIODS;
  const head = element("tr", {}, element("th", { scope: "col" }, "Period"), lines.map((line) => element("th", { scope: "col", class: "number" }, line.name)));
  const body = rows.slice(0, shown).map(([, held]) => element("tr", {}, element("th", { scope: "row" }, period(held.start, held.end)),
    lines.map((line) => cell(line.periods.find((one) => one.end === held.end && one.start === held.start)))));
  return [
    element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Values" },
      element("table", { class: "values" }, element("caption", { class: "unseen" }, caption), element("thead", {}, head), element("tbody", {}, body))),
    rows.length > shown ? element("button", { type: "button", on: { click: () => goOn({ shown: shown + 120 }) } }, `Show more of ${rows.length} periods`) : null,
  ];
}

// What is shown, as a file; text that a spreadsheet would reckon with is kept text.
function csvOf(lines, one) {
  const columns = ["area", "origin", "sex", "group", "start", "end", "baseStart", "baseEnd", "edition", "vintage", "value", "low", "high", "qualifier", "document", "id"];
  const header = ["publisher", "indicator", "statistic", "unit", "area", "origin", "sex", "group", "period_start", "period_end", "base_start", "base_end",
    "edition", "vintage", "value", "low", "high", "qualifier", "document", "id"];
  const text = (value) => {
    const plain = String(value);
    const safe = /^[=+@\t\r-]/.test(plain) && Number.isNaN(Number(plain)) ? `'${plain}` : plain;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = lines.flatMap((line) => line.periods).flatMap((held) => held.vintages).map((value) =>
    [one.publisher, one.indicator, one.statistic, one.unit, ...columns.map((name) => (name === "document" ? documents[value.document].path : value[name]))].map(text).join(","));
  return [header.join(","), ...rows, ""].join("\n");
}

function download(text, name) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function seriesChoice(now, one) {
  const groups = distinct(series.map((entry) => entry.publisher)).map((publisher) => ({
    label: publisher,
    options: series.filter((entry) => entry.publisher === publisher).map((entry) => [entry.key, seriesName(entry.indicator, entry.statistic)]),
  }));
  return choice(groups, one.key, (key) => go({ series: key, by: "", of: "", whom: "", kind: "", lines: "", at: "", form: "", shown: "" }), { name: "series" });
}

// Which series is meant: the one of the address, else one of the filtered publisher and indicator that most editions print.
function chosenSeries(now) {
  const named = series.find((entry) => entry.key === now.series);
  if (named) return named;
  const fits = series.filter((entry) => (!now.publisher || entry.publisher === now.publisher) && (!now.indicator || entry.indicator === now.indicator));
  return [...(fits.length > 0 ? fits : series)].sort((one, other) => other.editions - one.editions || (one.statistic < other.statistic ? -1 : 1))[0];
}

async function seriesView(now) {
  const title = element("h1", {}, "Series");
  if (series.length === 0) return [title, element("p", {}, "No figure was read.")];
  const one = chosenSeries(now);
  let all;
  try {
    all = valuesOf(await load(one.file), one);
  } catch {
    return [title, absent(one.file)];
  }
  const byOrigin = all.some((value) => value.origin !== "");
  const byArea = all.some((value) => value.origin === "");
  const by = taken(now.by, [...(byArea ? ["area"] : []), ...(byOrigin ? ["origin"] : [])], byArea ? "area" : "origin");
  const other = by === "area" ? "origin" : "area";
  let values = all.filter((value) => (by === "area" ? value.origin === "" : value.origin !== ""));
  const ofs = by === "area" ? [""] : most(values, "area");
  const of = taken(now.of, ofs, ofs[0]);
  values = values.filter((value) => value[other] === of);
  const whoms = most(values, "whom").sort();
  const whom = taken(now.whom || "", whoms, whoms[0]);
  values = values.filter((value) => value.whom === whom);
  const kinds = most(values, "kind");
  const kind = taken(now.kind, kinds, kinds[0]);
  values = values.filter((value) => value.kind === kind);
  const lines = linesOf(values, by);
  const ends = distinct(values.map((value) => value.end)).reverse();
  const form = taken(now.form, ["lines", "bars"], by === "origin" || ends.length < 2 ? "bars" : "lines");
  const at = taken(now.at, ends, ends[0]);
  const wanted = (now.lines || "").split(" ").filter((key) => lines.some((line) => line.key === key));
  const usual = now.place && lines.some((line) => line.key === now.place) ? [now.place] : lines.slice(0, MOST_LINES).map((line) => line.key);
  const keys = wanted.length > 0 ? wanted : usual;
  const shown = form === "lines" ? lines.filter((line) => keys.includes(line.key)) : lines;

  const known = overview.indicators[one.indicator] || {};
  const picture = element("figure", { class: "picture" });
  const width = Math.max(320, Math.min(1100, document.getElementById("content").clientWidth - 48));
  const endWords = (end) => { const held = values.find((value) => value.end === end); return [end, period(held.start, held.end)]; };
  picture.append(...(form === "lines" ? lineChart(shown, kind, width) : barChart(shown, at, width)).filter((part) => part));
  const restated = shown.some((line) => line.periods.some((held) => before(held).length > 0));
  const marked = shown.flatMap((line) => line.periods).filter((held) => form === "lines" || held.end === at).flatMap((held) => [...before(held), held.vintages.at(-1)]);
  const doubted = marked.filter((value) => value.severity === 0).length;
  picture.append(element("figcaption", {},
    `Source: ${one.publisher}, ${counted(new Set(values.map((value) => `${value.family} ${value.edition}`)).size, "edition")}. `,
    values.some((value) => value.low !== value.high) ? "Thin bars show what the printed precision leaves open. " : "",
    restated ? (form === "lines" ? "Hollow points are other values printed for the same period. " : "Upright strokes are other values printed for the same period. ") : "",
    doubted > 0 ? `${counted(doubted, "value")} contradicted, marked red. ` : ""));
  const toggle = (key) => {
    const next = keys.includes(key) ? keys.filter((held) => held !== key) : [...keys, key];
    go({ lines: lines.map((line) => line.key).filter((held) => next.includes(held)).join(" ") });
  };
  const boxes = form === "lines" && lines.length > 1
    ? element("fieldset", { class: "lines" }, element("legend", {}, "Lines"), lines.map((line) => element("label", {},
      element("input", { type: "checkbox", checked: keys.includes(line.key), on: { change: () => toggle(line.key) } }), line.name)))
    : null;
  const name = `${one.publisher}-${one.indicator}-${one.statistic}.csv`.toLowerCase();
  return [
    title,
    element("form", { class: "filters", role: "search", "aria-label": "What is shown", on: { submit: (event) => event.preventDefault() } },
      labelled("Series", seriesChoice(now, one)),
      byArea && byOrigin ? labelled("Compare", choice([["area", "areas"], ["origin", "origins"]], by, (value) => go({ by: value, of: "", lines: "", form: "", at: "", shown: "" }), { name: "by" })) : null,
      ofs.length > 1 ? labelled("Area", choice(ofs.map((code) => [code, placeName(code)]), of, (value) => go({ of: value, lines: "", at: "" }), { name: "of" })) : null,
      whoms.length > 1 ? labelled("Group", choice(whoms.map((word) => [word, word || "all persons"]), whom, (value) => go({ whom: value, lines: "" }), { name: "whom" })) : null,
      kinds.length > 1 ? labelled("Periods", choice(kinds.map((word) => [word, PERIOD_KINDS[word]]), kind, (value) => go({ kind: value, at: "", shown: "" }), { name: "kind" })) : null,
      form === "bars" && ends.length > 1 ? labelled("Period", choice(ends.map(endWords), at, (value) => go({ at: value }), { name: "at" })) : null),
    element("h2", {}, seriesName(one.indicator, one.statistic), by === "origin" ? `, ${placeName(of)}` : "", whom ? ` (${whom})` : ""),
    known.definition ? element("p", { class: "definition" }, known.definition, known.additive === false ? ` Not added up: ${known.why}.` : "") : null,
    element("div", { class: "tools" }, tabs("Form", [["lines", "Lines"], ["bars", "Ranked bars"]], form, (value) => go({ form: value })),
      element("button", { type: "button", id: "download", on: { click: () => download(csvOf(shown, one), name) } }, "Download as CSV")),
    picture,
    boxes,
    seriesTable(form === "lines" ? shown : lines.slice(0, 24), now, seriesName(one.indicator, one.statistic)),
  ];
}
