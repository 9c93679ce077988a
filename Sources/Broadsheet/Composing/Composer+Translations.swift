/// Finds which stories say the same in several languages.
extension Composer {
  /// Groups the live stories that are translations of each other, and the standing pages of one slug.
  ///
  /// A translation of a translation is one of the original too; an original that is not seen still
  /// holds its translations together.
  mutating func groupTranslations() {
    guard parts.editions.count > 1 else { return }
    var groups = StoryGroups()
    var standing: [String: Int32] = [:]
    for index in parts.filings.indices {
      let article = parts.archive.articles[index]
      if !article.translationOf.isEmpty {
        let id = parts.archive.store[article.translationOf]
        if let original = parts.storiesByID.value(of: id) { groups.join(Int32(index), original) }
      }
      guard article.kind == .standing, parts.filings[index].state == .live else { continue }
      let slug = parts.archive.store.string(article.slug)
      if let other = standing[slug] { groups.join(Int32(index), other) }
      standing[slug] = Int32(index)
    }
    for group in groups.all {
      let live = group.filter { parts.filings[Int($0)].state == .live }.sorted {
        (self.article($0).language, $0) < (self.article($1).language, $1)
      }
      guard live.count > 1 else { continue }
      for story in live { parts.translations[story] = live }
    }
  }
}

/// Stories in groups, which are joined two by two.
private struct StoryGroups {
  /// Another story of the group, of a lower index, by each story but the lowest.
  private var lower: [Int32: Int32] = [:]
  private var members: [Int32] = []

  /// Makes one group of those of two stories.
  mutating func join(_ one: Int32, _ other: Int32) {
    members += [one, other]
    let (first, second) = (lowest(one), lowest(other))
    if first != second { lower[max(first, second)] = min(first, second) }
  }

  private func lowest(_ story: Int32) -> Int32 {
    var story = story
    while let next = lower[story] { story = next }
    return story
  }

  /// The groups, each of two stories or more.
  var all: [[Int32]] {
    var groups: [Int32: Set<Int32>] = [:]
    for story in members { groups[lowest(story), default: []].insert(story) }
    return groups.values.map { $0.sorted() }
  }
}
