// The overview that stands in the page, and the files of data beside it, loaded by script elements when they are needed.

const overview = JSON.parse(document.getElementById("overview").textContent);

const documents = overview.documents.map((row, number) => {
  const [path, medium, family, edition, pages, figures, status, original, errors, warnings, notes, file, promises] = row;
  return { number, path, medium, family, edition, pages, figures, status, original, errors, warnings, notes, file, promises };
});

const arrived = new Map();
const awaited = new Map();

// Files of data call this with their name and what they hold.
window.crosstally = (name, held) => arrived.set(name, held);

// What a file of data holds.
function load(name) {
  if (!awaited.has(name)) {
    awaited.set(name, new Promise((resolve, reject) => {
      const script = element("script", { src: `data/${encodeURIComponent(name)}.js` });
      script.addEventListener("load", () => {
        script.remove();
        if (arrived.has(name)) resolve(arrived.get(name));
        else reject(new Error(name));
      });
      script.addEventListener("error", () => {
        script.remove();
        awaited.delete(name);
        reject(new Error(name));
      });
      document.head.append(script);
    }));
  }
  return awaited.get(name);
}

// What is told where a file of data is not there.
function absent(name) {
  return element("p", { class: "notice" },
    "The file ", element("code", {}, `data/${name}.js`),
    " is not beside this page. It is written by crosstally ingest; keep the folder report/ together, or ingest again.");
}

// All findings in a line each.
async function index() {
  const held = await load("findings");
  if (!held.list) {
    held.list = held.rows.map((row, number) => {
      const [code, severity, waived, about, indicators, places] = row;
      return {
        number, code, severity, waived: waived === 1, documents: about,
        indicators: indicators.map((at) => held.indicators[at]), places: places.map((at) => held.places[at]),
      };
    });
  }
  return held.list;
}

// The words of some findings of the index.
async function records(list) {
  const { in_a_file: size } = await load("findings");
  const file = (entry) => `findings-${Math.floor(entry.number / size) + 1}`;
  const files = [...new Set(list.map(file))];
  await Promise.all(files.map(load));
  return list.map((entry) => arrived.get(file(entry)).records[entry.number % size]);
}

// Everything about a snapshot.
async function snapshot(number) {
  const held = await load(overview.files[documents[number].file]);
  const record = held.documents.find((one) => one.number === number);
  return { record, findings: held.findings.filter((finding) => finding.documents.includes(number)) };
}
