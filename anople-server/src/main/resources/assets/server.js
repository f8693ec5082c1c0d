"use strict";

// What is wrong, of an answer for programs or of a page.
async function fault(answer) {
  const text = await answer.text();
  if ((answer.headers.get("Content-Type") || "").includes("json")) {
    return JSON.parse(text).detail;
  }
  const page = new DOMParser().parseFromString(text, "text/html").querySelector(".fault");
  return page ? page.textContent : `${answer.status} ${answer.statusText}`;
}

// Files that are dropped or chosen: sent one after the other, so that a slow line shows how it goes on.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector(".status");

  async function send(files) {
    const faults = [];
    let done = 0;
    for (const file of files) {
      status.textContent = `${done + 1} of ${files.length}: ${file.name}`;
      const address = `${form.dataset.upload}?name=${encodeURIComponent(file.name)}`;
      try {
        const answer = await fetch(address, {
          method: "POST",
          headers: { "Content-Type": "application/octet-stream" },
          body: file,
        });
        if (!answer.ok) {
          faults.push(`${file.name}: ${await fault(answer)}`);
        } else if (form.dataset.then === "prepend") {
          document.getElementById(form.dataset.target).insertAdjacentHTML("afterbegin", await answer.text());
        }
      } catch {
        faults.push(`${file.name}: the server does not answer`);
      }
      done += 1;
    }
    input.value = "";
    status.textContent = faults.length ? faults.join(" · ") : `${done} sent`;
    if (form.dataset.then === "reload" && faults.length === 0) {
      location.reload();
    }
  }

  input.addEventListener("change", () => send([...input.files]));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    send([...event.dataTransfer.files]);
  });
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-opacity]")) {
    event.target.closest("li").querySelector(".heat").style.opacity = event.target.value / 100;
  }
});

// A training tells how it goes on until it ends; then the page shows what came of it.
const job = document.getElementById("job");
if (job && job.dataset.ended === "false") {
  const events = new EventSource(`/api/v1/jobs/${job.dataset.job}/events`);
  const field = (name) => job.querySelector(`[data-field=${name}]`);
  const bar = job.querySelector("progress");
  let begun = null;
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    field("state").textContent = now.state;
    field("stage").textContent = now.stage;
    bar.max = Math.max(1, now.total);
    bar.value = now.done;
    if (now.done > 0) {
      begun = begun && begun.stage === now.stage ? begun : { stage: now.stage, time: Date.now(), done: now.done };
      const steps = now.done - begun.done;
      if (steps > 2) {
        const seconds = ((Date.now() - begun.time) / 1000 / steps) * (now.total - now.done);
        field("remaining").textContent = `about ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`} left`;
      }
    }
    if (["done", "failed", "cancelled"].includes(now.state)) {
      events.close();
      location.reload();
    }
  };
}

// One key a decision, unless somebody writes.
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, select, textarea");
  if (writes || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
});
