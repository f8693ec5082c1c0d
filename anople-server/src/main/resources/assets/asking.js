// What pages ask of the server.

const MOST_TRIES = 30;

/** The answer; while too many pictures wait it asks again, as the server says. */
export async function ask(address, options) {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(address, options);
    if (answer.status !== 429 || tries === MOST_TRIES) {
      return answer;
    }
    const seconds = Number(answer.headers.get("Retry-After")) || 1;
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  }
}

/** What is wrong, of an answer for programs or of a page. */
export async function fault(answer) {
  const text = await answer.text();
  if ((answer.headers.get("Content-Type") || "").includes("json")) {
    return JSON.parse(text).detail;
  }
  const page = new DOMParser().parseFromString(text, "text/html").querySelector(".fault");
  return page ? page.textContent : `${answer.status} ${answer.statusText}`;
}
