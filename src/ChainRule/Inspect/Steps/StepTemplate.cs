namespace ChainRule.Inspect;

/// <summary>The page around the drawing and the tables of a recording; nothing is loaded from elsewhere.</summary>
internal static class StepTemplate
{
    public const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{{title}}</title>
        <style>
        {{style}}
        :root { color-scheme: light dark; }
        * { box-sizing: border-box; }
        body.graph { --mark: rgba(0, 114, 178, 0.13); margin: 0; min-height: 100vh; color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; display: grid; grid-template: auto auto 1fr / minmax(0, 1.5fr) minmax(20rem, 1fr); height: 100vh; }
        @media (prefers-color-scheme: dark) { body.graph { --mark: rgba(86, 180, 233, 0.2); } }
        header { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid var(--line); background: var(--box); }
        h1 { font-size: 1.05rem; margin: 0; } h2 { font-size: .95rem; margin: 0 0 .4rem; } .quiet { color: var(--quiet); font-size: .85rem; }
        #slider { flex: 1 1 14rem; accent-color: var(--input); }
        button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .7rem; cursor: pointer; }
        button:focus-visible, #slider:focus-visible, #picture:focus-visible { outline: 2px solid var(--input); outline-offset: 1px; }
        #now { grid-column: 1 / -1; padding: .7rem 1rem; min-height: 4.6rem; border-bottom: 1px solid var(--line); }
        #what { font: 600 1rem/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        .kind { display: inline-block; border-radius: 1rem; padding: 0 .6rem; margin-right: .5rem; font-size: .8rem; color: var(--paper); background: var(--quiet); }
        .kind.forward { background: var(--input); } .kind.backward, .kind.accumulate, .kind.seed, .kind.keep { background: var(--grad); } .kind.update { background: var(--parameter); }
        #picture { overflow: auto; padding: .6rem; } #picture svg { display: block; margin: 0 auto; }
        aside { overflow: auto; border-left: 1px solid var(--line); padding: .7rem 1rem; background: var(--box); }
        table { border-collapse: collapse; width: 100%; font: .8rem/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; } th { text-align: left; font-weight: 600; color: var(--quiet); font-family: system-ui, sans-serif; }
        th, td { padding: .15rem .4rem .15rem 0; vertical-align: top; overflow-wrap: anywhere; } td:first-child { white-space: nowrap; } tr.changed td { background: var(--mark); font-weight: 600; } tr.missing td { color: var(--quiet); }
        #paths { margin: 0 0 1rem; } #paths ol { margin: 0; padding-left: 1.4rem; font: .8rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere; } #paths .later { color: var(--quiet); }
        .n { cursor: pointer; outline: none; } .graph .n.waiting { opacity: .38; } .graph .n.now > rect { stroke: var(--input); stroke-width: 3; } .graph .n.from > rect { stroke: var(--grad); stroke-width: 3; } .graph .n:focus-visible > rect, .graph .n.chosen > rect { stroke-dasharray: 7 3; stroke-width: 3; }
        .graph .e.near { stroke: var(--grad); stroke-width: 2.4; }
        @media (prefers-reduced-motion: no-preference) { .graph .n { transition: opacity .25s; } .graph .e { transition: stroke-width .25s; } }
        @media (max-width: 50rem) { body.graph { display: block; height: auto; } #picture { max-height: 60vh; } aside { border-left: 0; border-top: 1px solid var(--line); } }
        </style>
        </head>
        <body class="graph">
        <svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs></svg>
        <header>
        <h1>{{title}}</h1>
        <span><button id="first" aria-label="To the beginning">&#8676;</button> <button id="back" aria-label="One event back">&#8592;</button> <button id="play" aria-pressed="false">Play</button> <button id="next" aria-label="One event on">&#8594;</button> <button id="last" aria-label="To the end">&#8677;</button></span>
        <input id="slider" type="range" min="0" max="{{count}}" value="0" aria-label="Event"/>
        <output id="place" for="slider">0 / {{count}}</output>
        <span class="quiet">&#8592; &#8594; Home End: walk &#183; Space: play &#183; click a node: its chain rule</span>
        </header>
        <div id="now" role="status" aria-live="polite"><div id="what"></div><div id="why" class="quiet"></div></div>
        <main id="picture" tabindex="0" aria-label="The graph">
        {{drawing}}
        </main>
        <aside><section id="paths" hidden><h2></h2><ol></ol></section><h2>Tensors</h2><table><thead><tr><th scope="col">name</th><th scope="col">numbers</th></tr></thead><tbody id="tensors"></tbody></table></aside>
        <script type="application/json" id="data">{{data}}</script>
        <script>
        {{script}}
        </script>
        </body>
        </html>

        """;
}
