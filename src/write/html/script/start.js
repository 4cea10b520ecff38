// From address to view, and the keys that work everywhere.

const VIEWS = { overview: ["Overview", overviewView], findings: ["Findings", findingsView], series: ["Series", seriesView], document: ["Document", documentView] };

let turn = 0;
let shownView = "";

async function show() {
  const now = address();
  const hash = location.hash;
  const view = Object.hasOwn(VIEWS, now.view) ? now.view : "overview";
  turn += 1;
  const mine = turn;
  const content = document.getElementById("content");
  const focus = focusName();
  let parts;
  try {
    parts = await VIEWS[view][1](now);
  } catch (error) {
    parts = [element("h1", {}, VIEWS[view][0]), element("p", { class: "notice" }, `This cannot be shown: ${error.message}`)];
  }
  // What was asked for since then comes first.
  if (mine !== turn) return;
  const scroll = [document.querySelector(".told"), document.querySelector(".shown")].map((side) => (side ? side.scrollTop : 0));
  const same = shownView === `${view} ${now.document || ""}`;
  content.setAttribute("data-view", view);
  content.replaceChildren(...parts.flat(Infinity).filter((part) => part));
  if (same) [document.querySelector(".told"), document.querySelector(".shown")].forEach((side, at) => { if (side) side.scrollTop = scroll[at]; });
  else scrollTo(0, 0);
  document.title = `${VIEWS[view][0]} \u00b7 Figures and findings`;
  navigation(view, now);
  if (view === "document") toPlace(now);
  if (!focusAgain(focus) && shownView !== "" && !same) content.focus({ preventScroll: true });
  shownView = `${view} ${now.document || ""}`;
  content.setAttribute("data-ready", String(mine));
  content.setAttribute("data-address", hash);
}

function navigation(view, now) {
  const kept = filtersOf(now);
  delete kept.text;
  document.getElementById("views").replaceChildren(...Object.entries(VIEWS).map(([name, [words]]) =>
    element("a", { href: addressOf(name, name === "document" ? {} : kept), "aria-current": name === view ? "page" : null }, words)));
}

// What has the focus, by what it is after the view was made anew.
function focusName() {
  const held = document.activeElement;
  if (!held || !document.getElementById("content").contains(held)) return null;
  if (held.name) return { selector: `[name="${CSS.escape(held.name)}"]`, at: held.selectionStart };
  if (held.id) return { selector: `#${CSS.escape(held.id)}` };
  const link = held.closest("a[data-at]");
  if (link) return { selector: `a[data-at="${CSS.escape(link.getAttribute("data-at"))}"]` };
  if (held.matches("a.figure")) return { selector: "a.figure[aria-current]" };
  if (held.matches("a.finding-link")) return { selector: "a.finding-link[aria-current]" };
  return null;
}

function focusAgain(name) {
  const held = name && document.getElementById("content").querySelector(name.selector);
  if (!held) return false;
  held.focus({ preventScroll: true });
  if (typeof name.at === "number" && held.setSelectionRange) held.setSelectionRange(name.at, name.at);
  return true;
}

function theme(name) {
  const dark = name ? name === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-theme", dark ? "dark" : "light");
  const button = document.getElementById("theme");
  button.textContent = dark ? "Light" : "Dark";
  button.setAttribute("aria-label", dark ? "Light colours" : "Dark colours");
  return dark ? "dark" : "light";
}

// A page opened from disk may not remember anything.
function remembered(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(name);
    localStorage.setItem(name, value);
  } catch {
    // Then it is forgotten with the page.
  }
  return null;
}

function start() {
  let chosen = remembered("crosstally-theme");
  theme(chosen);
  document.getElementById("theme").addEventListener("click", () => {
    chosen = document.documentElement.getAttribute("data-theme") === "dark" ? "light" : "dark";
    remembered("crosstally-theme", theme(chosen));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme(chosen));
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("content").focus();
  });
  document.getElementById("foot").textContent = `${overview.program}. Keys: / filters, arrows walk through lists, Esc closes, 1 to 4 change the view.`;
  addEventListener("hashchange", show);
  // Pages out of sight are printed too.
  addEventListener("beforeprint", () => {
    for (const image of document.querySelectorAll("img[loading]")) image.removeAttribute("loading");
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (address().view === "series" && innerWidth !== width) show();
    width = innerWidth;
  });
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const inField = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (inField) event.target.blur();
      else if (address().view === "document") go({ finding: "", figure: "", at: "" });
      else if (Object.keys(filtersOf(address())).length > 0) location.hash = addressOf(address().view, {});
    } else if (event.key === "/" && !inField) {
      const field = document.getElementById("filter") || document.querySelector("#content select, #content input");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    } else if (/^[1-4]$/.test(event.key) && !inField) {
      location.hash = addressOf(Object.keys(VIEWS)[Number(event.key) - 1], event.key === "4" ? {} : filtersOf(address()));
    }
  });
  show();
}

start();
