// What makes the page pleasant; all of it works without. The timer counts, and charts are dragged
// and zoomed.
"use strict";

const MINUTE = 60;

function words(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / MINUTE));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [];
  if (hours) parts.push(`${hours} h`);
  if (rest || !hours) parts.push(`${rest} min`);
  return parts.join(" ");
}

function runTimer(shown) {
  const began = Date.now() / 1000;
  const already = Number(shown.dataset.minutes) * MINUTE;
  const show = () => { shown.textContent = words(already + Date.now() / 1000 - began); };
  window.setInterval(show, 5000);
}

function zoom(pane, factor) {
  const drawing = pane.querySelector("svg");
  const width = Number(drawing.dataset.width || drawing.getAttribute("width"));
  const height = Number(drawing.dataset.height || drawing.getAttribute("height"));
  drawing.dataset.width = width;
  drawing.dataset.height = height;
  const scale = Math.min(3, Math.max(0.2, Number(drawing.dataset.scale || 1) * factor));
  drawing.dataset.scale = scale;
  drawing.setAttribute("width", width * scale);
  drawing.setAttribute("height", height * scale);
}

function makePannable(pane) {
  let start = null;
  pane.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop };
  });
  window.addEventListener("pointermove", (event) => {
    if (!start) return;
    pane.classList.add("is-panning");
    pane.scrollLeft = start.left - (event.clientX - start.x);
    pane.scrollTop = start.top - (event.clientY - start.y);
  });
  window.addEventListener("pointerup", () => {
    start = null;
    window.setTimeout(() => pane.classList.remove("is-panning"), 0);
  });
  // A click at the end of a drag is not a click on what is below it.
  pane.addEventListener("click", (event) => {
    if (pane.classList.contains("is-panning")) event.preventDefault();
  }, true);
  pane.addEventListener("dragstart", (event) => event.preventDefault());
  pane.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(pane, event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") zoom(pane, 1.25);
    if (event.key === "-") zoom(pane, 0.8);
  });
}

document.querySelectorAll("[data-since]").forEach(runTimer);
document.querySelectorAll("[data-pan]").forEach(makePannable);
document.querySelectorAll("form[method=post]").forEach((form) => {
  // A second click while the first is on its way would be refused as out of date.
  form.addEventListener("submit", () => window.setTimeout(() => {
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
  }, 0));
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
