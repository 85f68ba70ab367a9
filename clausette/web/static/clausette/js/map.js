// The point on the map of districts: a touch or the arrows move it and write its latitude and longitude, which the
// server then reads. Without this file the two numbers are typed.

const written = (degrees) => degrees.toFixed(5).replace(".", ",");
const read = (name) => Number(document.getElementById(`id_${name}`).value.trim().replace(",", ".") || NaN);
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let asking = 0;

function dress() {
  for (const map of document.querySelectorAll("[data-map]:not([tabindex])")) {
    map.tabIndex = 0;
    map.setAttribute("role", "application");
  }
}

function put(map, x, y, patience) {
  const { width, height } = map.querySelector("svg").viewBox.baseVal;
  const [left, down] = [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];
  const point = map.querySelector("[data-point]");
  point.setAttribute("transform", `translate(${left} ${down})`);
  point.setAttribute("visibility", "visible");
  const { west, north, eastStep, southStep } = map.dataset;
  document.getElementById("id_longitude").value = written(Number(west) + left * Number(eastStep));
  const latitude = document.getElementById("id_latitude");
  latitude.value = written(Number(north) - down * Number(southStep));
  clearTimeout(asking);
  asking = setTimeout(() => latitude.dispatchEvent(new Event("change", { bubbles: true })), patience);
}

function where(map) {
  const { width, height } = map.querySelector("svg").viewBox.baseVal;
  const { west, north, eastStep, southStep } = map.dataset;
  const [longitude, latitude] = [read("longitude"), read("latitude")];
  if (Number.isNaN(longitude) || Number.isNaN(latitude)) return [width / 2, height / 2];
  return [(longitude - Number(west)) / Number(eastStep), (Number(north) - latitude) / Number(southStep)];
}

document.addEventListener("click", (event) => {
  const map = event.target instanceof Element && event.target.closest("[data-map]");
  if (!map) return;
  const drawn = map.querySelector("svg");
  const box = drawn.getBoundingClientRect();
  const unit = drawn.viewBox.baseVal.width / box.width;
  put(map, (event.clientX - box.left) * unit, (event.clientY - box.top) * unit, 0);
});

document.addEventListener("keydown", (event) => {
  const map = event.target instanceof Element && event.target.closest("[data-map]");
  const move = map && ARROWS[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const step = event.shiftKey ? 1 : 16;
  const [x, y] = where(map);
  put(map, x + move[0] * step, y + move[1] * step, 350);
});

// a number typed by hand moves the point
document.addEventListener("input", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("#id_latitude, #id_longitude")) return;
  const map = document.querySelector("[data-map]");
  if (!map || Number.isNaN(read("longitude")) || Number.isNaN(read("latitude"))) return;
  const [x, y] = where(map);
  const point = map.querySelector("[data-point]");
  point.setAttribute("transform", `translate(${x} ${y})`);
  point.setAttribute("visibility", "visible");
});

document.addEventListener("htmx:afterSettle", dress);
dress();
