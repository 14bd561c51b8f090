// What was said about an answer is about that answer: it goes once the answer is changed. Without this script it stays
// beside the button that checks again.
const stale = question => {
  if ("stale" in question.dataset || !question.querySelector(".question-result, .mark, .feedback, .verdict, .error, [id$='-read']")) return
  question.dataset.stale = ""
  for (const one of [question, ...question.querySelectorAll("[aria-describedby]")]) {
    const told = one.getAttribute("aria-describedby")?.split(" ").filter(id => !/-(said|result|error)$/.test(id)).join(" ")
    told ? one.setAttribute("aria-describedby", told) : one.removeAttribute("aria-describedby")
  }
}
on("input", ".question", stale)
on("change", ".question", stale)
