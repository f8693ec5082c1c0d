// Pictures of a folder that was chosen or dropped.

const PICTURE = /\.(png|jpe?g|jpe|jfif|bmp|dib|tiff?|webp|p[bgpn]m)$/i;
const NAMED = 3;

function childrenOf(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function filesIn(folder) {
  const reader = folder.createReader();
  const files = [];
  // A reader gives a hundred at a time, and none at the end.
  for (let some = await childrenOf(reader); some.length > 0; some = await childrenOf(reader)) {
    for (const entry of some) {
      files.push(...(entry.isDirectory ? await filesIn(entry) : [await fileOf(entry)]));
    }
  }
  return files;
}

function count(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Pictures by their ending, in the order of their names, and in words what was left out. */
export function pictures(files) {
  const path = (file) => file.webkitRelativePath || file.name;
  const kept = files
    .filter((file) => PICTURE.test(file.name))
    .sort((a, b) => path(a).localeCompare(path(b), "en", { numeric: true }));
  const odd = files.filter((file) => !PICTURE.test(file.name)).map((file) => file.name);
  const names = odd.slice(0, NAMED).join(", ") + (odd.length > NAMED ? ", …" : "");
  const other = odd.length === 0 ? "" : `, ${count(odd.length, "other file")} left out (${names})`;
  return { kept, words: `${count(kept.length, "picture")} in the folder${other}` };
}

/** What was dropped: single files as they are, of folders the pictures. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) {
    return { kept: [...transfer.files], words: "" };
  }
  const files = [];
  for (const entry of entries) {
    files.push(...(entry.isDirectory ? await filesIn(entry) : [await fileOf(entry)]));
  }
  return pictures(files);
}
