/** Values of a chart under the pointer, and a range of days chosen by drawing over it. */

/** Prepares the charts of a page, each once. */
export function showChartValues(): void {
  for (const chart of document.querySelectorAll<SVGSVGElement>("svg.chart:not([data-ready])")) {
    if (!chart.querySelector(".point")) continue;
    chart.setAttribute("data-ready", "");
    const readout = document.createElement("p");
    readout.className = "readout";
    chart.after(readout);
    let first: Element | undefined;
    chart.addEventListener("pointermove", (event) => {
      const point = pointAt(chart, event);
      if (!point) return;
      readout.textContent = point.querySelector("title")?.textContent ?? "";
      mark(chart, first ?? point, point);
    });
    chart.addEventListener("pointerdown", (event) => {
      first = event.pointerType === "mouse" ? pointAt(chart, event) : undefined;
      if (first) event.preventDefault();
    });
    addEventListener("pointerup", (event) => {
      const last = first && pointAt(chart, event);
      if (first && last && last !== first) chooseDays(first, last);
      first = undefined;
    });
  }
}

/** The point whose column is under the pointer, wherever in its height. */
function pointAt(chart: Element, { clientX }: PointerEvent): Element | undefined {
  const points = [...chart.querySelectorAll(".point")];
  return points.find((point) => {
    const { left, right } = point.getBoundingClientRect();
    return clientX >= left && clientX <= right;
  });
}

/** Marks the points from one to another. */
function mark(chart: Element, one: Element, other: Element): void {
  const points = [...chart.querySelectorAll(".point")];
  const [from, to] = [points.indexOf(one), points.indexOf(other)].sort((a, b) => a - b);
  for (const [index, point] of points.entries()) {
    point.classList.toggle("marked", index >= (from ?? 0) && index <= (to ?? -1));
  }
}

/** Fills the form of the page with the days of two points and sends it. */
function chooseDays(one: Element, other: Element): void {
  const form = document.querySelector<HTMLFormElement>("form.choices[method=get]");
  const days = [one, other].flatMap((point) => [
    point.getAttribute("data-from") ?? "",
    point.getAttribute("data-to") ?? "",
  ]);
  const [from, to] = [days.sort()[0], days.at(-1)];
  for (const [name, value] of [
    ["from", from],
    ["to", to],
  ] as const) {
    const field = form?.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (field && value !== undefined) field.value = value;
  }
  form?.requestSubmit();
}
