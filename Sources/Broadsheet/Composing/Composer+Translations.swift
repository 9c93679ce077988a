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
      let id = parts.archive.store[parts.archive.extras(of: article).translationOf]
      if !id.isEmpty {
        if let original = parts.files.storiesByID.value(of: id) {
          groups.join(Int32(index), original)
        }
      }
      guard article.kind == .standing, parts.filings[index].state == .live else { continue }
      let slug = parts.archive.store.string(article.slug)
      if let other = standing[slug] { groups.join(Int32(index), other) }
      standing[slug] = Int32(index)
    }
    for group in groups.all {
      checkLanguages(of: group)
      let live = group.filter { parts.filings[Int($0)].state == .live }.sorted {
        (self.article($0).language, $0) < (self.article($1).language, $1)
      }
      guard live.count > 1 else { continue }
      for story in live { parts.translations[story] = live }
    }
  }
}

extension Composer {
  /// Reports a story that stands for the same as another one of its language: a page can lead to one
  /// page in each language.
  private mutating func checkLanguages(of group: [Int32]) {
    var first: [UInt8: Int32] = [:]
    for story in group {
      let state = parts.filings[Int(story)].state
      guard state == .live || state == .held else { continue }
      guard let other = first[article(story).language] else {
        first[article(story).language] = story
        continue
      }
      // That one of them translates the other is told of by itself.
      guard !isTranslation(story, of: other), !isTranslation(other, of: story) else { continue }
      let (told, named) = translated(story).isEmpty ? (other, story) : (story, other)
      guard !translated(told).isEmpty else { continue }
      report(
        "same-language",
        "\(shownFile(of: named)) translates the same story into the same language; a story has one "
          + "translation in each, so take this out of one of them", story: told,
        key: "translation-of")
    }
  }

  /// The id of the story that a story translates; empty where it is none.
  private func translated(_ story: Int32) -> Text {
    parts.archive.extras(of: article(story)).translationOf
  }

  private func isTranslation(_ story: Int32, of other: Int32) -> Bool {
    let id = translated(story)
    return !id.isEmpty && parts.archive.store[id] == parts.archive.store[article(other).id]
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
