// Draws the charts and serves the gallery's controls. The page holds all it needs.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let drawn = [];

  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const percent = (value) => Math.round(value * 1000) / 10 + " %";
  const xy = ([x, y, name]) => ({ x, y, name });

  // Types of defects: told apart by shape as well, for eyes that do not see the colours.
  const SHAPES = ["triangle", "rect", "crossRot", "cross", "star"];
  const LIGHT = ["#c8481d", "#9a5bb5", "#8a6d00", "#b3265e", "#3f7d46", "#6b4f3a"];
  const DARK = ["#f58a5f", "#c79be0", "#d9b93b", "#f07aa8", "#7fc48a", "#c7a58c"];

  function axis(title, more) {
    return {
      title: { display: true, text: title, color: colour("quiet") },
      ticks: { color: colour("quiet"), maxRotation: 0 },
      grid: { color: colour("grid") },
      border: { color: colour("line") },
      ...more,
    };
  }

  function share(title) {
    const scale = axis(title, { type: "linear", min: 0, max: 1 });
    scale.ticks = { ...scale.ticks, stepSize: 0.25, callback: (value) => value * 100 + " %" };
    return scale;
  }

  function options(x, y, label) {
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "nearest", intersect: false },
      scales: { x, y },
      plugins: {
        legend: {
          position: "bottom",
          labels: { color: colour("text"), usePointStyle: true, boxHeight: 8, padding: 14 },
        },
        tooltip: { displayColors: false, callbacks: { title: () => "", label } },
      },
    };
  }

  function curve(given, title, x, y, more) {
    const line = {
      label: title,
      data: given.points.map(xy),
      borderColor: colour("good"),
      backgroundColor: colour("good"),
      borderWidth: 2,
      pointRadius: 0,
      pointHitRadius: 6,
      pointStyle: "line",
      // A line at 0 or 100 % is as thick as elsewhere.
      clip: 2,
      ...more.line,
    };
    const datasets = [line, ...(more.others || [])];
    if (given.at) {
      datasets.unshift({
        label: "At the threshold",
        data: [xy(given.at)],
        showLine: false,
        pointRadius: 6,
        pointHoverRadius: 7,
        borderColor: colour("card"),
        borderWidth: 2,
        backgroundColor: colour("bad"),
      });
    }
    const label = (item) => `${x} ${percent(item.parsed.x)}, ${y.toLowerCase()} ${percent(item.parsed.y)}`;
    return { type: "line", data: { datasets }, options: options(share(x), share(y), label) };
  }

  function roc(given) {
    const chance = {
      label: "Chance",
      data: [{ x: 0, y: 0 }, { x: 1, y: 1 }],
      borderColor: colour("unknown"),
      borderDash: [4, 4],
      borderWidth: 1,
      pointRadius: 0,
      pointHitRadius: 0,
      pointStyle: "line",
    };
    return curve(given, "Detector", "False alarms", "Defects found", { others: [chance] });
  }

  function pr(given) {
    return curve(given, "Detector", "Recall", "Precision", { line: { stepped: "after" } });
  }

  function histogram(given) {
    const centres = given.edges.slice(1).map((edge, i) => (edge + given.edges[i]) / 2);
    const bars = (name, label, tint) => ({
      label,
      data: given[name].map((count, i) => ({ x: centres[i], y: count })),
      backgroundColor: colour(tint),
      barPercentage: 0.92,
      categoryPercentage: 1,
      stack: "images",
      pointStyle: "rect",
    });
    const datasets = [
      bars("normal", "Good", "good"),
      bars("anomalous", "Defective", "bad"),
      bars("unknown", "Unknown", "unknown"),
    ].filter((set) => set.data.some((bar) => bar.y > 0));
    const highest = Math.max(
      ...centres.map((_, i) => given.normal[i] + given.anomalous[i] + given.unknown[i]));
    const top = Math.ceil(highest * 1.08);
    const line = (label, score, dash) => ({
      type: "line",
      label,
      data: [{ x: score, y: 0 }, { x: score, y: top }],
      stack: label,
      borderColor: colour("mark"),
      borderWidth: 2,
      borderDash: dash,
      pointRadius: 0,
      pointHitRadius: 0,
      pointStyle: "line",
    });
    if (given.uncertain !== undefined) {
      datasets.unshift(line("Uncertain from here", given.uncertain, [2, 3]));
    }
    if (given.threshold !== undefined) {
      datasets.unshift(line("Threshold", given.threshold, [6, 4]));
    }
    const label = (item) => {
      const low = given.edges[item.dataIndex].toFixed(3);
      const high = given.edges[item.dataIndex + 1].toFixed(3);
      return `${item.dataset.label}: ${item.parsed.y} from ${low} to ${high}`;
    };
    const edges = {
      type: "linear",
      min: given.edges[0],
      max: given.edges[given.edges.length - 1],
      offset: false,
    };
    const x = axis("Score", edges);
    x.grid = { display: false };
    x.ticks = { ...x.ticks, includeBounds: false, maxTicksLimit: 8 };
    const y = axis("Images", { min: 0, max: top, stacked: true });
    y.ticks = { ...y.ticks, precision: 0, includeBounds: false };
    const settings = options({ ...x, stacked: true }, y, label);
    settings.interaction = { mode: "nearest", intersect: true };
    return { type: "bar", data: { datasets }, options: settings };
  }

  const KINDS = {
    shot: { tint: "mark", pointStyle: "circle", radius: 7 },
    good: { tint: "good", pointStyle: "circle", radius: 4 },
    text_normal: { tint: "good", pointStyle: "rectRot", radius: 9 },
    text_anomalous: { tint: "bad", pointStyle: "rectRot", radius: 9 },
  };

  // The names of the texts, beside their points and over all others.
  const marks = {
    id: "marks",
    afterDatasetsDraw: (chart) => {
      const pen = chart.ctx;
      pen.save();
      pen.font = `600 15px ${Chart.defaults.font.family}`;
      pen.textBaseline = "middle";
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeStyle = colour("card");
      pen.fillStyle = colour("text");
      chart.data.datasets.forEach((set, i) => {
        if (!set.mark || !chart.isDatasetVisible(i)) {
          return;
        }
        for (const { x, y } of chart.getDatasetMeta(i).data) {
          const left = x > (chart.chartArea.left + chart.chartArea.right) / 2;
          pen.textAlign = left ? "right" : "left";
          const at = left ? x - 14 : x + 14;
          pen.strokeText(set.mark, at, y);
          pen.fillText(set.mark, at, y);
        }
      });
      pen.restore();
    },
  };

  function features(groups) {
    const tints = dark.matches && !root.classList.contains("paper") ? DARK : LIGHT;
    let type = 0;
    const datasets = groups.map((group) => {
      const kind = KINDS[group.kind] || {
        pointStyle: SHAPES[type % SHAPES.length],
        radius: 5,
        own: tints[type++ % tints.length],
      };
      const tint = kind.own || colour(kind.tint);
      const hollow = group.kind === "shot";
      return {
        label: group.title,
        data: group.points.map(xy),
        pointStyle: kind.pointStyle,
        radius: kind.radius,
        hoverRadius: kind.radius + 2,
        mark: group.mark,
        borderColor: group.mark ? colour("text") : tint,
        borderWidth: hollow || kind.own || group.mark ? 2 : 1,
        backgroundColor: hollow ? "transparent" : tint,
      };
    });
    const label = (item) => `${item.dataset.label}: ${item.raw.name}`;
    const x = axis("First component", { type: "linear", grace: "4%" });
    const y = axis("Second component", { grace: "4%" });
    const settings = options(x, y, label);
    settings.interaction = { mode: "nearest", intersect: true };
    return { type: "scatter", data: { datasets }, options: settings, plugins: [marks] };
  }

  function draw() {
    drawn.forEach((chart) => chart.destroy());
    drawn = [];
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const place of document.querySelectorAll("[data-chart]")) {
      const name = place.dataset.chart;
      place.hidden = false;
      const canvas = document.createElement("canvas");
      place.replaceChildren(canvas);
      drawn.push(new Chart(canvas, { roc, pr, histogram, features }[name](data[name])));
    }
  }

  function gallery() {
    const list = document.getElementById("cards");
    if (!list) {
      return;
    }
    const cards = [...list.children];
    const value = (id) => document.getElementById(id).value;
    const text = (a, b) => a.localeCompare(b, "en", { numeric: true });
    const orders = {
      rank: (a, b) => a.rank - b.rank,
      "score-down": (a, b) => b.score - a.score || a.rank - b.rank,
      "score-up": (a, b) => a.score - b.score || a.rank - b.rank,
      name: (a, b) => text(a.name, b.name),
      defect: (a, b) => text(a.defect, b.defect) || a.rank - b.rank,
      part: (a, b) => text(a.part, b.part) || a.rank - b.rank,
    };
    const kept = (card) => {
      const show = value("show");
      const defect = value("defect");
      const shown = { miss: card.miss === "true", uncertain: card.uncertain === "true" };
      return (!show || (show in shown ? shown[show] : card.label === show))
        && (!defect || card.defect === defect)
        && card.name.toLowerCase().includes(value("search").toLowerCase());
    };
    const update = () => {
      const order = orders[value("sort")];
      cards.sort((a, b) => order(a.dataset, b.dataset));
      let count = 0;
      for (const card of cards) {
        card.hidden = !kept(card.dataset);
        count += card.hidden ? 0 : 1;
      }
      list.replaceChildren(...cards);
      const boxes = document.getElementById("boxes");
      list.classList.toggle("unboxed", boxes !== null && !boxes.checked);
      document.getElementById("shown").textContent = `${count} of ${cards.length} shown`;
    };
    const controls = document.getElementById("controls");
    controls.hidden = false;
    controls.addEventListener("input", update);
    // A browser may bring back what was chosen before a reload.
    update();
  }

  // Paper is white whatever the screen is, and nothing on it can be opened.
  let opened = [];
  const paper = (on) => {
    root.classList.toggle("paper", on);
    opened.forEach((details) => { details.open = false; });
    opened = on ? [...document.querySelectorAll("#background details:not([open])")] : [];
    opened.forEach((details) => { details.open = true; });
    draw();
  };
  draw();
  gallery();
  dark.addEventListener("change", draw);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
})();
