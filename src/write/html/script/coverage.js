// Editions down, promised figures across: what was read, what is missing, what is lost in a picture.

const STATES = { r: ["read", "\u25cf"], m: ["missing", "\u2715"], l: ["lost in a picture", "\u25a8"], " ": ["not promised", ""] };
// More editions than this are summed up by year, each to be opened.
const MOST_ROWS = 100;

function stateCell(document, letter, rule) {
  const [words, sign] = STATES[letter];
  const cell = element("td", { class: `state ${words.split(" ")[0]}` });
  if (letter === " ") return cell;
  const content = [element("span", { "aria-hidden": "true" }, sign), unseen(words)];
  const label = `${rule}: ${words}`;
  cell.append(letter === "r"
    ? element("span", { title: label }, content)
    : element("a", { href: addressOf("document", { document: document.path, rule }), title: label }, content));
  return cell;
}

function documentRow(document, rules) {
  const letters = [...document.promises];
  const name = element("a", { href: addressOf("document", { document: document.path }), title: document.path }, document.edition || "?", " ", element("span", { class: "faint" }, document.medium));
  return element("tr", {}, element("th", { scope: "row" }, name), element("td", { class: "number" }, grouped(String(document.figures))),
    rules.map((rule, at) => stateCell(document, letters[at], rule)));
}

function yearRows(year, list, rules, open) {
  const cell = (rule, at) => {
    const promised = list.filter((document) => document.promises[at] !== " ").length;
    const read = list.filter((document) => document.promises[at] === "r").length;
    const whole = promised === read;
    return element("td", { class: promised === 0 ? "state not" : whole ? "state read" : "state missing", title: rule },
      promised === 0 ? "" : whole ? element("span", {}, "\u25cf", unseen("all read")) : `${read}/${promised}`);
  };
  const figures = list.reduce((sum, document) => sum + document.figures, 0);
  const button = element("button", { type: "button", class: "plain", "aria-expanded": String(open), on: { click: () => go({ year: open ? "" : year }) } },
    `${open ? "\u25be" : "\u25b8"} ${year}, ${counted(list.length, "snapshot")}`);
  const row = element("tr", { class: "year" }, element("th", { scope: "row" }, button), element("td", { class: "number" }, grouped(String(figures))), rules.map(cell));
  return open ? [row, ...list.map((document) => documentRow(document, rules))] : [row];
}

function coverageTable(family, list, now) {
  const rules = family.rules;
  const head = element("tr", {}, element("th", { scope: "col" }, "Edition"), element("th", { scope: "col", class: "number" }, "Figures"),
    rules.map((rule) => element("th", { scope: "col", class: "turned" }, element("span", {}, rule.replaceAll("-", " ")))));
  let rows;
  if (list.length > MOST_ROWS) {
    const years = new Map();
    for (const document of list) {
      const year = document.edition.slice(0, 4) || "?";
      years.set(year, [...(years.get(year) || []), document]);
    }
    rows = [...years].flatMap(([year, held]) => yearRows(year, held, rules, now.year === year));
  } else {
    rows = list.map((document) => documentRow(document, rules));
  }
  const title = element("caption", { class: "unseen" }, `Promised figures of ${family.name}, by edition`);
  return element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": `Coverage of ${family.name}` },
    element("table", { class: "coverage" }, title, element("thead", {}, head), element("tbody", {}, rows)));
}

function coverage(now) {
  const sections = overview.families.map((family, number) => {
    const list = documents.filter((document) => document.family === number && document.promises !== "" && passesDocument(document, now));
    if (list.length === 0) return null;
    list.sort((one, other) => (one.edition < other.edition ? -1 : one.edition > other.edition ? 1 : one.number - other.number));
    const letters = list.map((document) => document.promises).join("");
    const count = (letter) => letters.split(letter).length - 1;
    const words = `${counted(list.length, "snapshot")}: ${counted(count("r"), "promised figure")} read, ${grouped(String(count("m")))} missing, ${grouped(String(count("l")))} lost in a picture`;
    return element("section", {}, element("h3", {}, family.name), element("p", { class: "faint" }, words), coverageTable(family, list, now));
  });
  return sections.filter((section) => section !== null);
}
