// Everything here makes working pages nicer; no page needs it.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, Radios,
  ServiceNavigation, SkipLink, createAll
} from 'govuk-frontend'
import { addCopying, addPrinting, addTexting } from './buttons.mjs'
import { addSuggestions } from './suggest.mjs'

const behaviours = [
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, Radios,
  ServiceNavigation, SkipLink
]

// A browser without ::details-content keeps the filter's summary on a wide
// screen; opening it once there saves a click.
function openFilters() {
  if (CSS.supports('selector(::details-content)') || !matchMedia('(min-width: 48em)').matches) return
  for (const filter of document.querySelectorAll('.ha-filter-toggle')) filter.open = true
}

for (const behaviour of behaviours) createAll(behaviour)
for (const input of document.querySelectorAll('input[data-suggest]')) addSuggestions(input)
for (const button of document.querySelectorAll('[data-copy]')) addCopying(button)
for (const button of document.querySelectorAll('[data-print]')) addPrinting(button)
for (const link of document.querySelectorAll('a[data-text-of]')) addTexting(link)
openFilters()
