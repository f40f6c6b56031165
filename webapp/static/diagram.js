// The network of a lược đồ to walk through. The tables on the page say the same without it.
const say = (vi, en) => (document.documentElement.lang === "en" ? en : vi);
const stage = document.getElementById("mang");
const aside = document.getElementById("mang-chon");
const marks = JSON.parse(stage.dataset.marks);
const words = JSON.parse(stage.dataset.words);
const spoken = (word) => words[word] ?? word;
const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const SHAPES = { circle: "ellipse", ring: "ellipse", half: "ellipse", square: "rectangle", triangle: "triangle", diamond: "diamond" };
const DEEDS = new Set(["sửa đổi bổ sung", "thay thế", "bãi bỏ", "đình chỉ", "đính chính", "hợp nhất"]);
const BASES = new Set(["căn cứ", "hướng dẫn", "triển khai thực hiện", "kèm theo"]);
const ROW = 62;
const COLUMN = 240;
// between the rows of works that share a column
const PART = 190;
let cy;
let layout = "steps";

function colours() {
  return { ink: shade("--ink"), soft: shade("--soft"), card: shade("--card"), line: shade("--line"), red: shade("--red"), link: shade("--link") };
}

function lineOf(relation) {
  const { red, link, soft } = colours();
  if (DEEDS.has(relation)) return { colour: red, dash: "solid" };
  return BASES.has(relation) ? { colour: link, dash: "solid" } : { colour: soft, dash: "dashed" };
}

// --- places ---
function bySteps(nodes) {
  const places = {};
  const columns = Map.groupBy(nodes, (node) => node.hop);
  for (const [hop, column] of columns) {
    column.sort((a, b) => (a.issued || "9").localeCompare(b.issued || "9"));
    // a long column stands in several rows of works beside each other
    const wide = Math.max(1, Math.ceil(column.length / 14));
    const high = Math.ceil(column.length / wide);
    column.forEach((node, at) => {
      places[node.id] = { hop, part: Math.floor(at / high), y: ((at % high) - (high - 1) / 2) * ROW };
    });
    columns.set(hop, wide);
  }
  const hops = [...columns.keys()].sort((a, b) => a - b);
  const left = {};
  let x = 0;
  for (const hop of hops) { left[hop] = x; x += (columns.get(hop) - 1) * PART + COLUMN; }
  for (const place of Object.values(places)) place.x = left[place.hop] + place.part * PART;
  return places;
}

// Years are as wide as they have works, so that a busy one can be read; within a year days keep their distance.
function byTime(nodes) {
  const dated = nodes.filter((node) => /^\d{4}/.test(node.issued)).sort((a, b) => a.issued.localeCompare(b.issued));
  const counts = Map.groupBy(dated, (node) => Number(node.issued.slice(0, 4)));
  const axis = [];
  let x = 0;
  for (const year of [...counts.keys()].sort((a, b) => a - b)) {
    const width = 110 + 80 * Math.min(counts.get(year).length, 14);
    axis.push({ year, x, width });
    x += width;
  }
  const start = new Map(axis.map((one) => [one.year, one]));
  const lanes = [];
  const places = {};
  for (const node of dated) {
    const [year, month = 7, day = 1] = node.issued.split("-").map(Number);
    const here = start.get(year);
    const at = here.x + 60 + ((month - 1 + day / 31) / 12) * (here.width - 110);
    let lane = lanes.findIndex((end) => end + 170 < at);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = at;
    places[node.id] = { x: at, y: lane * ROW * 1.5 };
  }
  nodes.filter((node) => !(node.id in places)).forEach((node, at) => {
    places[node.id] = { x: -200, y: at * ROW };
  });
  return { places, axis, low: Math.max(lanes.length, 2) * ROW * 1.5 };
}

