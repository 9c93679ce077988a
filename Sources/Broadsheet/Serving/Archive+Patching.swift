/// Puts single files of the source folder in place of what was read of them before.
extension Archive {
  /// What putting a file in place did.
  enum Patch {
    /// A story says something else; all others are where they were.
    case story(Int, was: Article)
    /// Nothing that readers see.
    case nothing
    /// Stories came, went or moved.
    case others
  }

  /// Puts a story's file in place of what was read of it before.
  ///
  /// - Parameters:
  ///   - path: The file's path from the source folder.
  ///   - batch: What was read: a file with its story, one that no story can be told from, or nothing
  ///     when the file is gone.
  /// - Returns: What that did.
  /// - Complexity: O(*n*) in the number of stories where one comes or goes, else O(log *n*) and the
  ///   copying of an archive that others hold.
  mutating func replaceStory(at path: ByteSlice, with batch: ReadBatch) -> Patch {
    let (place, isThere) = files.place(of: path, store)
    let known = firstStory(ofFile: place)
    let hadStory = isThere && known < articles.count && articles[known].file == place
    // A file that no story can be told from has no place, as if it were gone.
    guard let file = batch.files.first, var story = batch.articles.first else {
      guard isThere else { return .nothing }
      files.remove(at: place)
      if hadStory { removeStory(at: known) }
      for index in known..<articles.count { articles[index].file -= 1 }
      return .others
    }
    if isThere {
      files[place] = file
    } else {
      files.insert(file, at: place)
      for index in known..<articles.count { articles[index].file += 1 }
    }
    story.moveRuns(by: append(poolsOf: batch))
    story.file = Int32(place)
    let notes = batch.notes.first ?? BodyNotes()
    guard hadStory else {
      articles.insert(story, at: known)
      bodies.notes.insert(notes, at: known)
      return .others
    }
    let was = articles[known]
    articles[known] = story
    bodies.notes[known] = notes
    return .story(known, was: was)
  }

  private mutating func removeStory(at index: Int) {
    articles.remove(at: index)
    bodies.notes.remove(at: index)
  }

  /// The first story of a file or of those after it.
  private func firstStory(ofFile place: Int) -> Int {
    var (low, high) = (0, articles.count)
    while low < high {
      let middle = (low + high) / 2
      if articles[middle].file < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension [SourceFile] {
  /// Where a path is among files in the order of their paths, or would be.
  func place(of path: ByteSlice, _ store: TextStore) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if store[self[middle].path] < path { low = middle + 1 } else { high = middle }
    }
    return (low, low < count && store[self[low].path] == path)
  }
}

// MARK: - What stories have in common

extension Archive {
  /// Whether two stories are alike in all that composing looks at: where they are filed, in which
  /// order, under which address, and what they refer to.
  ///
  /// The hash of the lede, which composing looks at too, may differ.
  func areFiledAlike(_ one: Article, _ other: Article) -> Bool {
    one.kind == other.kind && one.status == other.status && one.language == other.language
      && one.priority == other.priority && one.traits == other.traits && one.date == other.date
      && one.embargo == other.embargo
      && store[one.slug] == store[other.slug] && store[one.id] == store[other.id]
      && store[one.section] == store[other.section]
      && areAlike(one.tags, other.tags) && areAlike(one.authors, other.authors)
      && areFiledAlike(extras(of: one), extras(of: other))
  }

  private func areFiledAlike(_ one: ArticleExtras, _ other: ArticleExtras) -> Bool {
    one.expires == other.expires && store[one.translationOf] == store[other.translationOf]
      && store[one.imageSource] == store[other.imageSource]
      && one.canonical.isEmpty == other.canonical.isEmpty
      && areAlike(one.aliases, other.aliases) && one.briefs.isEmpty == other.briefs.isEmpty
  }

  private func areAlike(_ one: PoolRange, _ other: PoolRange) -> Bool {
    one.count == other.count
      && zip(one.indices, other.indices).allSatisfy { store[texts[$0]] == store[texts[$1]] }
  }

  /// Whether a story tells of a change or a correction that is still to come.
  func tellsAhead(_ story: Article, of now: Moment) -> Bool {
    story.updated > now
      || extras(of: story).corrections.indices.contains { corrections[$0].date > now }
  }

