// Searches the paper with Pagefind: in the index of the newest stories first, then in older ones.
(() => {
  const form = document.getElementById("search");
  const said = document.getElementById("found");
  const list = document.getElementById("results");
  const further = document.getElementById("further");
  const folder = new URL(form.dataset.folder, document.baseURI);
  const root = new URL("../../", folder);
  const parts = form.dataset.parts.split(" ");
  const atOnce = 10; // results
  const mostParts = 6; // indexes that are opened for them

  let runtime; // the module that all indexes are opened with
  const indexes = []; // those opened so far, as promises
  let turn = 0; // the search that counts: what an earlier one still finds is dropped
  let query = "";
  let next = 0; // the first index that was not searched yet
  let results = []; // found and not shown yet
  let count = 0; // found in all

  // What could not be had, the next search asks for again.
  const open = (place) =>
    (indexes[place] ||= (async () => {
      runtime ||= import(new URL(parts[0] + "/pagefind.js", folder));
      const { createInstance } = await runtime;
      return createInstance({
        basePath: new URL(parts[place] + "/", folder).pathname,
        baseUrl: root.pathname,
      });
    })().catch((trouble) => {
      indexes[place] = runtime = undefined;
      throw trouble;
    }));

  const element = (name, text = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  // Pagefind marks what was found in its excerpts; all else in them is text.
  const excerpt = (html) => {
    const made = element("p");
    html.split(/<\/?mark>/).forEach((text, place) => {
      const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      made.append(place % 2 ? element("mark", plain) : plain);
    });
    made.append(" …");
    return made;
  };

  const show = ({ url, meta, excerpt: html }) => {
    const story = element("article");
    const column = element("div");
    const headline = element("h2");
    const link = element("a", meta.title);
    link.href = url;
    headline.append(link);
    if (meta.section) column.append(Object.assign(element("p", meta.section), { className: "kicker" }));
    column.append(headline, excerpt(html));
    story.append(element("small", meta.date || ""), column);
    list.append(story);
    return link;
  };

  // Shows the next results, and tells how many there are.
  const go = async () => {
    const mine = turn;
    further.hidden = true;
    said.textContent = form.dataset.wait;
    let first;
    try {
      const end = next + mostParts;
      while (results.length < atOnce && next < Math.min(end, parts.length)) {
        const index = await open(next);
        const found = await index.search(query);
        if (mine !== turn) return;
        next += 1;
        count += found.results.length;
        results.push(...found.results);
      }
      const shown = await Promise.all(results.slice(0, atOnce).map((result) => result.data()));
      if (mine !== turn) return;
      results = results.slice(atOnce);
      const links = shown.map(show);
      first = links[0];
    } catch (error) {
      if (mine === turn) said.textContent = form.dataset.trouble;
      return;
    }
    const isOpen = next < parts.length;
    said.textContent =
      count || isOpen ? `${form.dataset.found} ${count}${isOpen ? "+" : ""}` : form.dataset.none;
    further.hidden = !isOpen && !results.length;
    return first;
  };

  const begin = (text) => {
    turn += 1;
    [query, next, results, count] = [text, 0, [], 0];
    list.replaceChildren();
    further.hidden = true;
    said.textContent = "\u00a0"; // the line keeps its room, so that nothing below it moves
    return text ? go() : undefined;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.q.value.trim();
    const address = new URL(location.href);
    address.searchParams.set("q", text);
    history.replaceState(null, "", address);
    begin(text);
  });
  further.addEventListener("click", async () => (await go())?.focus());

  // A search can be linked to: search.html?q=trams
  const asked = (new URLSearchParams(location.search).get("q") || "").slice(0, 200).trim();
  form.elements.q.value = asked;
  begin(asked);
})();
