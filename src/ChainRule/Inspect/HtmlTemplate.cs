namespace ChainRule.Inspect;

/// <summary>The page around the drawings, with its script; nothing is loaded from elsewhere.</summary>
internal static class HtmlTemplate
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
        html, body { height: 100%; margin: 0; }
        body.graph { display: grid; grid-template-rows: auto 1fr; color: var(--ink); font: 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow: hidden; }
        header { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; padding: .5rem .9rem; border-bottom: 1px solid var(--line); background: var(--box); }
        h1 { font-size: 1rem; margin: 0; } .quiet { color: var(--quiet); } .keys { position: absolute; pointer-events: none; z-index: 1; background: var(--paper); padding: 0 .3rem; left: .9rem; bottom: .5rem; font-size: .8rem; }
        button, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .6rem; max-width: 22rem; }
        button:focus-visible, select:focus-visible, #view:focus-visible { outline: 2px solid var(--input); outline-offset: 1px; }
        main { position: relative; overflow: hidden; } #view { position: absolute; inset: 0; overflow: hidden; cursor: grab; touch-action: none; } #view.moving { cursor: grabbing; }
        section { position: absolute; transform-origin: 0 0; left: 0; top: 0; } section[hidden] { display: none; } section svg.graph { display: block; background: none; }
        .n { cursor: pointer; outline: none; } .graph .n:focus-visible > rect, .graph .n.chosen > rect { stroke: var(--input); stroke-width: 3; } .graph .e.near { stroke: var(--input); stroke-width: 2.6; }
        #panel { position: absolute; right: .8rem; top: .8rem; width: min(24rem, calc(100% - 1.6rem)); max-height: calc(100% - 1.6rem); overflow: auto; background: var(--box); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; }
        #panel h2 { font-size: 1rem; margin: 0 0 .4rem; overflow-wrap: anywhere; } dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: .15rem .8rem; } dt { color: var(--quiet); } dd { margin: 0; font-family: ui-monospace, "DejaVu Sans Mono", Menlo, monospace; font-size: .85rem; overflow-wrap: anywhere; }
        @media (max-width: 40rem) { .keys { display: none; } #panel { top: auto; bottom: .8rem; max-height: 45%; } }
        </style>
        </head>
        <body class="graph">
        <svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs></svg>
        <header>
        <h1>{{title}}</h1>
        <span class="quiet">{{summary}}</span>
        <label>Show <select id="level">{{choices}}</select></label>
        <button id="back" hidden>&#8592; back</button>
        <strong id="where" hidden></strong>
        <span><button id="out" aria-label="Zoom out">&#8722;</button> <button id="in" aria-label="Zoom in">+</button> <button id="fit">Fit</button></span>
        </header>
        <main><div class="quiet keys">drag, arrows: move &#183; wheel, + &#8722;: zoom &#183; Tab: next &#183; Enter: open module &#183; Backspace: back</div><div id="view" tabindex="0" aria-label="The graph">
        {{drawings}}
        </div>
        <aside id="panel" aria-live="polite" hidden></aside></main>
        <script type="application/json" id="details">{{details}}</script>
        <script>
        {{script}}
        </script>
        </body>
        </html>

        """;
}
