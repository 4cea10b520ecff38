// Ranked bars of one period: the largest first, others and unknown last.

const LAST = ["_O", "XXX"];

function barChart(lines, end, width) {
  const rows = lines.map((line) => ({ line, held: line.periods.find((one) => one.end === end) })).filter((row) => row.held)
    .map((row) => ({ ...row, point: row.held.vintages.at(-1) }));
  const last = (row) => (LAST.includes(row.line.key) ? 1 : 0);
  rows.sort((one, other) => last(one) - last(other) || Number(other.point.value) - Number(one.point.value) || (one.line.name < other.line.name ? -1 : 1));
  if (rows.length === 0) return [element("p", {}, "Nothing is printed for this period.")];
  const left = Math.min(width * 0.38, 20 + 7.2 * Math.max(...rows.map((row) => row.line.name.length)));
  const right = width - 92;
  const steps = roundSteps(Math.min(...rows.map((row) => Number(row.point.low))), Math.max(...rows.map((row) => Number(row.point.high))), 4);
  const x = linear(steps[0], steps.at(-1), left, right);
  const height = 28;
  const bottom = rows.length * height + 8;
  const grid = steps.map((step) => [
    drawing("line", { class: step === 0 ? "zero" : "grid", x1: x(step), x2: x(step), y1: 4, y2: bottom }),
    drawing("text", { class: "axis", x: x(step), y: bottom + 16, "text-anchor": "middle" }, amount(String(step), rows[0].point.statistic)),
  ]);
  const bars = rows.map(({ line, held, point }, at) => {
    const middle = at * height + height / 2 + 4;
    const [from, to] = [x(Math.min(0, Number(point.value))), x(Math.max(0, Number(point.value)))];
    const earlier = before(held);
    const label = pointLabel(line, point);
    return drawing("a", { class: "mark", href: addressOf("document", { document: documents[point.document].path, figure: point.id }) },
      drawing("text", { class: "rowname", x: left - 8, y: middle + 4, "text-anchor": "end" }, line.name),
      drawing("rect", { class: `bar ${point.severity === 0 ? "error" : point.severity === 1 ? "warning" : ""}`, x: from, y: middle - 8, width: Math.max(1, to - from), height: 16 }),
      point.low === point.high ? null : drawing("line", { class: "open", x1: x(Number(point.low)), x2: x(Number(point.high)), y1: middle, y2: middle }),
      earlier.map((one) => drawing("line", { class: "before", x1: x(Number(one.value)), x2: x(Number(one.value)), y1: middle - 10, y2: middle + 10 })),
      drawing("text", { class: "value", x: Math.max(x(Number(point.high)), to) + 8, y: middle + 4 }, amount(point.value, point.statistic), point.severity === 0 ? " \u2715" : ""),
      drawing("title", {}, label));
  });
  const chart = drawing("svg", { class: "chart", viewBox: `0 0 ${width} ${bottom + 24}`, role: "group", "aria-label": "Ranked values; the table below holds the same" }, grid, bars);
  walkable(chart, "a.mark");
  return [chart];
}