  /// Whether two stories that are filed alike print the same dates.
  func haveSameDates(_ one: Article, _ other: Article) -> Bool {
    func dates(_ story: Article) -> [Moment] {
      let extras = extras(of: story)
      let values = extras.fields.indices.compactMap { place -> Moment? in
        if case .date(let moment) = fieldValues[place] { moment } else { nil }
      }
      return [story.updated] + extras.corrections.indices.map { corrections[$0].date } + values
    }
    return dates(one) == dates(other)
  }
}

// MARK: - Memory

extension Archive {
  /// The same archive without the texts and lists that no story has any more.
  ///
  /// - Complexity: O(*n*) in the bytes of all texts.
  func compacted() -> Archive {
    var archive = Archive()
    var writer = TextStore.Writer(archive.store)
    func copied(_ files: [SourceFile]) -> [SourceFile] {
      files.map { file in
        var file = file
        file.path = writer.add(store[file.path])
        return file
      }
    }
    archive.files = copied(files)
    archive.media = copied(media)
    archive.statics = copied(statics)
    archive.articles.reserveCapacity(articles.count)
    archive.bodies.notes = bodies.notes.map { BodyNotes(source: $0.source) }
    for story in articles {
      var copy = story
      for text in Article.textFields {
        copy[keyPath: text] = writer.add(store[story[keyPath: text]])
      }
      for list in Article.textLists {
        copy[keyPath: list] = archive.add(copyOf: story[keyPath: list], of: self, &writer)
      }
      if story.extras > 0 {
        copy.extras = Int32(archive.extras.count)
        archive.extras.append(archive.copy(of: extras(of: story), of: self, &writer))
      }
      archive.articles.append(copy)
    }
    for review in reviews {
      var copy = review
      copy.file.path = writer.add(store[review.file.path])
      copy.story = writer.add(store[review.story])
      copy.name = writer.add(store[review.name])
      copy.paragraphs = archive.add(copyOf: review.paragraphs, of: self, &writer)
      archive.reviews.append(copy)
    }
    return archive
  }

  /// Adds the texts of a run of another archive, and tells where they lie.
  private mutating func add(
    copyOf run: PoolRange, of other: Archive, _ writer: inout TextStore.Writer
  ) -> PoolRange {
    let start = UInt32(texts.count)
    for place in run.indices { texts.append(writer.add(other.store[other.texts[place]])) }
    return PoolRange(start: start, count: run.count)
  }

  /// What few stories have, of another archive, with its texts and lists in this one.
  private mutating func copy(
    of extras: ArticleExtras, of other: Archive, _ writer: inout TextStore.Writer
  ) -> ArticleExtras {
    var copy = extras
    for text in ArticleExtras.textFields {
      copy[keyPath: text] = writer.add(other.store[extras[keyPath: text]])
    }
    for list in ArticleExtras.textLists {
      copy[keyPath: list] = add(copyOf: extras[keyPath: list], of: other, &writer)
    }
    copy.corrections.start = UInt32(corrections.count)
    for var correction in other.corrections[extras.corrections.indices] {
      correction.text = writer.add(other.store[correction.text])
      corrections.append(correction)
    }
    copy.fields.start = UInt32(fieldValues.count)
    for value in other.fieldValues[extras.fields.indices] {
      if case .text(let text) = value {
        fieldValues.append(.text(writer.add(other.store[text])))
      } else {
        fieldValues.append(value)
      }
    }
    return copy
  }
}

extension Article {
  /// Its texts.
  fileprivate static var textFields: [WritableKeyPath<Article, Text>] {
    [\.title, \.summary, \.kicker, \.slug, \.id, \.section]
  }

  /// Its lists of texts.
  fileprivate static var textLists: [WritableKeyPath<Article, PoolRange>] { [\.tags, \.authors] }
}

extension ArticleExtras {
  /// Its texts.
  fileprivate static var textFields: [WritableKeyPath<ArticleExtras, Text>] {
    [
      \.pageTitle, \.dateline, \.translationOf, \.reason, \.canonical, \.imageSource,
      \.imageAlt, \.imageCaption, \.imageCredit,
    ]
  }

  /// Its lists of texts.
  fileprivate static var textLists: [WritableKeyPath<ArticleExtras, PoolRange>] {
    [\.aliases, \.sources, \.briefs]
  }
}
