// Which part of pictures counts: polygons, drawn on a picture or written as corners in percent.
import { ask, fault } from "./asking.js";

const KINDS = { ignore: "ignore", look_at: "look at" };
const NEAR = 12;
const SVG = "http://www.w3.org/2000/svg";

const form = document.getElementById("region");

function rounded(percent) {
  return Math.round(Math.max(0, Math.min(100, percent)) * 100) / 100;
}

function written(corners) {
  return corners.map(([x, y]) => `${x},${y}`).join(" ");
}

/** Corners of a text; null where it is none of three corners or more. */
function read(text) {
  const corners = text
    .trim()
    .split(/\s+/)
    .map((corner) => corner.split(",").map((part) => (part === "" ? NaN : Number(part))));
  const whole = corners.every((corner) => corner.length === 2 && corner.every((it) => it >= 0 && it <= 100));
  return whole && corners.length >= 3 ? corners : null;
}

/** Shapes of a region. A mask, which a program may have set, is kept as it is, and can be deleted. */
function shapesOf(region) {
  return Object.keys(KINDS).flatMap((kind) => {
    const area = region[kind] || [];
    return Array.isArray(area)
      ? area.map((polygon) => ({ kind, corners: polygon.map((corner) => corner.map((it) => rounded(100 * it))) }))
      : [{ kind, mask: area, corners: [] }];
  });
}

function regionOf(shapes) {
  const region = {};
  for (const { kind, corners, mask } of shapes) {
    if (mask) {
      region[kind] = mask;
    } else {
      (region[kind] ||= []).push(corners.map(([x, y]) => [x / 100, y / 100]));
    }
  }
  return region;
}

function wire() {
  const drawing = form.querySelector(".drawing");
  const svg = drawing.querySelector("svg");
  const list = form.querySelector(".shapes");
  const status = form.querySelector(".status");
  const shapes = form.dataset.region ? shapesOf(JSON.parse(form.dataset.region)) : [];
  let draft = [];

  function place(event) {
    const box = drawing.getBoundingClientRect();
    return [
      rounded((100 * (event.clientX - box.left)) / box.width),
      rounded((100 * (event.clientY - box.top)) / box.height),
    ];
  }

  function isNear([x, y], event) {
    const box = drawing.getBoundingClientRect();
    const left = box.left + (x / 100) * box.width;
    const top = box.top + (y / 100) * box.height;
    return Math.hypot(left - event.clientX, top - event.clientY) <= NEAR;
  }

  function line(kind, corners, closed) {
    for (const look of ["halo", kind]) {
      const part = document.createElementNS(SVG, closed ? "polygon" : "polyline");
      part.setAttribute("points", written(corners));
      part.setAttribute("class", look);
      svg.append(part);
    }
  }

  function corner([x, y], move) {
    const handle = document.createElement("span");
    handle.className = move ? "corner" : "corner draft";
    handle.style.left = `${x}%`;
    handle.style.top = `${y}%`;
    if (move) {
      handle.addEventListener("pointerdown", (event) => {
        handle.setPointerCapture(event.pointerId);
        handle.onpointermove = (moved) => {
          const [left, top] = place(moved);
          handle.style.left = `${left}%`;
          handle.style.top = `${top}%`;
          move([left, top]);
        };
        handle.onlostpointercapture = show;
      });
    }
    drawing.append(handle);
  }

  function drawLines() {
    svg.replaceChildren();
    shapes.forEach(({ kind, corners }) => corners.length && line(kind, corners, true));
    if (draft.length) {
      line(form.elements.kind.value, draft, false);
    }
  }

  function draw() {
    drawLines();
    drawing.querySelectorAll(".corner").forEach((old) => old.remove());
    shapes.forEach((shape, number) =>
      shape.corners.forEach((at, index) =>
        corner(at, (to) => {
          shape.corners[index] = to;
          drawLines();
          list.children[number].querySelector("input").value = written(shape.corners);
        }),
      ),
    );
    draft.forEach((at) => corner(at));
  }

  function row(shape, number) {
    const item = document.getElementById("shape").content.cloneNode(true).firstElementChild;
    const [kind, corners, button] = item.children;
    kind.value = shape.kind;
    kind.setAttribute("aria-label", `Kind of shape ${number + 1}`);
    corners.value = shape.mask ? "a mask that a program set" : written(shape.corners);
    corners.setAttribute("aria-label", `Corners of shape ${number + 1} in percent`);
    kind.disabled = corners.readOnly = Boolean(shape.mask);
    button.setAttribute("aria-label", `Delete shape ${number + 1}`);
    kind.addEventListener("change", () => {
      shape.kind = kind.value;
      draw();
      changed();
    });
    corners.addEventListener("input", () => {
      const now = read(corners.value);
      corners.setCustomValidity(now ? "" : "Three corners or more, each x,y in percent, such as 10,20 60,20 60,80");
      if (now) {
        shape.corners = now;
        draw();
        changed();
      }
    });
    button.addEventListener("click", () => {
      shapes.splice(number, 1);
      show();
      (list.children[Math.min(number, shapes.length - 1)]?.querySelector("button") || drawing).focus();
    });
    return item;
  }

  function changed() {
    status.textContent = "Not saved yet.";
  }

  function show() {
    draw();
    list.replaceChildren(...shapes.map(row));
    changed();
  }

  function close() {
    const corners = draft;
    draft = [];
    if (corners.length >= 3) {
      shapes.push({ kind: form.elements.kind.value, corners });
      show();
    } else {
      draw();
      status.textContent = "A shape has three corners or more.";
    }
  }

  drawing.addEventListener("click", (event) => {
    if (event.target.closest(".corner")) {
      return;
    }
    if (event.detail > 1 || (draft.length >= 3 && isNear(draft[0], event))) {
      close();
    } else {
      draft.push(place(event));
      draw();
    }
  });
  drawing.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && draft.length) {
      event.preventDefault();
      close();
    } else if (event.key === "Escape" && draft.length) {
      draft = [];
      draw();
    }
  });
  form.querySelector("[data-rectangle]").addEventListener("click", () => {
    shapes.push({ kind: form.elements.kind.value, corners: [[25, 25], [75, 25], [75, 75], [25, 75]] });
    show();
    list.lastElementChild.querySelector("input").focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const masked = shapes.filter(({ mask }) => mask).map(({ kind }) => kind);
    if (shapes.some(({ kind, mask }) => !mask && masked.includes(kind))) {
      status.textContent = "Shapes cannot be joined with a mask of their kind; delete the mask or the shapes.";
      return;
    }
    const region = JSON.stringify(regionOf(shapes));
    const options = shapes.length
      ? { method: "PUT", headers: { "Content-Type": "application/json" }, body: region }
      : { method: "DELETE" };
    try {
      const answer = await ask(form.dataset.address, options);
      status.textContent = answer.ok
        ? "Saved. Detectors that are trained from now on know it."
        : await fault(answer);
    } catch {
      status.textContent = "The server does not answer; check that it runs, then save again.";
    }
  });
  draw();
  list.replaceChildren(...shapes.map(row));
}

if (form) {
  wire();
}
