// Canvases, the frame loop, downloads and the address: all that the page cannot do from C#.
"use strict";
window.playground = (() => {
    let running = false, colours = null;

    const read = () => {
        const style = getComputedStyle(document.documentElement);
        const rgb = name => {
            const text = style.getPropertyValue(name).trim();
            return [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16));
        };
        colours = { paper: rgb("--map"), low: rgb("--neg"), high: rgb("--pos"), text: style.getPropertyValue("--text").trim(), line: style.getPropertyValue("--line").trim(), muted: style.getPropertyValue("--muted").trim(), classes: ["--class0", "--class1", "--class2", "--class3"].map(rgb), flow: ["--flow0", "--flow1", "--flow2", "--flow3", "--flow4"].map(rgb) };
    };
    const palette = () => { if (!colours) read(); return colours; };
    const theme = matchMedia("(prefers-color-scheme: dark)");
    let redraw = null;
    theme.addEventListener("change", () => { colours = null; if (redraw) redraw.invokeMethod("Redraw"); });

    addEventListener("resize", () => { if (redraw) redraw.invokeMethod("Redraw"); });

    const floats = bytes => new Float32Array(bytes.slice().buffer);
    const css = c => `rgb(${c[0]},${c[1]},${c[2]})`;
    const mix = (a, b, t) => [0, 1, 2].map(i => a[i] + (b[i] - a[i]) * t);

    // One small square for each neuron: blue above 0, orange below.
    const maps = (bytes, side) => {
        const values = floats(bytes), size = side * side, p = palette();
        for (let n = 0; n * size < values.length; n++) {
            const canvas = document.getElementById("neuron-" + n);
            if (!canvas) continue;
            let most = 1e-6;
            for (let i = 0; i < size; i++) { const v = Math.abs(values[n * size + i]); if (v > most) most = v; }
            const image = new ImageData(side, side);
            for (let i = 0; i < size; i++) {
                const v = values[n * size + i] / most, end = v < 0 ? p.low : p.high, t = Math.min(1, Math.abs(v));
                for (let k = 0; k < 3; k++) image.data[4 * i + k] = p.paper[k] + (end[k] - p.paper[k]) * t;
                image.data[4 * i + 3] = 255;
            }
            canvas.getContext("2d").putImageData(image, 0, 0);
        }
    };

    const small = document.createElement("canvas");
    const shape = (context, label, x, y, r) => {
        context.beginPath();
        if (label === 0) context.arc(x, y, r, 0, 7);
        else if (label === 1) context.rect(x - r * .9, y - r * .9, r * 1.8, r * 1.8);
        else if (label === 2) { context.moveTo(x, y - r * 1.2); context.lineTo(x + r * 1.1, y + r * .8); context.lineTo(x - r * 1.1, y + r * .8); context.closePath(); }
        else { context.moveTo(x, y - r * 1.2); context.lineTo(x + r * 1.2, y); context.lineTo(x, y + r * 1.2); context.lineTo(x - r * 1.2, y); context.closePath(); }
    };
    // The classes' probabilities as colours, and the points: filled ones are trained on.
    const output = (id, bytes, side, pointBytes, trained, reach) => {
        const canvas = document.getElementById(id);
        if (!canvas) return;
        const values = floats(bytes), size = side * side, count = values.length / size, p = palette();
        const image = new ImageData(side, side);
        for (let i = 0; i < size; i++) {
            let best = 0, sum = [0, 0, 0], total = 0;
            for (let c = 0; c < count; c++) {
                const q = values[c * size + i];
                best = Math.max(best, q); total += q;
                for (let k = 0; k < 3; k++) sum[k] += q * p.classes[c][k];
            }
            const sure = Math.min(1, Math.max(0, (best - 1 / count) / (1 - 1 / count)));
            for (let k = 0; k < 3; k++) image.data[4 * i + k] = p.paper[k] + (sum[k] / (total || 1) - p.paper[k]) * .62 * sure;
            image.data[4 * i + 3] = 255;
        }
        small.width = small.height = side;
        small.getContext("2d").putImageData(image, 0, 0);
        const context = canvas.getContext("2d"), w = canvas.width;
        context.imageSmoothingEnabled = true;
        context.drawImage(small, 0, 0, w, w);
        const points = floats(pointBytes), r = points.length / 3 > 300 ? 4 : points.length < 20 ? 11 : 6.5;
        for (let i = 0; i * 3 < points.length; i++) {
            const x = (points[3 * i] / reach + 1) / 2 * w, y = (1 - points[3 * i + 1] / reach) / 2 * w, label = points[3 * i + 2];
            shape(context, label, x, y, r);
            context.fillStyle = i < trained ? css(p.classes[label]) : css(p.paper);
            context.fill();
            context.lineWidth = 1.6;
            context.strokeStyle = i < trained ? css(p.paper) : css(p.classes[label]);
            context.stroke();
        }
    };

    const wires = (weightBytes, gradientBytes) => {
        const draw = (values, prefix) => {
            let most = 1e-12;
            for (const v of values) if (Math.abs(v) > most) most = Math.abs(v);
            for (let i = 0; i < values.length; i++) {
                const wire = document.getElementById(prefix + i);
                if (!wire) continue;
                const t = Math.abs(values[i]) / most;
                wire.setAttribute("stroke-width", (0.4 + 4.6 * t).toFixed(2));
                wire.setAttribute("class", (values[i] < 0 ? "minus " : "plus ") + (prefix === "w" ? "weight" : "gradient"));
            }
        };
        draw(floats(weightBytes), "w");
        draw(floats(gradientBytes), "g");
    };

    // Five numbers a span: least, mean, most, test, and nothing yet for the rest.
    const curve = (id, bytes, rivalBytes) => {
        const canvas = document.getElementById(id);
        if (!canvas) return;
        // As many points as the screen has, so that letters have one size at any width of the page.
        const ratio = devicePixelRatio || 1, wide = Math.round(canvas.clientWidth * ratio), high0 = Math.round(canvas.clientHeight * ratio);
        if (canvas.width !== wide || canvas.height !== high0) { canvas.width = wide; canvas.height = high0; }
        const context = canvas.getContext("2d"), p = palette(), w = wide, h = high0, pad = 4 * ratio, left = 48 * ratio;
        const runs = [floats(bytes), floats(rivalBytes)];
        context.clearRect(0, 0, w, h);
        let low = Infinity, high = -Infinity;
        for (const run of runs) for (const v of run) if (isFinite(v)) { low = Math.min(low, v); high = Math.max(high, v); }
        if (!(high > -Infinity)) return;
        low = Math.min(0, low); high = Math.max(high, low + 1e-9);
        const y = v => h - pad - (v - low) / (high - low) * (h - 2 * pad - 8 * ratio);
        context.font = `${12 * ratio}px system-ui, sans-serif`;
        context.fillStyle = p.muted; context.strokeStyle = p.line; context.lineWidth = ratio;
        for (const v of [low, (low + high) / 2, high]) {
            context.beginPath(); context.moveTo(left, y(v)); context.lineTo(w, y(v)); context.stroke();
            context.fillText(v.toPrecision(3), 0, Math.min(h - 2 * ratio, y(v) + 4 * ratio));
        }
        runs.forEach((run, which) => {
            const n = run.length / 4, x = i => left + (n < 2 ? 0 : i / (n - 1) * (w - left - pad));
            if (n === 0) return;
            const colour = which === 0 ? css(p.high) : css(p.low);
            context.fillStyle = colour; context.globalAlpha = .22; context.beginPath();
            for (let i = 0; i < n; i++) context.lineTo(x(i), y(run[4 * i]));
            for (let i = n - 1; i >= 0; i--) context.lineTo(x(i), y(run[4 * i + 2]));
            context.fill(); context.globalAlpha = 1;
            const line = (at, dash, width) => {
                context.setLineDash(dash); context.lineWidth = width; context.strokeStyle = colour; context.beginPath();
                let isOn = false;
                for (let i = 0; i < n; i++) { const v = run[4 * i + at]; if (!isFinite(v)) continue; isOn ? context.lineTo(x(i), y(v)) : context.moveTo(x(i), y(v)); isOn = true; }
                context.stroke(); context.setLineDash([]);
            };
            line(1, [], 2 * ratio);
            line(3, [5 * ratio, 4 * ratio], 1.5 * ratio);
        });
    };

    // The lightness goes one way only, so that colours tell more from less without being told apart.
    const shade = (stops, t) => { const at = Math.min(stops.length - 2, Math.floor(t * (stops.length - 1))); return mix(stops[at], stops[at + 1], t * (stops.length - 1) - at); };

    // Rows are layers, columns steps, colours powers of ten from 1e-6 to 1.
    const flow = (id, bytes, rows) => {
        const canvas = document.getElementById(id);
        if (!canvas) return;
        const values = floats(bytes), columns = Math.max(1, values.length / rows), context = canvas.getContext("2d"), p = palette();
        context.clearRect(0, 0, canvas.width, canvas.height);
        const w = canvas.width / columns, h = canvas.height / rows;
        for (let c = 0; c < values.length / rows; c++) for (let r = 0; r < rows; r++) {
            const v = values[c * rows + r], t = v > 0 ? Math.min(1, Math.max(0, (Math.log10(v) + 6) / 6)) : 0;
            context.fillStyle = isFinite(v) ? css(shade(p.flow, t)) : "#d00000";
            context.fillRect(c * w, r * h, Math.ceil(w), Math.ceil(h) - 2);
        }
    };

    return {
        maps, output, wires, curve, flow,
        start: page => {
            running = true;
            const frame = () => { if (!running) return; page.invokeMethod("Frame"); requestAnimationFrame(frame); };
            requestAnimationFrame(frame);
        },
        stop: () => { running = false; },
        watch: page => { redraw = page; },
        width: id => document.getElementById(id)?.clientWidth ?? 0,
        focus: id => document.getElementById(id)?.focus(),
        address: hash => history.replaceState(history.state, "", hash),
        download: (name, type, bytes) => {
            const link = document.createElement("a");
            link.href = URL.createObjectURL(new Blob([bytes], { type }));
            link.download = name;
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        },
    };
})();
