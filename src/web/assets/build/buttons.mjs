// <button data-copy="id-of-the-text" data-copied="Copied"> copies what that
// element holds: the value of a field, or the text of anything else.
export function addCopying(button) {
  const status = document.createElement('span')
  status.className = 'ha-copied'
  status.setAttribute('role', 'status')
  button.after(status)
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy)
    if (!source) return
    status.textContent = ''
    const done = await copy(source.value ?? source.textContent.trim())
    status.textContent = done ? button.dataset.copied || 'Copied' : button.dataset.failed || 'Select the text and copy it'
    if (!done) select(source)
  })
}

export function addPrinting(button) {
  button.addEventListener('click', () => window.print())
}

// <a href="sms:…" data-text-of="id-of-the-text"> sends what that field holds when it is pressed.
export function addTexting(link) {
  link.addEventListener('click', () => {
    const source = document.getElementById(link.dataset.textOf)
    if (source) link.href = `sms:?&body=${encodeURIComponent(source.value)}`
  })
}

// The clipboard is missing without https, and may be refused by policy.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function select(source) {
  if (source.select) return source.select()
  getSelection().selectAllChildren(source)
}
