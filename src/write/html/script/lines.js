// Lines over time: a point for each period, a bar for what rounding leaves open, hollow points for values printed before.

function pointLabel(line, point) {
  const value = amount(point.value, point.statistic);
  const open = point.low === point.high ? "" : ` (${interval(point.low, point.high, point.statistic)})`;
  const doubt = point.severity === 0 ? ", contradicted" : point.severity === 1 ? ", to be looked at" : "";
  return `${line.name}, ${period(point.start, point.end)}: ${value}${open}, ${point.edition} edition${doubt}`;
}

function pointMark(line, point, at, x, y) {
  const document = documents[point.document];
  const label = pointLabel(line, point);
  const parts = [
    point.low === point.high ? null : drawing("line", { class: "open", x1: x, x2: x, y1: y(Number(point.low)), y2: y(Number(point.high)) }),
    point.severity === null || point.severity > 1 ? null
      : drawing("circle", { class: `doubt ${SEVERITIES[point.severity]}`, cx: x, cy: y(Number(point.value)), r: 8 }),
    drawing("circle", { class: at === "latest" ? "point" : "earlier", cx: x, cy: y(Number(point.value)), r: at === "latest" ? 3.5 : 3 }),
    drawing("title", {}, label),
  ];
  return drawing("a", { class: "mark", href: addressOf("document", { document: document.path, figure: point.id }), "aria-label": label }, parts);
}

// Days after which a figure is missing, not only late: a quarter, or two years of yearly figures.
const LONGEST_STEP = { year: 740, years: 740 };

// Runs of points that follow on each other: no line is drawn over what is missing, nor from one year's count to the next year's.
function runs(points, kind) {
  const parted = [];
  for (const point of points) {
    const run = parted.at(-1);
    const last = run && run.at(-1);
    const follows = last && point.day - last.day <= (LONGEST_STEP[kind] || 100) && (kind !== "to-date" || point.start === last.start);
    if (follows) run.push(point);
    else parted.push([point]);
  }
  return parted;
}

// Points that are drawn one by one; of more, only those that say something of their own.
const MOST_POINTS = 900;

function lineChart(lines, kind, width) {
  const all = lines.flatMap((line) => line.periods.flatMap((one) => one.vintages));
  const dense = all.length > MOST_POINTS;
  const narrow = width < 560;
  const right = narrow ? 16 : Math.min(190, 16 + 7 * Math.max(...lines.map((line) => line.name.length)));
  const box = { left: 62, top: 14, right: width - right, bottom: 320 };
  const days = all.map((point) => point.day);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const steps = roundSteps(Math.min(...all.map((point) => Number(point.low))), Math.max(...all.map((point) => Number(point.high))), 5);
  const x = linear(first === last ? first - 15 : first, first === last ? last + 15 : last, box.left + 12, box.right - 12);
  const y = linear(steps[0], steps.at(-1), box.bottom, box.top);
  const statistic = all[0].statistic;
  const grid = steps.map((step) => [
    drawing("line", { class: step === 0 ? "zero" : "grid", x1: box.left, x2: box.right, y1: y(step), y2: y(step) }),
    drawing("text", { class: "axis", x: box.left - 8, y: y(step) + 4, "text-anchor": "end" }, amount(String(step), statistic)),
  ]);
  const ticks = daySteps(first, last, narrow ? 4 : 9).map(([day, words]) => [
    drawing("line", { class: "tick", x1: x(day), x2: x(day), y1: box.bottom, y2: box.bottom + 5 }),
    drawing("text", { class: "axis", x: x(day), y: box.bottom + 20, "text-anchor": "middle" }, words),
  ]);
  const drawn = lines.map((line, at) => {
    const latest = line.periods.map((one) => one.vintages.at(-1));
    const path = runs(latest, kind).filter((run) => run.length > 1).map((run) =>
      drawing("path", { class: "line", d: run.map((point, step) => `${step ? "L" : "M"}${x(point.day).toFixed(1)} ${y(Number(point.value)).toFixed(1)}`).join("") }));
    const marks = line.periods.flatMap((one) => [
      ...before(one).flatMap((point) => [
        drawing("line", { class: "revised", x1: x(point.day), x2: x(point.day), y1: y(Number(point.value)), y2: y(Number(one.vintages.at(-1).value)) }),
        pointMark(line, point, "earlier", x(point.day), y)]),
      dense && one !== line.periods.at(-1) && !(one.vintages.at(-1).severity < 2 && one.vintages.at(-1).severity !== null) ? null
        : pointMark(line, one.vintages.at(-1), "latest", x(one.vintages.at(-1).day), y),
    ]);
    return drawing("g", { class: `c${at % 8}` }, path, marks);
  });
  const names = narrow ? [] : apart(lines.map((line, at) => {
    const point = line.periods.at(-1).vintages.at(-1);
    return { at, name: line.name, x: x(point.day), y: y(Number(point.value)) };
  }), 15, box.top, box.bottom).map((label) => drawing("text", { class: `name c${label.at % 8}`, x: box.right + 4, y: label.y + 4 }, label.name));
  const chart = drawing("svg", { class: "chart", viewBox: `0 0 ${width} ${box.bottom + 32}`, role: "group", "aria-label": "Values over time; the table below holds the same" },
    grid, ticks, drawn, names);
  walkable(chart, "a.mark");
  const key = narrow ? element("ul", { class: "key" }, lines.map((line, at) => element("li", { class: `c${at % 8}` }, line.name))) : null;
  return [chart, key];
}
