// The row of filters over a view, and what passes them.

function passesDocument(document, filters) {
  const family = familyOf(document);
  return (!filters.publisher || (family !== null && family.publisher === filters.publisher))
    && (!filters.family || (family !== null && family.name === filters.family))
    && (!filters.edition || document.edition === filters.edition);
}

function passesText(text, filters) {
  return !filters.text || text.toLowerCase().includes(filters.text.toLowerCase());
}

function passesFinding(entry, filters) {
  return (!filters.severity || SEVERITIES[entry.severity] === filters.severity)
    && (!filters.code || entry.code === filters.code)
    && (!filters.indicator || entry.indicators.includes(filters.indicator))
    && (!filters.place || entry.places.includes(filters.place))
    && (entry.waived === (filters.waived === "yes"))
    && (!(filters.publisher || filters.family || filters.edition)
      || entry.documents.some((number) => passesDocument(documents[number], filters)));
}

function distinct(values) {
  return [...new Set(values)].filter((value) => value !== "" && value !== null && value !== undefined).sort();
}

const OPTIONS = {
  publisher: () => distinct(overview.families.map((family) => family.publisher)).map((name) => [name, name]),
  family: () => overview.families.map((family) => [family.name, family.name]),
  edition: () => distinct(documents.map((document) => document.edition)).reverse().map((name) => [name, name]),
  indicator: () => Object.keys(overview.indicators).map((code) => [code, indicatorName(code)]).sort((one, other) => one[1].localeCompare(other[1])),
  place: () => Object.keys(overview.places).map((code) => [code, placeName(code)]).sort((one, other) => one[1].localeCompare(other[1])),
  severity: () => SEVERITIES.map((name) => [name, name]),
};

const FILTER_WORDS = {
  publisher: "Publisher", family: "Family", edition: "Edition", indicator: "Indicator", place: "Place or origin", severity: "Severity",
};

// Filters by name; `text` is the field that / leads to.
function filterRow(names, now, textWords) {
  const fields = names.map((name) => {
    const options = [["", "all"], ...OPTIONS[name]()];
    return options.length > 2 || now[name]
      ? labelled(FILTER_WORDS[name], choice(options, now[name] || "", (value) => go({ [name]: value, shown: "" }), { name }))
      : null;
  });
  if (textWords) {
    const field = element("input", {
      type: "search", name: "text", id: "filter", value: now.text || "", autocomplete: "off", spellcheck: "false",
      on: { input: () => goOn({ text: field.value, shown: "" }) },
    });
    fields.push(labelled(textWords, field));
  }
  if (FILTERS.some((name) => now[name]) || now.code || now.waived) {
    const none = Object.fromEntries([...FILTERS, "code", "waived", "shown"].map((name) => [name, ""]));
    fields.push(element("button", { type: "button", class: "plain", on: { click: () => go(none) } }, "Clear filters"));
  }
  return element("form", { class: "filters", role: "search", "aria-label": "Filters", on: { submit: (event) => event.preventDefault() } }, fields);
}