function years({ axis, low }) {
  const quiet = { selectable: false, grabbable: false };
  return axis.flatMap(({ year, x }) => [
    { group: "nodes", data: { id: `nam-${year}`, short: String(year), axis: 1 }, position: { x, y: low + 30 }, ...quiet },
    { group: "nodes", data: { id: `dau-${year}`, short: "", axis: 1 }, position: { x, y: -50 }, ...quiet },
    { group: "edges", data: { id: `vach-${year}`, source: `dau-${year}`, target: `nam-${year}`, axis: 1 }, selectable: false },
  ]);
}

function arrange() {
  const shown = cy.nodes("[!axis]").not(".gone");
  const nodes = shown.map((node) => node.data());
  cy.remove("[axis]");
  let places;
  if (layout === "time") {
    const time = byTime(nodes);
    places = time.places;
    cy.add(years(time));
  } else {
    places = bySteps(nodes);
  }
  shown.positions((node) => places[node.id()]);
  cy.fit(cy.elements().not(".gone"), 30);
  if (cy.zoom() < 0.35) { cy.zoom(0.35); cy.center(cy.getElementById(cy.data("root"))); }
}

// --- looks ---
function looks() {
  const { ink, soft, card, line, red } = colours();
  return [
    { selector: "node", style: { label: "data(short)", "font-size": 13, "font-family": "Noto Sans, DejaVu Sans, Arial, sans-serif", color: ink, "text-wrap": "wrap", "text-max-width": 178, "text-valign": "bottom", "text-margin-y": 4, "text-background-color": card, "text-background-opacity": 0.8, "text-background-padding": 1, width: 18, height: 18, "background-color": card, "border-width": 2 } },
    { selector: "node[colour]", style: { "border-color": "data(colour)", shape: (node) => SHAPES[node.data("shape")] } },
    { selector: "node[shape != 'ring'][shape != 'half'][colour]", style: { "background-color": "data(colour)" } },
    { selector: "node[shape = 'half']", style: { "pie-size": "100%", "pie-1-background-color": "data(colour)", "pie-1-background-size": 50 } },
    { selector: "node[!held]", style: { "border-style": "dashed", "border-color": soft } },
    { selector: "node[root]", style: { width: 30, height: 30, "font-weight": "bold", "font-size": 15, "border-width": 5, "border-color": red } },
    { selector: "node[axis]", style: { width: 1, height: 1, "border-width": 0, "background-opacity": 0, shape: "ellipse", color: soft } },
    { selector: "edge[colour]", style: { width: (edge) => 1 + Math.min(Math.log2(1 + edge.data("count")), 4) * 0.6, "line-color": "data(colour)", "line-style": "data(dash)", "target-arrow-color": "data(colour)", "target-arrow-shape": "triangle", "curve-style": "bezier", "arrow-scale": 0.9 } },
    { selector: "edge[axis]", style: { width: 1, "line-color": line, "line-style": "dotted", "target-arrow-shape": "none", "curve-style": "straight" } },
    { selector: "edge:selected, edge.near", style: { label: "data(relation)", "font-size": 11, color: ink, "text-background-color": card, "text-background-opacity": 0.9, "text-background-padding": 2, width: 4 } },
    { selector: "node:selected", style: { "overlay-color": "#ffb300", "overlay-opacity": 0.35, "overlay-padding": 8 } },
    { selector: ".far", style: { opacity: 0.13 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}

// --- what is chosen ---
function element(name, words, address) {
  const made = document.createElement(name);
  made.textContent = words;
  if (address) made.href = address;
  return made;
}

function showNode(node) {
  const { label, title, issued, status, page, diagram, hop, rests, held } = node.data();
  const links = document.createElement("p");
  links.append(element("a", say("Mở văn bản", "Open the document"), page), " · ", element("a", say("Lược đồ của nó", "Its diagram"), diagram));
  const told = [`${spoken(status)}${issued ? ` · ${issued.split("-").reverse().join("/")}` : ""}`];
  if (hop) told.push(hop < 0 ? say(`${-hop} bậc lên căn cứ`, `${-hop} steps up its bases`) : say(`${hop} bậc xuống`, `${hop} steps down`));
  if (rests) told.push(say(`dựa vào văn bản ở giữa qua ${rests} bậc`, `rests on the one in the middle by ${rests} steps`));
  if (!held) told.push(say("kho chưa có toàn văn", "text not held"));
  aside.replaceChildren(element("h3", label), element("p", title === label ? "" : title), element("p", told.join("; ")), links);
}

async function showEdge(edge) {
  const { page, relation } = edge.data();
  aside.replaceChildren(element("h3", `${edge.source().data("label")} → ${spoken(relation)} → ${edge.target().data("label")}`));
  const answer = await fetch(`${page}?manh=1`).catch(() => undefined);
  if (!answer?.ok || !edge.selected()) return;
  const told = document.createElement("div");
  told.innerHTML = await answer.text();
  aside.append(told);
}

// --- impact: what rests on the work ---
function impact(on) {
  cy.elements().removeClass("far");
  if (!on) return;
  const struck = cy.nodes("[!axis]").filter((node) => node.data("root") || node.data("rests") > 0);
  cy.elements("[!axis]").difference(struck.union(struck.edgesWith(struck).filter((edge) => BASES.has(edge.data("relation"))))).addClass("far");
  const count = struck.length - 1;
  aside.replaceChildren(element("h3", say("Nếu văn bản ở giữa hết hiệu lực", "If the document in the middle is repealed")), element("p", count ? say(`${count} văn bản dựa vào nó trong phạm vi đang vẽ, cần xem lại; danh sách đủ ở cuối trang.`, `${count} of the documents drawn rest on it and need review; the full list is at the end of the page.`) : say("Không văn bản nào đang vẽ dựa vào nó.", "None of the documents drawn rests on it.")));
}

// --- files ---
function save(blob, kind) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${stage.dataset.name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const escaped = (words) => words.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

function shapeOf(node, x, y) {
  const { shape, colour, root } = node.data();
  const r = root ? 15 : 9;
  const dash = node.data("held") ? "" : ' stroke-dasharray="3 2"';
  const ring = `fill="${shape === "ring" || shape === "half" ? "#fff" : colour}" stroke="${root ? "#8a1c1c" : colour}" stroke-width="${root ? 4 : 2}"${dash}`;
  if (shape === "square") return `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" ${ring}/>`;
  if (shape === "triangle") return `<path d="M${x},${y - r} L${x + r},${y + r} L${x - r},${y + r} Z" ${ring}/>`;
  if (shape === "diamond") return `<path d="M${x},${y - r} L${x + r},${y} L${x},${y + r} L${x - r},${y} Z" ${ring}/>`;
  const half = shape === "half" ? `<path d="M${x},${y - r} A${r},${r} 0 0 1 ${x},${y + r} Z" fill="${colour}"/>` : "";
  return `<circle cx="${x}" cy="${y}" r="${r}" ${ring}/>${half}`;
}

function drawn() {
  const box = cy.elements(":visible").boundingBox();
  const pieces = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.x1 - 20} ${box.y1 - 20} ${box.w + 40} ${box.h + 40}" font-family="'Noto Sans','DejaVu Sans',Arial,sans-serif" font-size="13"><rect x="${box.x1 - 20}" y="${box.y1 - 20}" width="${box.w + 40}" height="${box.h + 40}" fill="#fff"/><defs><marker id="m" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 Z" fill="#5b5750"/></marker></defs>`];
  cy.edges(":visible").forEach((edge) => {
    const [a, b] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    const axis = edge.data("axis");
    pieces.push(`<path d="M${a.x},${a.y} L${b.x},${b.y}" fill="none" stroke="${axis ? "#ddd7cb" : DEEDS.has(edge.data("relation")) ? "#8a1c1c" : BASES.has(edge.data("relation")) ? "#0b4f8a" : "#98a2b3"}"${axis || edge.data("dash") === "dashed" ? ' stroke-dasharray="4 3"' : ""}${axis ? "" : ' marker-end="url(#m)"'}>${axis ? "" : `<title>${escaped(edge.data("relation"))}</title>`}</path>`);
  });
  cy.nodes(":visible").forEach((node) => {
    const { x, y } = node.position();
    const { short, title, axis, root } = node.data();
    const words = `<text x="${x}" y="${y + (axis ? 4 : root ? 32 : 26)}" text-anchor="middle"${root ? ' font-weight="bold"' : ""}>${escaped(short)}</text>`;
    pieces.push(axis ? words : `<g><title>${escaped(title ?? "")}</title>${shapeOf(node, x, y)}${words}</g>`);
  });
  return `${pieces.join("\n")}\n</svg>\n`;
}

// --- with or without what is only named ---
const cites = stage.querySelector("[data-cites]");
const MANY = 60;

function sift() {
  cy.elements().removeClass("gone");
  if (cites.checked) return;
  cy.edges("[!axis]").filter((edge) => !BASES.has(edge.data("relation")) && !DEEDS.has(edge.data("relation"))).addClass("gone");
  cy.nodes("[!axis][!root]").filter((node) => node.connectedEdges().not(".gone").empty()).addClass("gone");
}

// --- begin ---
async function begin() {
  const answer = await fetch(stage.dataset.source).catch(() => undefined);
  if (!answer?.ok) return;
  const network = await answer.json();
  if (network.nodes.length < 2) return;
  stage.hidden = false;
  const known = (status) => marks[status] ?? marks["Không xác định"];
  cy = cytoscape({
    container: document.getElementById("mang-hinh"),
    elements: [
      ...network.nodes.map((node) => ({ group: "nodes", data: { ...node, ...known(node.status), short: node.label.length > 46 ? `${node.label.slice(0, 45)}…` : node.label, root: node.id === network.root ? 1 : undefined } })),
      ...network.edges.map((edge, at) => ({ group: "edges", data: { ...edge, ...lineOf(edge.relation), id: `canh-${at}` } })),
    ],
    style: looks(),
    layout: { name: "preset" },
    userZoomingEnabled: false, // the wheel goes on scrolling the page
    minZoom: 0.1,
    maxZoom: 3,
    data: { root: network.root },
  });
  cites.checked = network.nodes.length <= MANY;
  sift();
  arrange();
  cy.on("select", "node", (event) => { event.target.connectedEdges("[!axis]").addClass("near"); showNode(event.target); });
  cy.on("unselect", "node", () => cy.edges().removeClass("near"));
  cy.on("select", "edge", (event) => showEdge(event.target));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    cy.edges("[!axis]").forEach((edge) => { edge.data(lineOf(edge.data("relation"))); });
    cy.style(looks());
  });
  stage.dispatchEvent(new CustomEvent("ready"));
  stage.dataset.ready = "1";
}

stage.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !cy) return;
  const { layout: wanted, zoom, save: kind } = button.dataset;
  if (wanted) {
    layout = wanted;
    for (const other of stage.querySelectorAll("[data-layout]")) other.setAttribute("aria-pressed", String(other === button));
    arrange();
  } else if ("impact" in button.dataset) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    impact(on);
  } else if (zoom) {
    cy.zoom({ level: cy.zoom() * Number(zoom), renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  } else if ("fit" in button.dataset) {
    cy.fit(cy.elements().not(".gone"), 30);
  } else if (kind === "png") {
    save(cy.png({ full: true, scale: 2, bg: colours().card, output: "blob", maxWidth: 8000, maxHeight: 8000 }), "png");
  } else if (kind === "svg") {
    save(new Blob([drawn()], { type: "image/svg+xml" }), "svg");
  }
});
cites.addEventListener("change", () => { sift(); arrange(); });
begin();
