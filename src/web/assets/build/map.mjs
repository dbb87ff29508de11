// Draws the map with Leaflet (the global L) from the JSON in #map-data. The
// drawing that the server sent stays until this has succeeded, and returns on
// paper.
const PIN = 31
const container = document.querySelector('#map[data-map]')
const source = document.getElementById('map-data')

if (container && source && globalThis.L) start()

function start() {
  const live = document.createElement('div')
  live.className = 'ha-map__live'
  try {
    container.append(live)
    draw(live, JSON.parse(source.textContent))
    container.classList.add('ha-map--on')
  } catch (error) {
    live.remove()
    console.error('the map could not be drawn', error)
  }
}

function draw(live, data) {
  const map = L.map(live, options(data))
  live.setAttribute('role', 'group')
  live.setAttribute('aria-label', container.dataset.label || 'Map. Arrow keys move it, plus and minus zoom.')
  // The zoom buttons stand in the top left corner: no pin may begin under them.
  map.fitBounds(data.bounds, { animate: false, maxZoom: 15, paddingTopLeft: [84, 84], paddingBottomRight: [28, 28] })
  addZoom(map)
  addBase(map, data.base)
  L.geoJSON(data.areas || [], { interactive: false, style: { className: 'ha-map__area' } }).addTo(map)
  addOrigin(map, data)
  addPins(map, data.pins || [])
}

// The wheel scrolls the page, not the map. Nothing moves for people who asked
// their system for less motion. Tiles need whole zoom levels, vectors do not.
function options(data) {
  const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    attributionControl: Boolean(data.base),
    fadeAnimation: moves,
    inertia: moves,
    maxZoom: 18,
    scrollWheelZoom: false,
    zoomAnimation: moves,
    zoomControl: false,
    zoomSnap: data.base ? 1 : .25
  }
}

function addZoom(map) {
  const { zoomIn, zoomOut } = container.dataset
  L.control.zoom({ zoomInTitle: zoomIn || 'Zoom in', zoomOutTitle: zoomOut || 'Zoom out' }).addTo(map)
}

function addBase(map, base) {
  if (base?.kind !== 'raster') return
  map.attributionControl.setPrefix(false)
  L.tileLayer(base.url, { attribution: escaped(base.attribution), maxZoom: 18 }).addTo(map)
}

function addOrigin(map, { origin, radius_metres: radius }) {
  if (!origin) return
  const at = [origin.lat, origin.lon]
  if (radius) L.circle(at, { className: 'ha-map__radius', interactive: false, radius }).addTo(map)
  const dot = L.circleMarker(at, { className: 'ha-map__origin', interactive: false, radius: 7 }).addTo(map)
  dot.bindTooltip(text('span', origin.label), { className: 'ha-map__label', direction: 'bottom', permanent: true })
}

// Pins are links to their cards, in the order of the cards. Which of them would
// cover each other depends on the zoom, so they are laid out again after it.
function addPins(map, pins) {
  const layer = L.layerGroup().addTo(map)
  const lay = () => {
    const focused = focusedPin(map)?.getAttribute('href')
    layer.clearLayers()
    for (const row of rows(map, pins)) layer.addLayer(marker(map, row))
    if (focused) map.getContainer().querySelector(`.ha-pin[href="${CSS.escape(focused)}"]`)?.focus()
  }
  map.on('zoomend', lay)
  lay()
}

function focusedPin(map) {
  const focused = document.activeElement
  return map.getContainer().contains(focused) ? focused.closest('.ha-pin') : null
}

function rows(map, pins) {
  const found = []
  for (const pin of pins) {
    const at = map.latLngToLayerPoint([pin.lat, pin.lon])
    const row = found.find(other => other.at.distanceTo(at) < PIN)
    if (row) row.pins.push(pin)
    else found.push({ at, pins: [pin] })
  }
  return found
}

function marker(map, { pins }) {
  const at = [pins[0].lat, pins[0].lon]
  const row = document.createElement('div')
  row.className = 'ha-pins'
  row.append(...pins.map(pin => pinLink(map, pin, at)))
  const icon = L.divIcon({ className: 'ha-pins-anchor', html: row, iconSize: [0, 0] })
  return L.marker(at, { icon, interactive: false, keyboard: false })
}

function pinLink(map, pin, at) {
  const link = text('a', pin.n)
  link.className = 'ha-pin'
  link.href = /^[#/]/.test(pin.href) ? pin.href : '#'
  link.append(text('span', `, ${pin.label}`))
  link.lastChild.className = 'govuk-visually-hidden'
  link.title = pin.label
  link.addEventListener('focus', () => map.panInside(at, { animate: false, padding: [40, 40] }))
  L.DomEvent.disableClickPropagation(link)
  return link
}

function text(name, words) {
  const made = document.createElement(name)
  made.textContent = words
  return made
}

function escaped(words) {
  return text('i', words || '').innerHTML
}
