// Results of inspections, and how they are shown.

const MOST = 50;
const KEPT = "anople.view";

const results = document.getElementById("results");
const view = document.getElementById("view");

function add(card) {
  results.prepend(card);
  while (results.children.length > MOST) {
    results.lastElementChild.remove();
    document.getElementById("more").hidden = false;
  }
}

/** A result, the newest first; the page stays small, and the history has all. */
export function showCard(html) {
  const part = document.createElement("template");
  part.innerHTML = html;
  add(part.content.firstElementChild);
}

/** A picture that got no verdict. */
export function failedCard(name, words) {
  const card = document.getElementById("failed").content.cloneNode(true).firstElementChild;
  card.querySelector("[data-name]").textContent = name;
  card.querySelector("[data-fault]").textContent = words;
  add(card);
}

function show() {
  const { heat, boxes, beside } = view.elements;
  results.style.setProperty("--heat", heat.value / 100);
  results.classList.toggle("unboxed", !boxes.checked);
  results.classList.toggle("beside", beside.checked);
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

if (view && results) {
  const { heat, boxes, beside } = view.elements;
  const before = remembered();
  heat.value = before.heat ?? heat.value;
  boxes.checked = before.boxes ?? boxes.checked;
  beside.checked = before.beside ?? beside.checked;
  show();
  view.addEventListener("submit", (event) => event.preventDefault());
  view.addEventListener("input", () => {
    show();
    localStorage.setItem(
      KEPT,
      JSON.stringify({ heat: heat.value, boxes: boxes.checked, beside: beside.checked }),
    );
  });
}
