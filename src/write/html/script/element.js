// Elements by name, attributes and children. Children that are strings become text, never markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    } else if (name === "css") {
      for (const [property, length] of Object.entries(value)) node.style.setProperty(property, length);
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

// Words for those who listen.
function unseen(words) {
  return element("span", { class: "unseen" }, words);
}

function say(words) {
  document.getElementById("said").textContent = words;
}

// A field with its label.
function labelled(words, field) {
  return element("label", { class: "field" }, element("span", {}, words), field);
}

// A choice among [value, words], or among groups {label, options}.
function choice(options, chosen, change, attributes) {
  const option = ([value, words]) => element("option", { value, selected: value === chosen }, words);
  const entries = options.map((entry) =>
    Array.isArray(entry) ? option(entry) : element("optgroup", { label: entry.label }, entry.options.map(option)));
  const field = element("select", { ...attributes, on: { change: () => change(field.value) } }, entries);
  return field;
}

// Choices that stand side by side, one of them taken.
function tabs(label, options, chosen, change) {
  const button = ([value, words]) =>
    element("button", { type: "button", "aria-pressed": String(value === chosen), on: { click: () => change(value) } }, words);
  return element("div", { class: "tabs", role: "group", "aria-label": label }, options.map(button));
}

// Lets arrow keys walk through the links of a list of which only one is in the order of tabs.
function walkable(list, selector) {
  const items = () => [...list.querySelectorAll(selector)];
  const all = items();
  if (all.length === 0) return;
  const chosen = all.find((item) => item.getAttribute("aria-current")) || all[0];
  for (const item of all) item.setAttribute("tabindex", item === chosen ? "0" : "-1");
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea")) return;
    const now = items();
    const at = now.indexOf(event.target.closest(selector));
    if (at < 0) return;
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: now.length - 1 };
    const to = steps[event.key];
    if (to === undefined || !now[to]) return;
    event.preventDefault();
    now[at].setAttribute("tabindex", "-1");
    now[to].setAttribute("tabindex", "0");
    now[to].focus();
  });
}
