/// Files the stories of an edition under its sections, tags and authors, and by month.
extension Composer {
  /// Composes all of an edition but its front page and its addresses.
  mutating func composeEdition(_ language: Int) {
    let code = parts.site.languages[language]
    var edition = Edition(
      language: language, code: code, prefix: language == 0 ? "" : code + "/")
    let dated = chronicle[language]
    let others = undated[language]
    edition.stories = appendMembers(dated)

    var sections = registeredSections(code, language)
    var tags = registeredTags(code, language)
    var authors = registeredAuthors(code, language)
    var (inSections, underTags, byAuthors) = (Found(), Found(), Found())
    let filed = dated + others
    for story in filed {
      let place = Int(story)
      if let section = section(of: story, in: &sections) { inSections.add(section) }
      inSections.endStory()
      file(story, .tag, parts.archive.articles[place].tags, &tags, &underTags)
      file(story, .author, parts.archive.articles[place].authors, &authors, &byAuthors)
    }
    fileUnlisted(language, &sections, &tags, &authors)

    edition.sections = place(sections, .section, filed, inSections, dated: dated.count)
    edition.tags = place(tags, .tag, filed, underTags, dated: dated.count)
    edition.authors = place(authors, .author, filed, byAuthors, dated: dated.count)
    for term in edition.sections {
      for (rank, member) in parts.terms[term].stories.indices.enumerated() {
        parts.filings[Int(parts.members[member])].sectionRank = Int32(rank)
      }
    }
    edition.months = fileByMonth(edition)
    parts.editions.append(edition)
  }

  /// The terms of one kind that each story of an edition is filed under, in the order in which the
  /// stories are filed: dated ones first.
  struct Found {
    /// The terms of all stories, one after the other.
    var terms: [Int32] = []
    /// Where each story's terms end in `terms`.
    var ends: [Int32] = []

    /// Where the terms of a story lie, by its place in the order of filing.
    func places(_ order: Int) -> Range<Int> {
      (order == 0 ? 0 : Int(ends[order - 1]))..<Int(ends[order])
    }

    /// The terms of the story that was filed last.
    var last: ArraySlice<Int32> { terms[places(ends.count - 1)] }

    /// Adds a term of the story that is being filed, unless it has it.
    mutating func add(_ term: Int32) {
      if !terms[Int(ends.last ?? 0)...].contains(term) { terms.append(term) }
    }

    /// Ends the terms of a story.
    mutating func endStory() { ends.append(Int32(terms.count)) }
  }

  /// Gives the stories that are in no list their section: retracted ones for the address that they
  /// keep, held ones so that whatever is wrong with them is said before they are due.
  ///
  /// The passing of time alone never makes a build fail.
  private mutating func fileUnlisted(
    _ language: Int, _ sections: inout TermIndex, _ tags: inout TermIndex,
    _ authors: inout TermIndex
  ) {
    var (underTags, byAuthors) = (Found(), Found())
    for index in parts.filings.indices {
      let state = parts.filings[index].state
      let article = parts.archive.articles[index]
      guard state == .retracted || state == .held, Int(article.language) == language,
        article.kind != .standing, let section = section(of: Int32(index), in: &sections)
      else { continue }
      sectionSlugs[Int32(index)] = sections.terms[Int(section)].slug
      if state == .retracted {
        retractedSections[Int32(index)] = section
      } else {
        let isDated = parts.filings[index].isDated
        sections.hold(section, isDated: isDated)
        file(Int32(index), .tag, article.tags, &tags, &underTags)
        for tag in underTags.last { tags.hold(tag, isDated: isDated) }
        file(Int32(index), .author, article.authors, &authors, &byAuthors)
        for author in byAuthors.last { authors.hold(author, isDated: isDated) }
      }
    }
  }

  private mutating func section(of story: Int32, in sections: inout TermIndex) -> Int32? {
    let text = parts.archive.articles[Int(story)].section
    guard !text.isEmpty else {
      report(
        "missing-section",
        "no section; add 'section: …' or move the file into the folder of its section",
        story: story)
      return nil
    }
    let bytes = parts.archive.store[text]
    if let known = sections.known(text, bytes, story: story) { return known }
    let article = article(story)
    let name = bytes.string
    if article.traits.contains(.givenSection), article.kind == .markdown,
      !parts.site.sections.isEmpty
    {
      let known = parts.site.sections.flatMap { [$0.slug] + $0.name.all }
      let meant = suggestion(for: name, among: known).map { "; did you mean '\($0)'?" }
      report(
        "unknown-section",
        "there is no section '\(name)'" + (meant ?? "; add it to 'sections' in site.yaml"),
        story: story, key: "section")
      return nil
    }
    let slug = slug(of: article.section, story: story, what: "section", key: "section")
    let isFolder = !article.traits.contains(.givenSection)
    let language = parts.site.languages[Int(article.language)]
    let shown = isFolder ? name.split(separator: "-").joined(separator: " ") : name
    let term = Term(
      kind: .section, edition: article.language, slug: slug,
      name: writer.add(isFolder ? shown.capitalized(language: language) : shown))
    return sections.add(term, for: article.section, bytes, story: story)
  }

