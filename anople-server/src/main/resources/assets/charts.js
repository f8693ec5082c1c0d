"use strict";

// The charts: what they show is in their canvas' data, and in a table for those who cannot see them.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const drawn = [];

  function axis(title, more) {
    return {
      title: { display: true, text: title, color: colour("quiet") },
      ticks: { color: colour("quiet"), maxRotation: 0, ...(more.ticks || {}) },
      grid: { color: colour("grid") },
      border: { color: colour("line") },
      ...more.scale,
    };
  }

  function options(x, y, label) {
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      scales: { x, y },
      plugins: {
        legend: {
          position: "bottom",
          labels: { color: colour("text"), usePointStyle: true, boxHeight: 8, padding: 14 },
        },
        tooltip: { displayColors: false, callbacks: label ? { title: () => "", label } : {} },
      },
    };
  }

  const VERDICTS = [
    ["OK", "ok", "good"],
    ["UNCERTAIN", "uncertain", "mark"],
    ["NOT OK", "notOk", "bad"],
    ["NOT LIKE THE PRODUCT", "unlike", "unknown"],
  ];

  const whole = { precision: 0 };

  function days(rows) {
    const datasets = VERDICTS.filter(([, field]) => rows.some((row) => row[field] > 0)).map(
      ([label, field, tint]) => ({
        label,
        data: rows.map((row) => row[field]),
        backgroundColor: colour(tint),
        maxBarThickness: 48,
        pointStyle: "rect",
      }),
    );
    const x = axis("Day (UTC)", { scale: { stacked: true } });
    const y = axis("Inspections", { scale: { stacked: true, min: 0 }, ticks: whole });
    return { type: "bar", data: { labels: rows.map((row) => row.day), datasets }, options: options(x, y) };
  }

  function pareto(rows) {
    const total = rows.reduce((sum, row) => sum + row.count, 0);
    let so = 0;
    const shares = rows.map((row) => (100 * (so += row.count)) / total);
    const datasets = [
      {
        type: "line",
        label: "Share of all so far",
        data: shares,
        yAxisID: "share",
        borderColor: colour("mark"),
        backgroundColor: colour("mark"),
        pointStyle: "circle",
      },
      {
        label: "Found",
        data: rows.map((row) => row.count),
        backgroundColor: colour("bad"),
        maxBarThickness: 64,
        pointStyle: "rect",
      },
    ];
    const settings = options(axis("", {}), axis("Found", { scale: { min: 0 }, ticks: whole }));
    settings.scales.x.title.display = false;
    settings.scales.share = axis("Share", {
      scale: { position: "right", min: 0, max: 100 },
      ticks: { callback: (value) => `${value} %` },
    });
    settings.scales.share.grid = { display: false };
    return { type: "bar", data: { labels: rows.map((row) => row.name), datasets }, options: settings };
  }

  function trend(points) {
    const tints = Object.fromEntries(VERDICTS.map(([label, , tint]) => [label, tint]));
    const shapes = { OK: "circle", UNCERTAIN: "rectRot", "NOT OK": "triangle", "NOT LIKE THE PRODUCT": "crossRot" };
    const datasets = VERDICTS.map(([label]) => ({
      label,
      data: points.filter((point) => point.verdict === label).map((point) => ({ x: point.id, y: point.score })),
      showLine: false,
      pointRadius: 4,
      pointStyle: shapes[label],
      borderColor: colour(tints[label]),
      backgroundColor: colour(tints[label]),
    })).filter((set) => set.data.length > 0);
    datasets.push({
      label: "Threshold",
      data: points.filter((point) => point.threshold !== undefined).map((point) => ({ x: point.id, y: point.threshold })),
      stepped: true,
      pointRadius: 0,
      pointHitRadius: 0,
      borderColor: colour("mark"),
      borderDash: [6, 4],
      borderWidth: 2,
      pointStyle: "line",
    });
    const x = axis("Inspection", { scale: { type: "linear" }, ticks: { precision: 0 } });
    const y = axis("Score", { scale: { type: "linear", min: 0 } });
    const label = (item) => `no. ${item.parsed.x}: ${item.parsed.y.toFixed(3)}`;
    return { type: "line", data: { datasets }, options: options(x, y, label) };
  }

  const KINDS = { days, pareto, trend };

  function draw(canvas, given) {
    const chart = new Chart(canvas, given());
    drawn.push({ chart, canvas, given });
    return chart;
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const values = JSON.parse(canvas.dataset.values);
    draw(canvas, () => KINDS[canvas.dataset.chart](values));
  }

  // Thresholds by hand: a histogram whose two lines follow the sliders, and are sliders themselves.
  const form = document.getElementById("decide");
  if (form) {
    const scores = JSON.parse(form.dataset.scores);
    const threshold = form.elements.threshold;
    const lower = form.elements.lower;
    const two = form.elements.two;
    const end = Number(threshold.max);
    const BINS = 40;
    const SETS = [
      ["calibration", "Good, to set thresholds with", "good"],
      ["good", "Found good", "mark"],
      ["bad", "Found bad", "bad"],
      ["open", "Not looked at", "unknown"],
    ];

    const bins = (values) => {
      const counts = new Array(BINS).fill(0);
      values.forEach((value) => counts[Math.min(BINS - 1, Math.floor((value / end) * BINS))]++);
      return counts.map((count, i) => ({ x: ((i + 0.5) * end) / BINS, y: count }));
    };

    const lines = {
      id: "lines",
      afterDatasetsDraw: (chart) => {
        const pen = chart.ctx;
        const { top, bottom } = chart.chartArea;
        const line = (score, dash) => {
          const x = chart.scales.x.getPixelForValue(score);
          pen.setLineDash(dash);
          pen.beginPath();
          pen.moveTo(x, top);
          pen.lineTo(x, bottom);
          pen.stroke();
        };
        pen.save();
        pen.strokeStyle = colour("text");
        pen.lineWidth = 2;
        line(Number(threshold.value), [6, 4]);
        if (two.checked) {
          line(Number(lower.value), [2, 3]);
        }
        pen.restore();
      },
    };

    function histogram() {
      const datasets = SETS.filter(([name]) => scores[name].length > 0).map(([name, label, tint]) => ({
        label,
        data: bins(scores[name]),
        backgroundColor: colour(tint),
        barPercentage: 0.95,
        categoryPercentage: 1,
        stack: "all",
        pointStyle: "rect",
      }));
      const x = axis("Score", { scale: { type: "linear", min: 0, max: end, offset: false, stacked: true } });
      x.grid = { display: false };
      const y = axis("Pictures", { scale: { stacked: true, min: 0 }, ticks: whole });
      const label = (item) => `${item.dataset.label}: ${item.parsed.y}`;
      return { type: "bar", data: { datasets }, options: options(x, y, label), plugins: [lines] };
    }

    const chart = draw(document.getElementById("scores"), histogram);

    function show() {
      if (Number(lower.value) > Number(threshold.value)) {
        lower.value = threshold.value;
      }
      lower.disabled = !two.checked;
      const least = two.checked ? Number(lower.value) : Number(threshold.value);
      form.querySelector("[data-shows=threshold]").textContent = Number(threshold.value).toFixed(4);
      form.querySelector("[data-shows=lower]").textContent = two.checked ? least.toFixed(4) : "–";
      for (const row of form.querySelectorAll("[data-set]")) {
        const values = scores[row.dataset.set];
        const bad = values.filter((value) => value > Number(threshold.value)).length;
        const ok = values.filter((value) => value <= least).length;
        const shown = [ok, values.length - ok - bad, bad];
        row.hidden = values.length === 0;
        row.querySelectorAll("td").forEach((cell, i) => {
          const share = values.length ? ` (${((100 * shown[i]) / values.length).toFixed(1)} %)` : "";
          cell.textContent = `${shown[i]}${share}`;
        });
      }
      chart.update("none");
    }

    form.addEventListener("input", show);
    let dragged = null;
    const score = (event) => {
      const box = chart.canvas.getBoundingClientRect();
      return chart.scales.x.getValueForPixel(event.clientX - box.left);
    };
    chart.canvas.addEventListener("pointerdown", (event) => {
      const at = score(event);
      const near = (slider) => Math.abs(Number(slider.value) - at);
      dragged = two.checked && near(lower) < near(threshold) ? lower : threshold;
      chart.canvas.setPointerCapture(event.pointerId);
      dragged.value = at;
      show();
    });
    chart.canvas.addEventListener("pointermove", (event) => {
      if (dragged) {
        dragged.value = score(event);
        show();
      }
    });
    chart.canvas.addEventListener("pointerup", () => (dragged = null));
    show();
  }

  dark.addEventListener("change", () => {
    for (const one of drawn) {
      const fresh = one.given();
      one.chart.options = fresh.options;
      one.chart.data = fresh.data;
      one.chart.update("none");
    }
  });
})();
