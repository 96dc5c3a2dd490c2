// Draws the diagrams, on the pages that have one, in the colours of the theme that was chosen.
(() => {
  const texts = [...document.querySelectorAll("code.language-mermaid")];
  if (texts.length === 0) return;
  const library = document.createElement("script");
  library.src = `${path_to_root}mermaid.js`;
  library.onload = async () => {
    const isDark = ["navy", "coal", "ayu"].some((it) => document.documentElement.classList.contains(it));
    mermaid.initialize({ startOnLoad: false, theme: isDark ? "dark" : "default" });
    for (const text of texts) {
      const diagram = document.createElement("div");
      diagram.className = "diagram";
      diagram.textContent = text.textContent;
      text.closest("pre").replaceWith(diagram);
    }
    await mermaid.run({ querySelector: ".diagram" });
  };
  document.head.append(library);
})();
