// Axes: round steps for numbers, months and years for days.

function linear(low, high, from, to) {
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from);
}

// Round steps that take in all values, and nought where the values do not stand far from it.
function roundSteps(low, high, number) {
  const floor = Math.min(0, low);
  const ceiling = Math.max(high, floor + 1e-9, 0);
  const rough = (ceiling - floor) / number;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const steps = [];
  for (let at = Math.floor(floor / step); at * step < ceiling + step * 0.999; at += 1) steps.push(Number((at * step).toPrecision(12)));
  return steps;
}

function dayNumber(day) {
  return Date.parse(`${day}T00:00:00Z`) / 86400000;
}

// Years, or months where there are few of them, as [day number, words].
function daySteps(first, last, most) {
  const from = new Date(first * 86400000);
  const months = Math.max(1, (last - first) / 30.4);
  const size = [1, 2, 3, 6, 12, 24, 60, 120].find((step) => months / step <= most) || 240;
  const steps = [];
  let month = from.getUTCFullYear() * 12 + from.getUTCMonth();
  month -= month % size;
  for (; steps.length < 200; month += size) {
    const year = Math.floor(month / 12);
    // The end of a month is what figures are about.
    const end = Date.UTC(year, (month % 12) + 1, 0) / 86400000;
    if (end > last + 1) break;
    if (end >= first - 1) steps.push([end, size >= 12 ? String(year) : `${monthName((month % 12) + 1, 3)} ${year}`]);
  }
  return steps;
}

// Moves labels apart that would stand on each other.
function apart(labels, gap, low, high) {
  labels.sort((one, other) => one.y - other.y);
  for (let round = 0; round < 40; round += 1) {
    for (let at = 1; at < labels.length; at += 1) {
      const lack = gap - (labels[at].y - labels[at - 1].y);
      if (lack > 0) {
        labels[at].y += lack / 2;
        labels[at - 1].y -= lack / 2;
      }
    }
    for (const label of labels) label.y = Math.min(high, Math.max(low, label.y));
  }
  return labels;
}
