// Suggestions under a search field, as an editable combobox with a grouped list
// box. The field stays an ordinary field: when the server is slow, away or says
// something unexpected, typing and submitting go on as if this were not here.
const WAIT = 200
const LEAST = 2
const WORDS = {
  need: 'Needs',
  service: 'Services',
  organisation: 'Organisations',
  place: 'Places',
  list: 'Suggestions',
  one: '1 suggestion',
  many: '{n} suggestions',
  none: 'No suggestions'
}

let made = 0

export function addSuggestions(input) {
  const box = new Suggestions(input)
  input.addEventListener('input', event => { if (!event.isComposing) box.typed() })
  input.addEventListener('keydown', event => box.pressed(event))
  input.addEventListener('blur', () => box.close())
}

class Suggestions {
  constructor(input) {
    this.input = input
    this.id = `suggest-${++made}`
    this.options = []
    this.active = -1
    this.list = element('div', { class: 'ha-suggest', id: this.id, role: 'listbox', 'aria-label': this.word('list'), hidden: '' })
    this.status = element('span', { class: 'govuk-visually-hidden', role: 'status' })
    this.listen()
    input.after(this.list, this.status)
    attributes(input, {
      role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-controls': this.id, 'aria-expanded': 'false'
    })
  }

  // A page in another language says data-suggest-place="Lleoedd" and so on.
  word(name) {
    return this.input.dataset[`suggest${name[0].toUpperCase()}${name.slice(1)}`] || WORDS[name] || name
  }

  listen() {
    // Without this, pressing the mouse would take the focus and close the list.
    this.list.addEventListener('mousedown', event => event.preventDefault())
    this.list.addEventListener('click', event => {
      const chosen = event.target.closest('[role=option]')
      if (chosen) this.choose(this.options.findIndex(option => option.node === chosen))
    })
  }

  typed() {
    clearTimeout(this.timer)
    this.request?.abort()
    const words = this.input.value.trim()
    if (words.length < LEAST) return this.close()
    this.timer = setTimeout(() => this.ask(words), WAIT)
  }

  async ask(words) {
    this.request = new AbortController()
    const { signal } = this.request
    try {
      const url = new URL(this.input.dataset.suggest || '/suggest', location.href)
      url.searchParams.set('q', words)
      const response = await fetch(url, { signal, headers: { accept: 'application/json' } })
      const { suggestions } = await response.json()
      if (!signal.aborted && document.activeElement === this.input) this.show(suggestions)
    } catch {
      if (!signal.aborted) this.close()
    }
  }

  show(suggestions) {
    this.close()
    this.list.replaceChildren(...this.groups(suggestions))
    const count = this.options.length
    this.status.textContent = this.word(['none', 'one'][count] || 'many').replace('{n}', count)
    this.open(count > 0)
  }

  groups(suggestions) {
    const kinds = [...new Set(suggestions.map(each => each.kind))]
    return kinds.map((kind, index) => {
      const title = element('span', { class: 'ha-suggest__kind', id: `${this.id}-kind-${index}` }, this.word(kind))
      const group = element('div', { class: 'ha-suggest__group', role: 'group', 'aria-labelledby': title.id })
      const members = suggestions.filter(each => each.kind === kind).map(each => this.option(each))
      group.append(title, ...members)
      return group
    })
  }

  option({ label, detail, href }) {
    const node = element('div', {
      class: 'ha-suggest__option', id: `${this.id}-${this.options.length}`, role: 'option', 'aria-selected': 'false'
    }, label)
    if (detail) node.append(' ', element('span', { class: 'ha-suggest__detail' }, detail))
    this.options.push({ node, label, href })
    return node
  }

  pressed(event) {
    if (event.isComposing || this.list.hidden) return
    const last = this.options.length - 1
    const act = {
      ArrowDown: () => this.move(this.active === last ? -1 : this.active + 1),
      ArrowUp: () => this.move(this.active === -1 ? last : this.active - 1),
      Escape: () => this.close(),
      Enter: this.active >= 0 && (() => this.choose(this.active))
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  move(to) {
    this.active = to
    this.options.forEach(({ node }, index) => node.setAttribute('aria-selected', String(index === to)))
    const node = this.options[to]?.node
    if (!node) return this.input.removeAttribute('aria-activedescendant')
    this.input.setAttribute('aria-activedescendant', node.id)
    node.scrollIntoView({ block: 'nearest' })
  }

  choose(index) {
    const { label, href } = this.options[index]
    this.close()
    this.input.value = label
    const url = href && new URL(href, location.href)
    if (url && url.origin === location.origin) location.assign(url)
  }

  open(open) {
    this.list.hidden = !open
    this.input.setAttribute('aria-expanded', String(open))
  }

  close() {
    clearTimeout(this.timer)
    this.request?.abort()
    this.move(-1)
    this.options = []
    this.status.textContent = ''
    this.open(false)
  }
}

function element(name, given, text = '') {
  const made = document.createElement(name)
  attributes(made, given)
  made.textContent = text
  return made
}

function attributes(node, given) {
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, value)
}
