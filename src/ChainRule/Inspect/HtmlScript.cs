namespace ChainRule.Inspect;

/// <summary>What the page does: choose a level, move, zoom, show details, open a module.</summary>
internal static class HtmlScript
{
    public const string Text = """
        "use strict";
        const byId = id => document.getElementById(id), view = byId("view"), panel = byId("panel"), level = byId("level"), back = byId("back"), where = byId("where");
        const details = JSON.parse(byId("details").textContent), sections = new Map([...document.querySelectorAll("section")].map(s => [s.dataset.level, s]));
        const trail = [];
        let section, x = 0, y = 0, scale = 1, chosen = null, pinned = false;
        function place() { section.style.transform = `translate(${x}px,${y}px) scale(${scale})`; }
        function size() { const svg = section.querySelector("svg"); return [svg.width.baseVal.value, svg.height.baseVal.value]; }
        function fit() {
          const [w, h] = size(), box = view.getBoundingClientRect();
          scale = Math.min(1.25, Math.max(0.02, Math.min((box.width - 24) / w, (box.height - 52) / h)));
          if (scale < 0.35) { scale = Math.min(0.8, Math.max(scale, Math.min(0.8, (box.width - 24) / w))); y = 12; } else y = (box.height - 28 - h * scale) / 2;
          x = (box.width - w * scale) / 2;
          place();
        }
        function zoom(by, atX, atY) {
          const box = view.getBoundingClientRect(), px = (atX ?? box.left + box.width / 2) - box.left, py = (atY ?? box.top + box.height / 2) - box.top;
          const next = Math.min(8, Math.max(0.02, scale * by));
          x = px - (px - x) * next / scale; y = py - (py - y) * next / scale; scale = next;
          place();
        }
        function show(key) {
          if (!sections.has(key)) return;
          if (section) section.hidden = true;
          section = sections.get(key); section.hidden = false; back.hidden = trail.length === 0;
          where.hidden = !key.startsWith("module:"); where.textContent = section.getAttribute("aria-label");
          if ([...level.options].some(option => option.value === key)) level.value = key;
          choose(null); fit();
        }
        function open(path) { const key = "module:" + path; if (!sections.has(key) || sections.get(key) === section) return; trail.push(section.dataset.level); show(key); view.focus(); }
        function goBack() { if (trail.length) show(trail.pop()); }
        function choose(node) {
          if (chosen) { chosen.classList.remove("chosen"); document.querySelectorAll(".e.near").forEach(e => e.classList.remove("near")); }
          chosen = node;
          if (!node) { panel.hidden = true; pinned = false; return; }
          node.classList.add("chosen");
          const id = node.dataset.id, lines = details[section.dataset.level][+id];
          section.querySelectorAll(`.e[data-from="${id}"], .e[data-to="${id}"]`).forEach(e => e.classList.add("near"));
          panel.replaceChildren();
          const head = document.createElement("h2"), list = document.createElement("dl");
          head.textContent = lines[2];
          for (let i = 3; i < lines.length; i += 2) {
            const term = document.createElement("dt"), what = document.createElement("dd");
            term.textContent = lines[i]; what.textContent = lines[i + 1]; list.append(term, what);
          }
          panel.append(head, list);
          if (lines[0] && sections.has("module:" + lines[0])) {
            const button = document.createElement("button");
            button.textContent = "Open this module"; button.onclick = () => open(lines[0]); panel.append(button);
          }
          panel.hidden = false;
        }
        function reveal(node) {
          const box = view.getBoundingClientRect(), at = node.getBoundingClientRect();
          if (at.left < box.left || at.right > box.right) x += box.left + box.width / 2 - (at.left + at.right) / 2;
          if (at.top < box.top || at.bottom > box.bottom) y += box.top + box.height / 2 - (at.top + at.bottom) / 2;
          view.scrollTo(0, 0); place();
        }
        const nodeOf = event => event.target.closest?.(".n");
        view.addEventListener("pointerover", event => { const node = nodeOf(event); if (node && !pinned) choose(node); });
        view.addEventListener("focusin", event => { const node = nodeOf(event); if (node) { choose(node); reveal(node); } });
        view.addEventListener("dblclick", event => { const node = nodeOf(event); if (node) open(details[section.dataset.level][+node.dataset.id][0]); });
        view.addEventListener("wheel", event => { event.preventDefault(); zoom(Math.exp(-event.deltaY * 0.0015), event.clientX, event.clientY); }, { passive: false });
        let from = null;
        view.addEventListener("pointerdown", event => { if (event.button) return; from = [event.clientX, event.clientY, x, y, false]; });
        window.addEventListener("pointermove", event => {
          if (!from) return;
          if (Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 4) { from[4] = true; view.classList.add("moving"); }
          if (from[4]) { x = from[2] + event.clientX - from[0]; y = from[3] + event.clientY - from[1]; place(); }
        });
        window.addEventListener("pointerup", event => {
          if (from && !from[4]) { const node = nodeOf(event); choose(node ?? null); pinned = !!node; }
          from = null; view.classList.remove("moving");
        });
        window.addEventListener("keydown", event => {
          if (event.target === level || event.ctrlKey || event.metaKey || event.altKey) return;
          const step = 60, moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
          if (moves[event.key]) { x += moves[event.key][0]; y += moves[event.key][1]; place(); }
          else if (event.key === "+" || event.key === "=") zoom(1.2);
          else if (event.key === "-") zoom(1 / 1.2);
          else if (event.key === "0" || event.key === "f") fit();
          else if (event.key === "Enter" && nodeOf(event)) { const path = details[section.dataset.level][+nodeOf(event).dataset.id][0]; if (path) open(path); else return; }
          else if (event.key === "Backspace") goBack();
          else if (event.key === "Escape") choose(null);
          else return;
          event.preventDefault();
        });
        byId("in").onclick = () => zoom(1.2); byId("out").onclick = () => zoom(1 / 1.2); byId("fit").onclick = fit; back.onclick = goBack;
        level.onchange = () => { trail.length = 0; show(level.value); };
        window.addEventListener("resize", fit);
        show(level.value);
        """;
}