  private mutating func file(
    _ story: Int32, _ kind: Term.Kind, _ names: PoolRange, _ index: inout TermIndex,
    _ found: inout Found
  ) {
    for place in names.indices {
      let text = parts.archive.texts[place]
      let bytes = parts.archive.store[text]
      if let known = index.known(text, bytes, story: story) {
        found.add(known)
      } else {
        let slug = slug(
          of: text, story: story, what: kind == .tag ? "tag" : "author",
          key: kind == .tag ? "tags" : "authors")
        let term = Term(kind: kind, edition: article(story).language, slug: slug, name: text)
        found.add(index.add(term, for: text, bytes, story: story))
      }
    }
    found.endStory()
  }

  /// The slug of a name; one that leaves nothing for an address is an error.
  mutating func slug(of text: Text, story: Int32, what: String, key: String) -> Text {
    let bytes = parts.archive.store[text]
    let language = parts.site.languages[Int(article(story).language)]
    let slug = keep { $0.append(slugOf: bytes, language: language) }
    if slug.isEmpty {
      report(
        "empty-slug",
        "the \(what) '\(bytes.string)' leaves nothing for an address; it needs a letter or a digit",
        story: story, key: key)
    }
    return slug
  }

  // MARK: - The registry

  private mutating func registeredSections(_ code: String, _ language: Int) -> TermIndex {
    var index = TermIndex(parts.archive.store)
    for entry in parts.site.sections {
      let name = entry.name.text(in: code, orElse: parts.site.languages[0]) ?? entry.slug
      var term = Term(
        kind: .section, edition: UInt8(language), slug: writer.add(entry.slug),
        name: writer.add(name))
      if let text = entry.description.text(in: code, orElse: "") {
        term.description = writer.add(text)
      }
      index.register(term, names: [name, entry.slug] + entry.name.all)
    }
    return index
  }

  private mutating func registeredTags(_ code: String, _ language: Int) -> TermIndex {
    var index = TermIndex(parts.archive.store)
    for entry in parts.site.tags {
      guard let name = entry.name.text(in: code, orElse: parts.site.languages[0]) else { continue }
      let slug = entry.slug ?? Slug.string(of: name, language: code)
      var term = Term(
        kind: .tag, edition: UInt8(language), slug: writer.add(slug), name: writer.add(name))
      if let text = entry.description.text(in: code, orElse: "") {
        term.description = writer.add(text)
      }
      index.register(term, names: [name, slug] + entry.name.all)
    }
    return index
  }

  private mutating func registeredAuthors(_ code: String, _ language: Int) -> TermIndex {
    var index = TermIndex(parts.archive.store)
    for entry in parts.site.authors {
      let name = entry.name.text(in: code, orElse: parts.site.languages[0]) ?? entry.slug
      var term = Term(
        kind: .author, edition: UInt8(language), slug: writer.add(entry.slug),
        name: writer.add(name))
      if let bio = entry.bio.text(in: code, orElse: "") { term.description = writer.add(bio) }
      if let role = entry.role.text(in: code, orElse: "") { term.role = writer.add(role) }
      if let email = entry.email { term.email = writer.add(email) }
      index.register(term, names: [name, entry.slug] + entry.name.all)
    }
    return index
  }

  // MARK: - Placing

  private mutating func appendMembers(_ stories: [Int32]) -> PoolRange {
    let start = UInt32(parts.members.count)
    parts.members += stories
    return PoolRange(start: start, count: UInt32(stories.count))
  }

