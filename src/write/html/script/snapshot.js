// A snapshot as published, with a link on every figure: drawn pages with boxes, or text and inert structure.

function figureOf(row) {
  const [id, indicator, statistic, area, origin, sex, group, start, end, baseStart, baseEnd, value, unit, qualifier, low, high, place, quote, context, method, rule, footnotes] = row;
  return { id, indicator, statistic, area, origin, sex, group, start, end, baseStart, baseEnd, value, unit, qualifier, low, high, place, quote, context, method, rule, footnotes };
}

// What a figure measures, in a few words.
function figureWords(figure) {
  const whom = [placeName(figure.area), figure.origin ? placeName(figure.origin) : "", { M: "male", F: "female" }[figure.sex], figure.group];
  return `${seriesName(figure.indicator, figure.statistic)}, ${whom.filter((word) => word).join(", ")}`;
}

// All marks of a snapshot: figures first, then other places that findings are about.
function marksOf(record, findings, number) {
  const figures = record.figures.map(figureOf);
  const worst = new Map();
  for (const finding of findings) {
    for (const [document, place] of finding.places) {
      if (document !== number || finding.waived !== undefined) continue;
      const key = place.join(" ");
      worst.set(key, Math.min(worst.has(key) ? worst.get(key) : 2, finding.severity));
    }
  }
  const severity = (place) => { const held = worst.get(place.join(" ")); return held === undefined ? "" : SEVERITIES[held]; };
  return [
    ...figures.map((figure) => ({ figure, place: figure.place, quote: figure.quote, words: figureWords(figure), severity: severity(figure.place) })),
    ...record.places.map(([place, quote]) => ({ figure: null, place, quote, words: "no figure", severity: severity(place) || "note" })),
  ];
}

// Where the link on some marks leads.
function markAddress(now, marks) {
  const first = marks.find((mark) => mark.figure) || marks[0];
  return addressOf("document", { document: now.document, figure: first.figure ? first.figure.id : "", at: first.figure ? "" : first.place.join(" ") });
}

function markAttributes(now, marks, pointed) {
  const severity = SEVERITIES.find((word) => marks.some((mark) => mark.severity === word)) || "";
  const isPointed = marks.some((mark) => pointed.has(mark.place.join(" ")));
  const isChosen = marks.some((mark) => mark.figure ? mark.figure.id === now.figure : now.at === mark.place.join(" "));
  return {
    class: `mark ${severity} ${isPointed ? "pointed" : ""} ${isChosen ? "chosen" : ""} ${marks.some((mark) => mark.figure) ? "" : "nofigure"}`,
    href: markAddress(now, marks),
    "aria-label": `${marks[0].quote}: ${marks.map((mark) => mark.words).join("; ")}${severity ? `, ${severity}` : ""}`,
    title: marks.map((mark) => mark.words).join("\n"),
    "aria-current": isChosen ? "true" : null,
    "data-at": marks[0].place.join(" "),
  };
}

function pageView([number, width, height, picture], marks, now, pointed) {
  const here = new Map();
  for (const mark of marks.filter((one) => one.place[0] === number)) {
    const key = mark.place.join(" ");
    here.set(key, [...(here.get(key) || []), mark]);
  }
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(3)}%`;
  const boxes = [...here.values()].map((held) => {
    const [, x0, top, x1, bottom] = held[0].place;
    return element("a", {
      ...markAttributes(now, held, pointed),
      css: { left: percent(x0 - 1, width), top: percent(top - 1, height), width: percent(x1 - x0 + 2, width), height: percent(bottom - top + 2, height) },
    }, picture ? "" : element("span", { "aria-hidden": "true" }, held[0].quote));
  });
  const paper = picture
    ? element("img", { src: `pages/${encodeURIComponent(picture)}`, alt: `Page ${number} as drawn`, width: Math.round(width), height: Math.round(height), loading: "lazy" })
    : element("div", { class: "blank", css: { "padding-top": percent(height, width) } });
  return element("div", { class: "paper", role: "group", "aria-label": `Page ${number}`, "data-page": number }, paper, boxes);
}

const SHAPES = ["svg", "g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan"];
const WORDS = ["table", "caption", "thead", "tbody", "tfoot", "tr", "td", "p", "blockquote", "pre", "b", "strong", "i", "em", "u", "small", "sup", "sub", "br", "hr", "span", "div"];

// An element of a snapshot by a name from the lists above; no other is made, whatever the data says.
function inert(part, inDrawing) {
  const { is, ...attributes } = part;
  if (inDrawing || is === "svg") {
    return drawing(SHAPES.includes(is) ? is : "g", is === "svg" ? { ...attributes, class: "figure" } : attributes);
  }
  if (is === "heading") return element("p", { class: `heading level${Number(attributes.level)}` });
  if (is === "picture") return element("span", { class: "lost" }, attributes.alt ? `[picture: ${attributes.alt}]` : "[picture]");
  if (is === "th") return element("td", { class: "head", colspan: attributes.colspan, rowspan: attributes.rowspan });
  if (is === "li" || is === "dt" || is === "dd") return element("div", { class: is });
  return element(WORDS.includes(is) ? is : "div", { colspan: attributes.colspan, rowspan: attributes.rowspan });
}

function flowView(record, marks, now, pointed, medium) {
  const root = element("div", { class: `flow ${medium}`, role: "group", "aria-label": medium === "text" ? "The text as published" : "The page as published, without its scripts, styles and pictures" });
  const open = [root];
  let drawings = 0;
  for (const part of record.parts) {
    const around = open.at(-1);
    if (part === 0) {
      const closed = open.pop();
      if (closed.tagName === "svg") drawings -= 1;
    } else if (typeof part === "string") {
      around.append(part);
    } else if (Array.isArray(part)) {
      const [text, ...held] = part;
      const attributes = markAttributes(now, held.map((at) => marks[at]), pointed);
      around.append(drawings > 0 ? drawing("a", attributes, drawing("tspan", {}, text)) : element("a", attributes, text));
    } else {
      const made = inert(part, drawings > 0);
      if (made.tagName === "svg") drawings += 1;
      around.append(made);
      open.push(made);
    }
  }
  return root;
}

function snapshotView(record, marks, now, pointed, medium) {
  const view = record.pages.length > 0
    ? element("div", { class: "papers" }, record.pages.map((page) => pageView(page, marks, now, pointed)))
    : flowView(record, marks, now, pointed, medium);
  walkable(view, "a.mark");
  return view;
}
