/// Chooses what stands on a front page.
extension Composer {
  /// How many of the newest stories may stand in the lead, at the top and in the briefs: a weighty
  /// story is not held there for ever.
  private static let freshCount = 40
  /// The weight of a story that says nothing of it.
  private static let commonPriority: UInt8 = 5

  /// Composes the front page of an edition: lead, top and briefs by weight among the newest stories,
  /// then a strip a section, then the latest of all others.
  mutating func composeFront(of index: Int) {
    let edition = parts.editions[index]
    let slots = parts.site.front
    let newest = edition.stories.indices.reversed().lazy.map { [members = parts.members] in
      members[$0]
    }
    let weighty = newest.prefix(Self.freshCount).enumerated().sorted { left, right in
      let (one, other) = (priority(left.element), priority(right.element))
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)

    var front = FrontPage()
    var used: Set<Int32> = []
    func take(_ count: Int, from stories: some Sequence<Int32>) -> [Int32] {
      var taken: [Int32] = []
      for story in stories where taken.count < count {
        if used.insert(story).inserted { taken.append(story) }
        if taken.count == count { break }
      }
      return taken
    }
    front.lead = take(min(slots.lead, 1), from: weighty).first
    front.top = take(slots.top, from: weighty)
    front.briefs = take(slots.briefs, from: newest.prefix(Self.freshCount))
    for section in edition.sections {
      let stories = parts.terms[section].stories.indices.reversed().lazy.map {
        [members = parts.members] in members[$0]
      }
      let taken = take(slots.strip, from: stories)
      if !taken.isEmpty {
        front.strips.append(FrontPage.Strip(section: Int32(section), stories: taken))
      }
    }
    front.latest = take(slots.latest, from: newest)
    parts.editions[index].front = front
  }

  private func priority(_ story: Int32) -> UInt8 {
    let priority = article(story).priority
    return priority == 0 ? Self.commonPriority : priority
  }
}
