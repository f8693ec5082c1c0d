import "./camera.js";
import "./region.js";
import "./upload.js";
import "./view.js";

/** A training makes a version between two stages, which can inspect at once. */
async function showVersions() {
  const answer = await fetch(location.href);
  if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, now] = [document, page].map((one) => one.getElementById("versions"));
    if (old.querySelectorAll("li").length !== now.querySelectorAll("li").length) {
      old.replaceWith(now);
    }
  }
}

// A training tells how it goes on until it ends; then the page shows what came of it.
const job = document.getElementById("job");
if (job && job.dataset.ended === "false") {
  const events = new EventSource(`/api/v1/jobs/${job.dataset.job}/events`);
  const field = (name) => job.querySelector(`[data-field=${name}]`);
  const bar = job.querySelector("progress");
  let begun = null;
  let stage = null;
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    if (stage !== now.stage) {
      stage = now.stage;
      showVersions();
    }
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
