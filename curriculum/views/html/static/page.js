// What makes the page pleasant; all of it works without. The timer counts, charts are dragged and
// zoomed, and a session is dragged to another time.
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

const STEP = 15;
const FAR = 4;

function clock(minutes) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

// Where the upper edge of a session is dropped: the day, and minutes since midnight.
function timeAt(days, length, x, top) {
  for (const day of days) {
    const frame = day.getBoundingClientRect();
    if (x < frame.left || x >= frame.right) continue;
    const first = Number(day.dataset.from);
    const last = Number(day.dataset.to);
    const exact = first + ((top - frame.top) / frame.height) * (last - first);
    const snapped = Math.round(exact / STEP) * STEP;
    const start = Math.max(first, Math.min(snapped, last - length));
    return { day: day.dataset.day, start };
  }
  return null;
}

function makeMovable(session, days, form, hint) {
  const length = Number(session.dataset.minutes);
  const said = hint.textContent;
  let drag = null;

  function end() {
    session.removeAttribute("transform");
    session.classList.remove("is-moving");
    hint.textContent = said;
    const last = drag;
    drag = null;
    return last;
  }

  session.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    const frame = session.getBoundingClientRect();
    const scale = session.getScreenCTM().a;
    drag = { x: event.clientX, y: event.clientY, within: event.clientY - frame.top, scale, at: null };
  });
  session.addEventListener("dragstart", (event) => event.preventDefault());
  session.addEventListener("click", (event) => {
    if (session.dataset.moved) event.preventDefault();
    delete session.dataset.moved;
  });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const right = event.clientX - drag.x;
    const down = event.clientY - drag.y;
    if (!session.classList.contains("is-moving") && Math.hypot(right, down) < FAR) return;
    session.classList.add("is-moving");
    session.setAttribute("transform", `translate(${right / drag.scale} ${down / drag.scale})`);
    drag.at = timeAt(days, length, event.clientX, event.clientY - drag.within);
    hint.textContent = drag.at
      ? `${drag.at.day}, ${clock(drag.at.start)}–${clock(drag.at.start + length)}`
      : "Let go here, and it stays where it is.";
  });
  window.addEventListener("pointerup", () => {
    if (!drag) return;
    if (session.classList.contains("is-moving")) session.dataset.moved = "yes";
    window.setTimeout(() => delete session.dataset.moved, 0);
    const { at } = end();
    if (!at || `${at.day}T${clock(at.start)}` === session.dataset.session) return;
    form.elements.session.value = session.dataset.uid;
    form.elements.at.value = `${at.day}T${clock(at.start)}`;
    form.requestSubmit();
  });
  window.addEventListener("keydown", (event) => {
    if (drag && event.key === "Escape") end();
  });
  window.addEventListener("pointercancel", () => { if (drag) end(); });
}

function makeWeekMovable(form, hint) {
  const days = [...document.querySelectorAll("[data-day]")];
  const sessions = document.querySelectorAll("[data-uid]");
  sessions.forEach((session) => makeMovable(session, days, form, hint));
  hint.hidden = sessions.length === 0;
}

// A link to what is folded away opens it.
function showTarget() {
  const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (!folded || folded.open) return;
  folded.open = true;
  target.scrollIntoView();
}

showTarget();
window.addEventListener("hashchange", showTarget);
const dragged = document.getElementById("dragged");
if (dragged) makeWeekMovable(dragged, document.getElementById("drag-hint"));
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
