// Reads the text with a voice of the device's own. The button stays hidden where there is no voice for the language.
const aloud = document.querySelector("[data-read-aloud]")

const spokenText = block => {
  const copy = block.cloneNode(true)
  for (const silent of copy.querySelectorAll(".note-ref, svg, .sr, form")) silent.remove()
  return copy.textContent.trim()
}

if (aloud && "speechSynthesis" in window) {
  const language = document.querySelector(".lesson-text").lang || root.lang
  const label = aloud.lastChild
  const words = label.data
  // One that is on the device comes first: others send the text elsewhere, and cost a connection.
  const voice = () =>
    speechSynthesis
      .getVoices()
      .filter(one => one.lang.slice(0, 2) === language.slice(0, 2))
      .sort((a, b) => b.localService - a.localService)[0]
  const offer = () => (aloud.hidden = !voice())
  offer()
  speechSynthesis.addEventListener("voiceschanged", offer)

  const mark = block => {
    document.querySelector(".is-aloud")?.classList.remove("is-aloud")
    block?.classList.add("is-aloud")
  }
  const stop = () => {
    speechSynthesis.cancel()
    mark()
    label.data = words
  }
  const speak = block => {
    const speech = Object.assign(new SpeechSynthesisUtterance(spokenText(block)), { voice: voice(), lang: language })
    speech.onstart = () => mark(block)
    speechSynthesis.speak(speech)
    return speech
  }
  aloud.addEventListener("click", () => {
    if (speechSynthesis.speaking) return stop()
    label.data = " " + aloud.dataset.stop
    const blocks = document.querySelectorAll(".prose :is(h2, h3, p, li, dt, dd):not(form *, .notes *, li p)")
    const spoken = [...blocks].map(speak)
    if (spoken.length) spoken.at(-1).onend = stop
  })
  addEventListener("pagehide", stop)
}
