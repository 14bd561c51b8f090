// An attempt: each answer is saved as it is given, one request after the other. "Saved" is what the server said.
// Loaded by the attempt's page alone; other pages need not carry it.
{
  const form = document.querySelector("form[data-attempt]")
  const clock = document.querySelector("[data-seconds-left]")
  const PAUSE = 800 // milliseconds after the last key press
  const PATIENCE = 1000 // before "Saving…" is worth saying
  const LONGEST_WAIT = 30000

  const questions = form ? [...form.querySelectorAll("[data-position]")] : []
  const status = form?.querySelector("[data-saved]")
  const dirty = new Set() // positions changed since they were last put into a request
  let request = null // what is being sent, until it is answered: always with the same key
  let leaving = false
  let pause = 0

  const say = (words, bad = false) => {
    status.textContent = words
    status.classList.toggle("is-bad", bad)
  }
  const fieldsOf = question => [...question.querySelectorAll("input, select, textarea")].filter(one => one.name)
  const isAnswered = question =>
    fieldsOf(question).some(one => !one.name.startsWith("base-") && (/radio|checkbox/.test(one.type) ? one.checked : one.value.trim()))

  const bodyOf = positions => {
    const all = new FormData(form)
    const names = new Set(questions.filter(one => positions.has(one.dataset.position)).flatMap(one => fieldsOf(one).map(field => field.name)))
    const body = new URLSearchParams([...all].filter(([name]) => names.has(name) || /csrf_token|timed/.test(name)))
    body.set("page", form.elements.key.value)
    body.set("key", crypto.randomUUID?.() ?? Date.now() + "-" + Math.random().toString(36).slice(2))
    return body
  }

  const flush = () => {
    clearTimeout(pause)
    if (!request && dirty.size && !leaving) {
      request = { positions: new Set(dirty), body: bodyOf(dirty), wait: 2000 }
      dirty.clear()
      send()
    }
  }

  const send = async () => {
    clearTimeout(request.timer)
    if (request.under) return
    request.under = true
    const patience = setTimeout(() => say(form.dataset.saving), PATIENCE)
    try {
      const reply = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: request.body,
        keepalive: true,
      })
      if (reply.status >= 500 || reply.status === 429) throw new Error(reply.status)
      if (reply.ok && reply.headers.get("Content-Type")?.startsWith("application/json")) settle(await reply.json())
      else refuse()
    } catch {
      say(form.dataset.unsaved, true)
      request.timer = setTimeout(send, request.wait)
      request.wait = Math.min(2 * request.wait, LONGEST_WAIT)
    } finally {
      clearTimeout(patience)
      if (request) request.under = false
    }
    flush()
  }

  const settle = reply => {
    for (const [position, number] of Object.entries(reply.bases)) form.elements["base-" + position].value = number
    const kept = reply.kept && document.body.dataset.kept
    const sent = questions.filter(one => request.positions.has(one.dataset.position))
    const taken = sent.map(one => (mark(one, kept), tell(one, reply.understood?.[one.dataset.position])))
    request = null
    say([kept || reply.message, ...taken].filter(Boolean).join(" "), reply.late)
  }

  // How a typed number was read stands under its field, and is said. Returns the words.
  const tell = (question, html = "") => {
    const field = question.querySelector(".question-numerical .typed-field")
    if (!field) return
    const id = field.name + "-read"
    document.getElementById(id)?.remove()
    field.parentNode.insertAdjacentHTML("afterend", html)
    const others = field.getAttribute("aria-describedby")?.replace(id, "") ?? ""
    field.setAttribute("aria-describedby", others + " " + id)
    return document.getElementById(id)?.textContent
  }

  // The plain form is asked instead: its page says what is wrong.
  const refuse = () => {
    for (const position of request.positions) dirty.add(position)
    request = null
    leaving = true
    say(form.dataset.refused, true)
  }

  const mark = (question, kept) => {
    const answered = isAnswered(question)
    const words = kept || (answered ? form.dataset.answered : form.dataset.blank)
    question.querySelector("[data-state]").textContent = words
    const stop = form.querySelector(`.attempt-stop:is([data-stop="${question.dataset.position}"], [value="${question.dataset.position}"])`)
    stop?.classList.toggle("is-answered", answered)
    const said = stop?.querySelector(".sr")
    if (said) said.textContent = ", " + words
    const done = document.querySelector("[data-done]")
    if (done) done.textContent = form.querySelectorAll(".attempt-stop.is-answered").length
  }

  if (form) {
    const change = wait => event => {
      const question = event.target.closest("[data-position]")
      if (!question) return
      leaving = false
      dirty.add(question.dataset.position)
      clearTimeout(pause)
      pause = setTimeout(flush, wait)
    }
    form.addEventListener("input", change(PAUSE))
    form.addEventListener("change", change(0))
    form.addEventListener("submit", () => (leaving = true))
    addEventListener("online", () => request && send())
    addEventListener("pagehide", flush)
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush())
    addEventListener("pageshow", event => event.persisted && (leaving = false))
    addEventListener("beforeunload", event => {
      if ((dirty.size || request) && !leaving) event.preventDefault()
    })
  }

  // Time: said in the page, warned of in words. When it is over nothing is taken away; what was saved counts.
  if (clock) {
    const end = Date.now() + 1000 * clock.dataset.secondsLeft
    const shown = clock.querySelector("[data-left]")
    const warning = clock.querySelector("[role=status]")
    const due = [300, 60, 0].filter(seconds => seconds < clock.dataset.secondsLeft)
    const inWords = (number, unit) =>
      new Intl.NumberFormat(shown.closest("[lang]").lang, { style: "unit", unit, unitDisplay: "long" }).format(number)
    const tick = () => {
      const left = Math.max(0, Math.floor((end - Date.now()) / 1000))
      shown.textContent = left < 60 ? inWords(left, "second") : left < 7200 ? inWords(Math.floor(left / 60), "minute") : inWords(Math.floor(left / 3600), "hour")
      while (due.length && left <= due[0]) warning.textContent = warning.dataset["words" + due.shift()]
      if (form && left <= 5) flush()
      if (!left) clearInterval(ticking)
    }
    const ticking = setInterval(tick, 1000)
    tick()
  }
}
