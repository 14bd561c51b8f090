// How many words a written answer has, while it grows.
on("input", ".written-field", field => {
  const count = field.parentNode.querySelector("[data-word-count]")
  if (count) count.textContent = field.value.split(/\s+/).filter(Boolean).length
})
