// Makes static/map/europe.svg (the shapes) and platform_site/ui/map_data.json (where plates stand, who borders whom).
// Run by hand when the map changes: `node scripts/build_map.mjs`. It installs its packages in a temporary folder.
// Source: world-atlas (ISC), Natural Earth 1:50m (public domain). The three repairs are below, each with its reason.
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = ["world-atlas@2.0.2", "topojson-client@3", "topojson-simplify@3", "d3-geo@3"];
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const WIDTH = 720;
const HEIGHT = 770;
const LEFT_CLIP = -330;

// ISO 3166-1 numeric codes as the source has them, and the letters of the plates. Kosovo has no number there.
const COUNTRIES = {
  "008": "AL", "051": "AM", "040": "AT", "031": "AZ", "070": "BA", "056": "BE", "100": "BG", "112": "BY", "756": "CH",
  "196": "CY", "203": "CZ", "276": "DE", "208": "DK", "233": "EE", "724": "ES", "246": "FI", "250": "FR", "826": "GB",
  "268": "GE", "300": "GR", "191": "HR", "348": "HU", "372": "IE", "352": "IS", "380": "IT", "438": "LI", "440": "LT",
  "442": "LU", "428": "LV", "498": "MD", "499": "ME", "807": "MK", "470": "MT", "528": "NL", "578": "NO", "616": "PL",
  "620": "PT", "642": "RO", "688": "RS", "643": "RU", "752": "SE", "705": "SI", "703": "SK", "792": "TR", "804": "UA",
};
const DOTS = { MT: 3.2, LI: 2.2 };
const PLATE = { width: 34, height: 26, gap: 2 };
// Where the author of the map wants a plate beside its country: offset in map units.
const MOVED = { AZ: [-26, 44], BE: [-36, -14], LU: [-50, 0], LI: [-46, 34], ME: [-44, 40], MT: [26, 14], XK: [40, 36] };
// Where the shape's middle is far from where the reader looks (islands far away, a narrow or clipped country).
const PLACED = { FR: [2.6, 46.9], NO: [9.3, 61.2], RU: [40, 56.5], GB: [-1.8, 53], HR: [15.6, 45.4], PT: [-8, 39.6], SE: [15, 61.5], FI: [26.2, 63.2], IT: [12.6, 42.9], GR: [22.1, 39.5], TR: [34, 39.1] };

const folder = mkdtempSync(join(tmpdir(), "map-"));
execFileSync("npm", ["install", "--silent", "--prefix", folder, ...PACKAGES], { stdio: ["ignore", "ignore", "inherit"] });
const require = createRequire(join(folder, "node_modules", "index.js"));
const topojson = { ...require("topojson-client"), ...require("topojson-simplify") };
const d3 = require("d3-geo");
const world = JSON.parse(readFileSync(join(folder, "node_modules/world-atlas/countries-50m.json"), "utf8"));
rmSync(folder, { recursive: true });

function polygonsOf(geometry) {
  return geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
}

const shapes = world.objects.countries.geometries;
function named(name) {
  const found = shapes.find((shape) => shape.properties.name === name);
  if (!found) throw new Error(`The source has no shape named ${name}.`);
  return found;
}

// Repair 1: the source draws Crimea as a polygon of Russia. It belongs to Ukraine, and the border between goes.
const russia = named("Russia");
const ukraine = named("Ukraine");
const isCrimea = (arcs) =>
  d3.geoContains(topojson.feature(world, { type: "Polygon", arcs }), [34.1, 45.2]);
const crimea = polygonsOf(russia).filter(isCrimea);
if (crimea.length !== 1) throw new Error("Crimea is not one polygon of Russia in this source.");
russia.arcs = polygonsOf(russia).filter((arcs) => !isCrimea(arcs));
Object.assign(ukraine, topojson.mergeArcs(world, [ukraine, { type: "Polygon", arcs: crimea[0] }]));

// Repair 2: the north of Cyprus is part of Cyprus.
const cyprus = named("Cyprus");
const north = named("N. Cyprus");
Object.assign(cyprus, topojson.mergeArcs(world, [cyprus, north]));
shapes.splice(shapes.indexOf(north), 1);

// Kosovo has no number in the source.
named("Kosovo").id = "XK";
const codeOf = (shape) => (shape.id === "XK" ? "XK" : COUNTRIES[shape.id]);

const neighbourIndexes = topojson.neighbors(shapes);
const neighbours = Object.fromEntries(
  shapes.map((shape, index) => [codeOf(shape), neighbourIndexes[index].map((other) => codeOf(shapes[other]))])
    .filter(([code]) => code)
    .map(([code, others]) => [code, others.filter(Boolean).sort()]),
);

