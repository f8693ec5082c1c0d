// Pictures that are dropped, chosen or taken: sent one after the other, so that one sees how it goes on.
import { ask, fault } from "./asking.js";
import { dropped, pictures } from "./folder.js";
import { failedCard, showCard } from "./view.js";

function wire(form) {
  const status = form.querySelector(".status");
  const told = form.querySelector(".told");
  const serial = form.elements.serialNumber;
  const waiting = [];
  let running = false;
  let done = 0;
  let faults = 0;
  let found = "";

  function addressOf(file) {
    const query = new URLSearchParams({ name: file.name });
    const number =
      serial?.value.trim() ||
      (form.elements.fileNames?.checked && !file.taken ? file.name.replace(/\.[^.]*$/, "") : "");
    if (number) {
      query.set("serialNumber", number);
    }
    return `${form.dataset.upload}?${query}`;
  }

  function failed(file, words) {
    faults += 1;
    if (form.dataset.then === "card") {
      failedCard(file.name, words);
    } else {
      const line = document.createElement("li");
      line.textContent = `${file.name}: ${words}`;
      told.append(line);
    }
  }

  async function sendOne({ file, address }) {
    try {
      const answer = await ask(address, {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream" },
        body: file,
      });
      if (!answer.ok) {
        failed(file, await fault(answer));
      } else if (form.dataset.then === "card") {
        showCard(await answer.text());
      }
    } catch {
      failed(file, "the server does not answer; check that it runs, then send the picture again");
    }
  }

  async function work() {
    running = true;
    while (waiting.length > 0) {
      const next = waiting.shift();
      status.textContent = `${found}${done + 1} of ${done + 1 + waiting.length}: ${next.file.name}`;
      await sendOne(next);
      done += 1;
    }
    running = false;
    const others = form.dataset.then === "reload" ? "; load the page again to see the others" : "";
    status.textContent = `${found}${done} sent${faults ? `, ${faults} of them did not work${others}` : ""}`;
    reloadIfDone();
  }

  /** The page shows what came in, once nothing is on its way and no camera is open. */
  function reloadIfDone() {
    const open = running || !form.querySelector(".camera").hidden;
    if (form.dataset.then === "reload" && !open && done > 0 && faults === 0) {
      location.reload();
    }
  }

  function send(files, words) {
    if (!running) {
      done = 0;
      faults = 0;
      told.replaceChildren();
    }
    found = words ? `${words} · ` : "";
    waiting.push(...files.map((file) => ({ file, address: addressOf(file) })));
    if (serial) {
      serial.value = "";
    }
    if (!running) {
      work();
    }
  }

  form.elements.files.addEventListener("change", (event) => {
    send([...event.target.files], "");
    event.target.value = "";
  });
  form.elements.folder.addEventListener("change", (event) => {
    const { kept, words } = pictures([...event.target.files]);
    send(kept, words);
    event.target.value = "";
  });
  form.addEventListener("picture", (event) => send([event.detail], ""));
  form.addEventListener("closed", reloadIfDone);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    try {
      const { kept, words } = await dropped(event.dataTransfer);
      send(kept, words);
    } catch {
      status.textContent = "The folder cannot be read; check that it is still there.";
    }
  });
}

document.querySelectorAll("form[data-upload]").forEach(wire);
