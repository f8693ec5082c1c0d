// The browser's camera: a picture of its full size with each press of the button.

const WHY = {
  NotAllowedError: "The browser may not use the camera; allow it for this page, then press Camera again.",
  NotFoundError: "There is no camera; connect one, then press Camera again.",
  NotReadableError: "The camera is in use by another program; close that, then press Camera again.",
};

async function open() {
  if (!navigator.mediaDevices) {
    throw new Error("Browsers give the camera to pages of https and of localhost only; open this page there.");
  }
  // As large as it can; a browser takes the nearest that there is.
  const video = { width: { ideal: 7680 }, height: { ideal: 4320 }, facingMode: "environment" };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (fault) {
    throw new Error(WHY[fault.name] || `The camera cannot be used (${fault.message || fault.name}).`);
  }
}

function png(video) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function wire(form) {
  const opener = form.querySelector("[data-camera]");
  const panel = form.querySelector(".camera");
  const video = panel.querySelector("video");
  const status = form.querySelector(".status");
  let taken = 0;

  function close() {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    panel.hidden = true;
    opener.disabled = false;
  }

  opener.addEventListener("click", async () => {
    opener.disabled = true;
    status.textContent = "";
    try {
      video.srcObject = await open();
      panel.hidden = false;
      await video.play();
      panel.querySelector("[data-take]").focus();
    } catch (fault) {
      close();
      status.textContent = fault.message;
    }
  });
  panel.querySelector("[data-take]").addEventListener("click", async () => {
    if (!video.videoWidth) {
      status.textContent = "The camera shows nothing yet; wait a moment.";
      return;
    }
    taken += 1;
    const time = new Date().toISOString().slice(0, 19).replace(/:/g, "-");
    const file = new File([await png(video)], `camera-${time}-${taken}.png`, { type: "image/png" });
    file.taken = true;
    form.dispatchEvent(new CustomEvent("picture", { detail: file }));
  });
  panel.querySelector("[data-close]").addEventListener("click", () => {
    close();
    opener.focus();
    form.dispatchEvent(new Event("closed"));
  });
  addEventListener("pagehide", close);
}

document.querySelectorAll("form[data-upload]").forEach(wire);