const simple = topojson.simplify(topojson.presimplify(world, topojson.sphericalTriangleArea), 4e-6);
const projection = d3.geoAzimuthalEqualArea().rotate([-17, -51.5]).scale(930).translate([WIDTH / 2, HEIGHT / 2])
  .clipExtent([[LEFT_CLIP, 0], [WIDTH, HEIGHT]]).precision(0.3);
const pathOf = d3.geoPath(projection).digits(1);

// Islands under five square units are dropped; holes go with their island.
function drawn(feature, least = 5) {
  const geometry = feature.geometry;
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const kept = parts.filter((coordinates) => pathOf.area({ type: "Polygon", coordinates }) >= least);
  const shape = { type: "MultiPolygon", coordinates: kept };
  return kept.length && pathOf(shape) ? shape : null;
}

const tidy = (path) => path.replaceAll("-0.", "-.").replace(/([MLZ,])0\./g, "$1.");
const countries = [];
const rest = [];
for (const shape of simple.objects.countries.geometries) {
  const code = codeOf(shape);
  const feature = topojson.feature(simple, shape);
  if (!code) {
    rest.push(shape);
    continue;
  }
  // Repair 3: Malta and Liechtenstein vanish when simplified; they become dots where they lie.
  const area = DOTS[code] ? null : drawn(feature);
  const raw = topojson.feature(world, shapes.find((other) => codeOf(other) === code));
  const centre = projection(PLACED[code] ?? d3.geoCentroid(raw));
  if (!DOTS[code] && !area) throw new Error(`${code} vanished.`);
  countries.push({ code, area, centre, box: area ? pathOf.bounds(area) : null });
}
countries.sort((a, b) => (a.code < b.code ? -1 : 1));

// The shape round the countries carries no name: North Africa, the Near East, Central Asia.
const aroundArcs = { type: "FeatureCollection", features: [] };
for (const shape of rest) {
  const area = drawn(topojson.feature(simple, shape), 12);
  if (area) aroundArcs.features.push(shape);
}
const around = drawn({ geometry: topojson.merge(simple, aroundArcs.features) }, 12);

const lines = countries.map(({ code, area, centre }) =>
  area
    ? `<path id="${code}" d="${tidy(pathOf(area))}"/>`
    : `<circle id="${code}" cx="${centre[0].toFixed(1)}" cy="${centre[1].toFixed(1)}" r="${DOTS[code]}"/>`);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">\n<path id="around" d="${tidy(pathOf(around))}"/>\n${lines.join("\n")}\n</svg>\n`;
mkdirSync(join(ROOT, "static/map"), { recursive: true });
writeFileSync(join(ROOT, "static/map/europe.svg"), svg);

const round = (values) => values.map((value) => Math.round(value));
// A clipped country (Azerbaijan, Russia) may have its middle outside; a plate is 34 by 26 and stays whole.
const clamped = ([x, y], marginX, marginY) => [
  Math.min(Math.max(x, marginX), WIDTH - marginX), Math.min(Math.max(y, marginY), HEIGHT - marginY)];
const plates = countries.map(({ code, centre, box }) => {
  const [right, down] = MOVED[code] ?? [0, 0];
  // A large country keeps its plate, a small one gives way.
  const size = box ? (box[1][0] - box[0][0]) * (box[1][1] - box[0][1]) : 0;
  return { code, x: centre[0] + right, y: centre[1] + down, give: 1 / (1 + size / 600) };
});
// All plates at once must not lie on each other, whichever of them a page shows: push them apart until none do.
for (let round = 0; round < 2000; round += 1) {
  for (const [index, one] of plates.entries()) {
    for (const other of plates.slice(index + 1)) {
      const overX = PLATE.width + PLATE.gap - Math.abs(one.x - other.x);
      const overY = PLATE.height + PLATE.gap - Math.abs(one.y - other.y);
      if (overX <= 0 || overY <= 0) continue;
      const axis = overX < overY ? "x" : "y";
      const step = Math.min(overX, overY) * 0.5 * (one[axis] < other[axis] ? -1 : 1);
      const share = one.give / (one.give + other.give);
      one[axis] += step * share;
      other[axis] -= step * (1 - share);
    }
  }
  for (const plate of plates) [plate.x, plate.y] = clamped([plate.x, plate.y], 20, 16);
}
const data = Object.fromEntries(countries.map(({ code, centre, box }, index) => {
  const at = round(clamped(centre, 6, 6));
  const plate = round([plates[index].x, plates[index].y]);
  const bounds = box ? round(box.flat()) : round([centre[0] - 6, centre[1] - 6, centre[0] + 6, centre[1] + 6]);
  return [code, { at, plate, bounds, neighbours: neighbours[code] ?? [] }];
}));
const rows = Object.entries(data).map(([code, value]) => `  "${code}": ${JSON.stringify(value)}`);
writeFileSync(join(ROOT, "platform_site/ui/map_data.json"), `{\n${rows.join(",\n")}\n}\n`);
console.log(`${countries.length} countries, ${svg.length} bytes`);
