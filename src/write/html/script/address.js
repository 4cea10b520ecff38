// What is looked at stands in the address after #: a view, then its filters. Going back goes back to it.

// {view, ...words} of the address.
function address() {
  const [view, query] = location.hash.slice(1).split("?");
  return { ...Object.fromEntries(new URLSearchParams(query || "")), view: view || "overview" };
}

// The address of a view with some words; empty ones are left out.
function addressOf(view, words) {
  const kept = Object.entries(words || {}).filter(([name, value]) => name !== "view" && value !== "" && value !== null && value !== undefined);
  const query = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return query ? `#${view}?${query}` : `#${view}`;
}

// Goes on from what is looked at, with some words changed.
function go(changes) {
  const now = address();
  location.hash = addressOf(changes.view || now.view, { ...now, ...changes });
}

// The same without a step to go back to, for what changes with every key.
function goOn(changes) {
  const now = address();
  history.replaceState(null, "", addressOf(now.view, { ...now, ...changes }));
  show();
}

// The filters that views share.
const FILTERS = ["publisher", "family", "edition", "indicator", "place", "severity", "text"];

function filtersOf(now) {
  return Object.fromEntries(FILTERS.filter((name) => now[name]).map((name) => [name, now[name]]));
}
