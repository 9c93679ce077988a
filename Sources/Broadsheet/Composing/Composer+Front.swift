/// Chooses what stands on a front page.
extension Composer {
  /// How many of the newest stories may stand in the lead, at the top and in the briefs: a weighty
  /// story is not held there for ever.
  private static let freshCount = 40
  /// The weight of a story that says nothing of it.
  private static let commonPriority: UInt8 = 5

  /// Composes the front page of an edition: lead, top and briefs by weight among the newest stories,
  /// then a strip a section, then the latest of all others.
  ///
  /// Stories without a date come after all that have one: they fill what is empty otherwise.
  mutating func composeFront(of index: Int) {
    let edition = parts.editions[index]
    let slots = parts.site.front
    let places = slots.lead + slots.top + slots.briefs + slots.strip * edition.sections.count
    let newest = self.newest(
      edition.stories, undated[edition.language], Self.freshCount + places + slots.latest)
    let fresh = newest.prefix(Self.freshCount)
    let weighty = fresh.enumerated().sorted { left, right in
      let (one, other) = (priority(left.element), priority(right.element))
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)

    var front = FrontPage()
    var used: Set<Int32> = []
    func take(_ count: Int, from stories: some Sequence<Int32>) -> [Int32] {
      var taken: [Int32] = []
      for story in stories where taken.count < count {
        if used.insert(story).inserted { taken.append(story) }
      }
      return taken
    }
    front.lead = take(min(slots.lead, 1), from: weighty).first
    front.top = take(slots.top, from: weighty)
    front.briefs = take(slots.briefs, from: fresh)
    for section in edition.sections {
      let term = parts.terms[section]
      let others = term.undated.indices.map { parts.members[$0] }
      // No more of a section's newest can be used already than there are places before it.
      let stories = self.newest(term.stories, others, places)
      let taken = take(slots.strip, from: stories)
      if !taken.isEmpty {
        front.strips.append(FrontPage.Strip(section: Int32(section), stories: taken))
      }
    }
    front.latest = take(slots.latest, from: newest)
    if index > 0 { front.untranslated = untranslated(into: index, slots.untranslated) }
    parts.editions[index].front = front
  }

  /// The newest of some stories, at most so many, then those without a date.
  private func newest(_ dated: PoolRange, _ others: [Int32], _ limit: Int) -> [Int32] {
    let stories = dated.indices.reversed().prefix(limit).map { parts.members[$0] }
    return stories + others.prefix(limit - stories.count)
  }

  /// The newest stories of the first edition of which another edition has no translation.
  private func untranslated(into index: Int, _ limit: Int) -> [Int32] {
    guard limit > 0 else { return [] }
    var found: [Int32] = []
    for place in parts.editions[0].stories.indices.reversed() where found.count < limit {
      let story = parts.members[place]
      if !isTranslated(story, into: index) { found.append(story) }
    }
    return found
  }

  private func isTranslated(_ story: Int32, into index: Int) -> Bool {
    parts.translations[story]?.contains { Int(article($0).language) == index } == true
  }

  private func priority(_ story: Int32) -> UInt8 {
    let priority = article(story).priority
    return priority == 0 ? Self.commonPriority : priority
  }
}
