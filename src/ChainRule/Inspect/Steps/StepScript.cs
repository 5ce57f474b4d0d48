namespace ChainRule.Inspect;

/// <summary>The script of the page of a recording. What it shows it sets as text, never as markup.</summary>
internal static class StepScript
{
    public const string Text = """
        "use strict";
        const data = JSON.parse(document.getElementById("data").textContent), events = data.events, count = events.length, $ = id => document.getElementById(id);
        const slider = $("slider"), what = $("what"), why = $("why"), play = $("play"), picture = $("picture"), side = document.querySelector("aside"), boxes = new Map(), rows = [];
        const reasons = { forward: "An operation computes its result.", seed: "How much does the result change with itself? By 1.", backward: "Chain rule: the gradient that flows in, times the local derivative.", accumulate: "Another path leads to the same value: its contribution is added.", keep: "The gradient is left for the optimizer.", update: "The optimizer moves the parameter against its gradient.", overwrite: "The memory was written in place.", hook: "A hook exchanged the gradient." };
        let at = 0, timer = 0, chosen = -1;
        document.querySelectorAll("#picture .n").forEach(node => {
          const id = +node.dataset.id;
          boxes.set(id, node);
          node.addEventListener("click", () => choose(id));
          node.addEventListener("keydown", e => { if (e.key === "Enter") { choose(id); e.stopPropagation(); } });
        });
        data.tensors.forEach((tensor, i) => {
          if (tensor[1] === "product") return;
          const row = document.createElement("tr"), name = document.createElement("td"), numbers = document.createElement("td");
          name.textContent = tensor[2]; row.append(name, numbers); $("tensors").append(row); rows.push([i, row, numbers]);
        });
        function textOf(tensor, position) {
          const versions = tensor[3];
          let text = null;
          for (let i = 0; i < versions.length && versions[i] <= position; i += 2) text = versions[i + 1];
          return text;
        }
        function cut(text) { return text.length > 44 ? text.slice(0, 43) + "…" : text; }
        function line(box, name, text) { const t = box.querySelector("text." + name); if (t) t.textContent = text; }
        function choose(id) { chosen = chosen === id ? -1 : id; show(at); }
        function showPaths() {
          const paths = $("paths"), list = paths.querySelector("ol");
          paths.hidden = chosen < 0;
          list.replaceChildren();
          if (chosen < 0) return;
          paths.querySelector("h2").textContent = "Chain rule into " + data.nodes[chosen];
          events.forEach((e, i) => {
            if (e[1] !== chosen || (e[0] !== "backward" && e[0] !== "accumulate" && e[0] !== "seed")) return;
            const item = document.createElement("li");
            item.textContent = e[3]; if (i >= at) item.className = "later"; list.append(item);
          });
          if (!list.children.length) { const item = document.createElement("li"); item.textContent = "no gradient flows here"; list.append(item); }
        }
        function show(position) {
          at = Math.max(0, Math.min(count, position));
          const event = at ? events[at - 1] : null, changed = new Set(event ? event[4] : []);
          slider.value = at; $("place").textContent = at + " / " + count;
          what.replaceChildren();
          if (event) {
            const kind = document.createElement("span");
            kind.className = "kind " + event[0]; kind.textContent = event[0]; what.append(kind, document.createTextNode(event[3]));
          } else what.textContent = "The beginning: inputs and parameters are there, nothing is computed.";
          why.textContent = event ? reasons[event[0]] : "Go on with the right arrow key.";
          for (const [i, row, numbers] of rows) {
            const text = textOf(data.tensors[i], at);
            numbers.textContent = text ?? "–"; row.className = changed.has(i) ? "changed" : text === null ? "missing" : "";
          }
          for (const [id, box] of boxes) {
            let value = null, gradient = null;
            for (const tensor of data.tensors) {
              if (tensor[0] !== id) continue;
              if (tensor[1] === "value") value = textOf(tensor, at);
              if (tensor[1] === "gradient") gradient = textOf(tensor, at);
            }
            line(box, "v", value === null ? "" : cut(value)); line(box, "g", gradient === null ? "" : cut("grad " + gradient));
            box.classList.toggle("waiting", value === null); box.classList.toggle("now", !!event && event[1] === id);
            box.classList.toggle("from", !!event && event[2] === id); box.classList.toggle("chosen", id === chosen);
          }
          document.querySelectorAll("#picture .e").forEach(e => e.classList.toggle("near", !!event && event[2] >= 0 && +e.dataset.from === event[1] && +e.dataset.to === event[2]));
          reveal(event);
          showPaths();
          history.replaceState(null, "", "#" + at);
        }
        function reveal(event) {
          const row = document.querySelector("tr.changed"), box = event && boxes.get(event[1]);
          // Only the panel moves: on a narrow screen it is part of the page, which stays where the reader is.
          if (row && side.scrollHeight > side.clientHeight) {
            const a = row.getBoundingClientRect(), b = side.getBoundingClientRect();
            if (a.top < b.top || a.bottom > b.bottom) side.scrollTop += (a.top + a.bottom) / 2 - (b.top + b.bottom) / 2;
          }
          if (!box) return;
          const a = box.getBoundingClientRect(), b = picture.getBoundingClientRect();
          if (a.top < b.top || a.bottom > b.bottom) picture.scrollTop += (a.top + a.bottom) / 2 - (b.top + b.bottom) / 2;
          if (a.left < b.left || a.right > b.right) picture.scrollLeft += (a.left + a.right) / 2 - (b.left + b.right) / 2;
        }
        function stop() { clearInterval(timer); timer = 0; play.textContent = "Play"; play.setAttribute("aria-pressed", "false"); }
        function toggle() {
          if (timer) { stop(); return; }
          if (at === count) show(0);
          const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2000 : 900;
          play.textContent = "Pause"; play.setAttribute("aria-pressed", "true");
          timer = setInterval(() => { show(at + 1); if (at === count) stop(); }, pause);
        }
        // As large as the room allows, and never so small that it cannot be read.
        function fit() {
          const svg = picture.querySelector("svg"), width = svg.viewBox.baseVal.width, room = picture.clientWidth - 20;
          svg.style.width = Math.max(0.75, Math.min(1, room / width)) * width + "px"; svg.style.height = "auto";
        }
        $("first").onclick = () => show(0); $("last").onclick = () => show(count); $("back").onclick = () => show(at - 1); $("next").onclick = () => show(at + 1);
        play.onclick = toggle; slider.oninput = () => show(+slider.value);
        document.addEventListener("keydown", e => {
          if (e.ctrlKey || e.altKey || e.metaKey || e.target === slider) return;
          if (e.key === "ArrowRight" || e.key === "n") show(at + 1);
          else if (e.key === "ArrowLeft" || e.key === "p") show(at - 1);
          else if (e.key === "Home") show(0);
          else if (e.key === "End") show(count);
          else if (e.key === " " && e.target.tagName !== "BUTTON") toggle();
          else return;
          e.preventDefault();
        });
        addEventListener("resize", fit);
        fit();
        show(Math.trunc(+location.hash.slice(1)) || 0);
        """;
}
