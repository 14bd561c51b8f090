// Where the reader stopped: the section on the screen, sent when the page is left.
const place = document.querySelector("form[data-position]")
if (place) {
  const sections = [...document.querySelectorAll(".prose section[id]")]
  let sent = place.elements.section.value
  const send = () => {
    const reached = sections.filter(one => one.getBoundingClientRect().top < innerHeight / 2).at(-1)?.id ?? ""
    if (document.visibilityState !== "hidden" || reached === sent) return
    place.elements.section.value = sent = reached
    fetch(place.action, { method: "POST", body: new FormData(place), keepalive: true, redirect: "manual" })
  }
  document.addEventListener("visibilitychange", send)
}
