// Codes, numbers and days as people write them.

const SEVERITIES = ["error", "warning", "note"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const STATISTICS = { count: "", share: "share", change: "change", share_change: "change of share", ratio: "ratio" };

function placeName(code) {
  return overview.places[code] || code;
}

function indicatorName(code) {
  const known = overview.indicators[code];
  return known ? known.label : code.replaceAll("_", " ");
}

// "asylum applications, share"
function seriesName(indicator, statistic) {
  const kind = STATISTICS[statistic];
  return kind ? `${indicatorName(indicator)}, ${kind}` : indicatorName(indicator);
}

function codeName(code) {
  const words = code.replaceAll("-", " ");
  return words[0].toUpperCase() + words.slice(1);
}

function counted(number, word) {
  return `${grouped(String(number))} ${word}${number === 1 ? "" : "s"}`;
}

// A decimal number as text, its thousands grouped, with a true minus.
function grouped(plain) {
  const [whole, fraction] = plain.replace("-", "").split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return (plain.startsWith("-") ? "\u2212" : "") + digits + (fraction ? "." + fraction : "");
}

// A number of a statistic: 47%, +3 points.
function amount(plain, statistic) {
  const plus = Number(plain) > 0 && (statistic === "change" || statistic === "share_change") ? "+" : "";
  const unit = statistic === "count" ? "" : statistic === "share_change" ? " points" : "%";
  return plus + grouped(plain) + unit;
}

// What a printed figure stands for.
function interval(low, high, statistic) {
  return low === high ? amount(low, statistic) : `${amount(low, statistic)} to ${amount(high, statistic)}`;
}

function monthName(month, length) {
  return MONTHS[Number(month) - 1].slice(0, length || 20);
}

// Days as people name them: 31 July 2024, July 2024, January to July 2024, 2023.
function period(start, end) {
  const [year, month, day] = start.split("-");
  const [lastYear, lastMonth, lastDay] = end.split("-");
  if (start === end) return `${Number(day)} ${monthName(month)} ${year}`;
  const last = new Date(Date.UTC(Number(lastYear), Number(lastMonth), 0)).getUTCDate();
  if (day !== "01" || Number(lastDay) !== last) return `${start} to ${end}`;
  if (year === lastYear && month === lastMonth) return `${monthName(month)} ${year}`;
  if (month === "01" && lastMonth === "12") return year === lastYear ? year : `${year} to ${lastYear}`;
  return year === lastYear ? `${monthName(month)} to ${monthName(lastMonth)} ${year}` : `${monthName(month)} ${year} to ${monthName(lastMonth)} ${lastYear}`;
}

// Kinds of periods that may stand on one axis.
function periodKind(start, end) {
  if (start === end) return "day";
  if (start.slice(0, 7) === end.slice(0, 7)) return "month";
  if (start.slice(0, 4) !== end.slice(0, 4)) return "years";
  if (start.slice(5) === "01-01") return end.slice(5) === "12-31" ? "year" : "to-date";
  return "months";
}

const PERIOD_KINDS = {
  day: "At a day", month: "Months", "to-date": "January to the month", year: "Whole years", years: "Several years", months: "Other months",
};

function placeWords(place, page) {
  return page ? `page ${place[0]}` : `line ${place[2]}, column ${place[3]}`;
}

function familyOf(document) {
  return document.family === null ? null : overview.families[document.family];
}

// The last part of a path, and what stands before it.
function fileName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
