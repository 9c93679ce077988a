// What is wrong with how the page lies now: a list of [rule, what]. The judge calls it once for
// each width; `view` says what else is asked: `css` to add, whether `teasers` must be whole,
// `print`, `rtl`.
view => {
  const found = []
  const say = (rule, what) => found.push([rule, what])
  const clean = text => text.replace(/\s+/g, ' ').trim()
  const style = element => getComputedStyle(element)

  let extra = document.getElementById('judge-extra')
  if (!extra) {
    extra = document.createElement('style')
    extra.id = 'judge-extra'
    document.head.append(extra)
  }
  if (extra.textContent != view.css) extra.textContent = view.css

  const root = document.documentElement
  const width = root.clientWidth
  const named = element => element.localName + [...element.classList].map(one => '.' + one).join('')
  const place = (element, text) => {
    const steps = [named(element)]
    for (let up = element.parentElement; up && up != document.body && steps.length < 3;
      up = up.parentElement) steps.unshift(named(up))
    return steps.join(' > ') + (text ? ` “${clean(text).slice(0, 40)}”` : '')
  }

  // What a box cuts off and what can be scrolled to within it, by all that hold an element.
  const holds = new Map()
  const hold = element => {
    if (!element || element == root || element == document.body) {
      return { cut: [-1e9, -1e9, 1e9, 1e9], seen: [-1e9, -1e9, 1e9, 1e9] }
    }
    if (holds.has(element)) return holds.get(element)
    const above = hold(element.parentElement)
    const { overflowX, overflowY, display } = style(element)
    let { cut, seen } = above
    if (display != 'inline' && display != 'contents'
      && (overflowX != 'visible' || overflowY != 'visible')) {
      const box = element.getBoundingClientRect()
      const across = [box.left, box.right], down = [box.top, box.bottom]
      const narrowed = (limits, mayX, mayY) => [
        mayX ? Math.max(limits[0], across[0]) : limits[0],
        mayY ? Math.max(limits[1], down[0]) : limits[1],
        mayX ? Math.min(limits[2], across[1]) : limits[2],
        mayY ? Math.min(limits[3], down[1]) : limits[3]]
      const cuts = value => value == 'hidden' || value == 'clip'
      const scrolls = value => value == 'auto' || value == 'scroll'
      // What a scrolling box holds is within reach, however far out it lies.
      if (scrolls(overflowX) || scrolls(overflowY)) cut = [-1e9, -1e9, 1e9, 1e9]
      cut = narrowed(cut, cuts(overflowX), cuts(overflowY))
      seen = narrowed(seen, overflowX != 'visible', overflowY != 'visible')
    }
    const both = { cut, seen }
    holds.set(element, both)
    return both
  }

  // A link past the navigation waits outside the page until it has the focus.
  const waits = (element, box) =>
    element.closest('a[href^="#"]') && (box.bottom + scrollY <= 0 || box.right <= 0)

  // A teaser may end in an ellipsis, for its link leads to the whole.
  const shortened = element => {
    for (let up = element; up && up != document.body; up = up.parentElement) {
      const of = style(up)
      if (of.webkitLineClamp != 'none' || of.textOverflow != 'clip') {
        return (up.closest('article, li, a') ?? up).querySelector('a[href]') != null
      }
    }
    return false
  }

  const lines = [], blocks = new Map()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) continue
    const parent = node.parentElement
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    range.selectNodeContents(node)
    const size = parseFloat(style(parent).fontSize)
    let block = parent
    while (/^(inline|contents|ruby)/.test(style(block).display)
      && style(block).display != 'inline-block') block = block.parentElement
    if (!blocks.has(block)) blocks.set(block, { lines: [], text: '', size })
    blocks.get(block).text += node.data
    for (const box of range.getClientRects()) {
      if (box.width < 1 || waits(parent, box)) continue
      // The letters, without the room above and below them that faces differ in.
      const middle = (box.top + box.bottom) / 2, half = Math.min(box.height / 2, size * .35)
      const line = {
        left: box.left, right: box.right, top: middle - half, bottom: middle + half,
        element: parent, text: node.data }
      blocks.get(block).lines.push(line)
      const { cut, seen } = hold(parent)
      if (line.left < cut[0] - 1 || line.top < cut[1] - 1
        || line.right > cut[2] + 1 || line.bottom > cut[3] + 1) {
        if (!shortened(parent)) say('cut', `${place(parent, node.data)} is cut off`)
        else if (view.teasers) say('shortened', `${place(parent, node.data)} is shortened`)
      }
      line.left = Math.max(line.left, seen[0])
      line.top = Math.max(line.top, seen[1])
      line.right = Math.min(line.right, seen[2])
      line.bottom = Math.min(line.bottom, seen[3])
      if (line.right - line.left < 1 || line.bottom - line.top < 1) continue
      if (line.left < -1 || line.right > width + 1 || line.top + scrollY < -1) {
        say('outside', `${place(parent, node.data)} sticks out of the page`)
      }
      lines.push(line)
    }
  }

  if (root.scrollWidth > width) {
    let wide = null, reach = 0
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect()
      const out = Math.max(Math.min(box.right, hold(element).seen[2]) - width, -box.left)
      if (box.width && out > reach + .5 && !waits(element, box)) {
        wide = element
        reach = out
      }
    }
    say('sideways', `the page scrolls sideways${wide ? `, for ${place(wide)}` : ''}`)
  }

  for (const element of document.querySelectorAll('img, svg, video, iframe, input, textarea')) {
    const box = element.getBoundingClientRect()
    if (box.width < 2 || box.height < 2 || element.parentElement.closest('svg')
      || !element.checkVisibility({ visibilityProperty: true })) continue
    lines.push({
      left: box.left + 1, right: box.right - 1, top: box.top + 1, bottom: box.bottom - 1, element,
      picture: true, text: element.alt || '' })
  }
  lines.sort((one, other) => one.top - other.top)
  for (let first = 0; first < lines.length; first++) {
    const one = lines[first]
    for (let second = first + 1; second < lines.length; second++) {
      const other = lines[second]
      if (other.top > one.bottom - 1) break
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) <= 1) continue
      if (one.element == other.element && Math.abs(one.top - other.top) < 1) continue
      say('overlap', `${place(one.element, one.text)} lies on ${place(other.element, other.text)}`)
    }
  }

  // A column too narrow for its words breaks them anywhere.
  for (const [block, { lines, text, size }] of blocks) {
    const tops = new Set(lines.map(line => Math.round(line.top)))
    if (tops.size > clean(text).split(/[\s\u002d\u2013\u2014\/]+/).filter(Boolean).length + 1
      && block.clientWidth && block.clientWidth < 5 * size) {
      say('squeezed', `${place(block, text)} has ${Math.round(block.clientWidth)} pixels`)
    }
  }

  if (view.rtl) {
    if (style(document.body).direction != 'rtl') {
      say('rtl-direction', `a page in '${root.lang}' reads from left to right`)
    }
    for (const [block, { lines, text }] of blocks) {
      if (!lines.length || block.closest('body [dir="ltr"], body [dir="auto"], pre, code')) continue
      const { direction, textAlign } = style(block)
      if (direction == 'ltr' || textAlign == 'left') {
        say('rtl-start', `${place(block, text)} starts at the left`)
      } else if (/^(start|right|-webkit-auto)$/.test(textAlign) && block.localName == 'h1'
        && width - Math.max(...lines.map(line => line.right)) > width / 2) {
        say('rtl-start', `${place(block, text)} stands at the left`)
      }
      // Unlike ‹ and ›, these do not turn with the direction of the text.
      if (/→\s*$|^\s*←/.test(text)) {
        say('rtl-arrow', `${place(block, text)} points the wrong way`)
      }
    }
    for (const element of document.querySelectorAll('blockquote, ul, ol, dd')) {
      const of = style(element)
      if (!element.checkVisibility() || of.direction != 'rtl') continue
      for (const what of ['padding', 'border']) {
        const [left, right] = ['Left', 'Right'].map(
          side => parseFloat(of[what + side + (what == 'border' ? 'Width' : '')]))
        if (left > right) say('rtl-side', `${place(element)} has its ${what} at the left`)
      }
    }
  }

  if (view.print) {
    const shown = element => element.checkVisibility({ visibilityProperty: true })
      && element.getBoundingClientRect().bottom + scrollY > 0
    const useless = 'nav, [role=navigation], search, [role=search], form, footer a[href],'
      + ' body > a[href^="#"]'
    for (const element of document.querySelectorAll(useless)) {
      if (shown(element)) say('print-useless', `${place(element)} is printed`)
    }
    const text = clean(document.body.innerText)
    const address = document.querySelector('link[rel=canonical]')?.href
    if (!address || !text.includes(address)) say('print-address', `${address} is not printed`)
    for (const data of document.querySelectorAll('script[type="application/ld+json"]')) {
      const look = thing => {
        if (!thing || typeof thing != 'object') return
        if (thing['@type'] == 'CorrectionComment') {
          const correction = clean(new DOMParser().parseFromString(thing.text ?? '', 'text/html')
            .body.textContent)
          if (!text.includes(correction)) {
            say('print-correction', `the correction “${correction}” is not printed`)
          }
        }
        Object.values(thing).forEach(look)
      }
      try { look(JSON.parse(data.textContent)) } catch { /* The judge of metadata reads it. */ }
    }
    const channels = colour => colour.match(/[\d.]+/g).map(Number)
    const seen = new Set()
    for (const { element, picture, text } of lines) {
      if (picture || seen.has(element)) continue
      seen.add(element)
      const ink = channels(style(element).color)
      if (Math.max(...ink.slice(0, 3)) > 0x33) {
        say('print-colour', `${place(element, text)} is printed in ${style(element).color}`)
      }
      for (let up = element; up; up = up.parentElement) {
        const [red, green, blue, alpha = 1] = channels(style(up).backgroundColor)
        if (alpha && Math.min(red, green, blue) < 0xf0) {
          say('print-colour', `${place(up)} has the ground ${style(up).backgroundColor}`)
          break
        }
      }
    }
  }
  return found
}