  /// Puts the terms that have stories into the publication, in the order in which they are listed,
  /// and each story under its terms.
  private mutating func place(
    _ index: TermIndex, _ kind: Term.Kind, _ filed: [Int32], _ found: Found, dated: Int
  ) -> Range<Int> {
    var counts = [Int](repeating: 0, count: index.terms.count)
    for term in found.terms { counts[Int(term)] += 1 }
    var datedCounts = [Int](repeating: 0, count: index.terms.count)
    for term in found.terms.prefix(dated == 0 ? 0 : Int(found.ends[dated - 1])) {
      datedCounts[Int(term)] += 1
    }
    let retracted = kind == .section ? Set(retractedSections.values) : []
    var kept = index.terms.indices.filter { counts[$0] > 0 || retracted.contains(Int32($0)) }
    kept.sort { comesBefore($0, $1, kind, index) }

    // Each term's stories lie side by side, dated ones first: count, then fill.
    let first = parts.terms.count
    var places = [Int32](repeating: -1, count: index.terms.count)
    var nextDated = counts
    var nextUndated = counts
    var nextRank = datedCounts
    var end = parts.members.count
    var ranksEnd = parts.ranks.count
    for (offset, old) in kept.enumerated() {
      places[old] = Int32(first + offset)
      var term = index.terms[old]
      nextDated[old] = end
      nextUndated[old] = end + datedCounts[old]
      term.stories = PoolRange(start: UInt32(end), count: UInt32(datedCounts[old]))
      term.undated = PoolRange(
        start: UInt32(nextUndated[old]), count: UInt32(counts[old] - datedCounts[old]))
      end += counts[old]
      if kind == .tag {
        nextRank[old] = ranksEnd
        term.ranks = UInt32(ranksEnd)
        ranksEnd += datedCounts[old]
      }
      parts.terms.append(term)
      termUsers.append(index.user(of: old))
    }
    parts.members += Array(repeating: 0, count: end - parts.members.count)
    parts.ranks += Array(repeating: 0, count: ranksEnd - parts.ranks.count)
    for (order, story) in filed.enumerated() {
      let start = UInt32(parts.filedUnder.count)
      for place in found.places(order) {
        let old = Int(found.terms[place])
        if order < dated {
          parts.members[nextDated[old]] = story
          nextDated[old] += 1
          if kind == .tag {
            // Dated stories are filed in their order.
            parts.ranks[nextRank[old]] = Int32(order)
            nextRank[old] += 1
          }
        } else {
          parts.members[nextUndated[old]] = story
          nextUndated[old] += 1
        }
        if kind == .section {
          parts.filings[Int(story)].section = places[old]
        } else {
          parts.filedUnder.append(places[old])
        }
      }
      let range = PoolRange(start: start, count: UInt32(parts.filedUnder.count) - start)
      if kind == .tag { parts.filings[Int(story)].tags = range }
      if kind == .author { parts.filings[Int(story)].authors = range }
    }
    if kind == .section {
      for (story, section) in retractedSections {
        parts.filings[Int(story)].section = places[Int(section)]
      }
      retractedSections = [:]
    }
    // Terms that only held stories use have no page yet, but the address is theirs.
    for old in index.terms.indices where places[old] < 0 && index.firstUse[old] >= 0 {
      awaitedTerms.append(index.terms[old])
      awaitedUsers.append(index.user(of: old))
    }
    return first..<parts.terms.count
  }

  /// The order of terms in lists: sections as `site.yaml` has them, then by slug; others by name.
  private func comesBefore(
    _ left: Int, _ right: Int, _ kind: Term.Kind, _ index: TermIndex
  ) -> Bool {
    let store = parts.archive.store
    if kind == .section {
      let declared = parts.site.sections.count
      if left < declared || right < declared { return left < right }
      return store[index.terms[left].slug] < store[index.terms[right].slug]
    }
    let (one, other) = (index.foldedNames[left], index.foldedNames[right])
    let isLatin = (one.utf8.first ?? 0) < 0xD0 && (other.utf8.first ?? 0) < 0xD0
    if isLatin {
      // The slug has no diacritics: Ə stands beside E, Ç beside C.
      let (slug, otherSlug) = (store[index.terms[left].slug], store[index.terms[right].slug])
      if !(slug == otherSlug) { return slug < otherSlug }
    }
    return one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
  }

  private mutating func fileByMonth(_ edition: Edition) -> Range<Int> {
    let first = parts.months.count
    var found: [Month] = []
    var lastDay: Int?
    for place in edition.stories.indices {
      let instant = parts.archive.articles[Int(parts.members[place])].instant
      let day = parts.zone.day(of: instant)
      if day == lastDay {
        found[found.count - 1].stories.count += 1
        continue
      }
      lastDay = day
      let date = CivilDate(daysSince1970: day)
      if let last = found.last, last.year == date.year, last.month == date.month {
        found[found.count - 1].stories.count += 1
      } else {
        // The stories of a month are a run of those of the edition.
        found.append(
          Month(
            edition: UInt8(edition.language), year: Int32(date.year), month: Int32(date.month),
            path: .empty, stories: PoolRange(start: UInt32(place), count: 1)))
      }
    }
    parts.months += found.reversed()
    return first..<parts.months.count
  }
}

extension Localized {
  /// The text in each language that has one.
  var all: [String] {
    (common.map { [$0] } ?? []) + byLanguage.sorted { $0.key < $1.key }.map(\.value)
  }
}
