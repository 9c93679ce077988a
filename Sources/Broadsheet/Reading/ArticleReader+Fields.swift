extension ArticleReader {
  /// Fills a story with what its front matter says, and with what follows from its path.
  mutating func readFields(_ file: ByteSlice, _ path: ByteSlice, into article: inout Article) {
    let name = FileName(path)
    readLanguage(into: &article)
    readTitle(file, into: &article)
    readDates(file, name, into: &article)
    readStatus(into: &article)
    readSection(path, into: &article)
    readAddress(file, name, path, into: &article)
    article.kicker = text(.kicker)
    extras.dateline = text(.dateline)
    extras.translationOf = text(.translationOf)
    extras.reason = text(.reason)
    let summary = text(.summary)
    if !summary.isEmpty {
      article.summary = summary
      article.traits.insert(.givenSummary)
    }
    if let value = value(.priority),
      let priority = tree.wholeNumber(value, "priority", in: 1...9, &problems)
    {
      article.priority = UInt8(priority)
    }
    article.tags = texts(.tags)
    article.authors = texts(.authors)
    extras.sources = texts(.sources)
    readAliases()
    readCanonical()
    readImage(into: &article)
    readCorrections(into: &article)
    readOwnFields(file, into: &article)
    if article.status == .retracted, extras.reason.isEmpty, article.kind != .standing {
      problems.append(
        Problem(
          "missing-reason", "a retracted story says why; add 'reason: …'", at: offset(.status)))
    }
  }

  /// Where the value of a key starts in the file.
  func offset(_ key: FrontMatterKey) -> Int? {
    value(key).map { Int(tree.nodes[$0].offset) }
  }

  /// The text of a key, or an empty one.
  private mutating func text(_ key: FrontMatterKey) -> Text {
    guard let value = value(key), let text = tree.text(value, key.name, &problems) else {
      return .empty
    }
    return writer.add(text)
  }

  /// The texts of a key that takes one or a list.
  private mutating func texts(_ key: FrontMatterKey) -> PoolRange {
    guard let value = value(key) else { return PoolRange() }
    items.removeAll(keepingCapacity: true)
    tree.collectTexts(value, key.name, into: &items, &problems)
    let start = batch.texts.count
    for item in items { batch.texts.append(repeated.text(item.text, &writer)) }
    return PoolRange(start: UInt32(start), count: UInt32(items.count))
  }

  private mutating func readLanguage(into article: inout Article) {
    guard let value = value(.language), let code = tree.text(value, "language", &problems) else {
      return
    }
    let languages = context.site.languages
    let written = code.string.lowercased()
    if let index = languages.firstIndex(where: { $0.lowercased() == written }) {
      article.language = UInt8(index)
    } else {
      problems.append(
        Problem(
          "unknown-language",
          "'\(code.quotable())' is no language of this site, which has "
            + languages.joined(separator: ", ") + "; add it to 'languages' in site.yaml",
          at: offset(.language)))
    }
  }

  private mutating func readTitle(_ file: ByteSlice, into article: inout Article) {
    if let value = value(.title) {
      let node = tree.nodes[value]
      if node.kind != .scalar {
        problems.append(tree.wrongType(value, "title", wants: "a text"))
        return
      }
      // A headline may be 'null' or 'No': it is the text as written.
      let title = node.text.trimmed
      if !title.isEmpty, node.isQuoted || title != "~" { article.title = writer.add(title) }
    }
    if article.title.isEmpty {
      problems.append(
        Problem("missing-title", "no title; add 'title: …'", at: offset(.title) ?? file.textStart))
    }
  }

  /// The moment that a key names.
  private mutating func moment(_ key: FrontMatterKey) -> DatedMoment? {
    guard let value = value(key) else { return nil }
    return moment(value, key.name)
  }

  /// The moment that a value names.
  mutating func moment(_ value: Int, _ key: String) -> DatedMoment? {
    if tree.isNull(value) { return nil }
    guard tree.nodes[value].kind == .scalar else {
      problems.append(tree.wrongType(value, key, wants: "a date"))
      return nil
    }
    do throws(Problem) {
      return try DateText(tree.nodes[value].text.trimmed).moment(in: context.zone)
    } catch {
      var problem = error
      problem.offset = Int(tree.nodes[value].offset)
      problems.append(problem)
      return nil
    }
  }

  private mutating func readDates(
    _ file: ByteSlice, _ name: FileName, into article: inout Article
  ) {
    let before = problems.count
    if let date = moment(.date) {
      article.date = date.instant
      if date.hasTime { article.traits.insert(.dateHasTime) }
    } else if problems.count == before {
      readMissingDate(file, name, into: &article)
    }
    if let updated = moment(.updated) {
      article.updated = updated.instant
      if updated.hasTime { article.traits.insert(.updatedHasTime) }
    }
    if let embargo = moment(.embargo) { article.embargo = embargo.instant }
    if let expires = moment(.expires) {
      extras.expires = expires.instant
      if article.instant != .never, expires.instant <= article.instant {
        let other = article.embargo > article.date ? "its embargo" : "its date"
        problems.append(
          Problem(
            "bad-expiry", "the story expires before it is seen; 'expires' is later than \(other)",
            at: offset(.expires)))
      }
    }
  }

  private mutating func readMissingDate(
    _ file: ByteSlice, _ name: FileName, into article: inout Article
  ) {
    switch article.kind {
    case .standing: break
    case .markdown:
      let isDay = name.date.map { (try? DateText($0).moment(in: context.zone)) != nil } ?? false
      let day = isDay ? name.date?.string ?? "" : "2024-10-03"
      problems.append(
        Problem(
          "missing-date", "no date; add 'date: \(day)' or 'date: \(day)T18:40:00+04:00'",
          at: offset(.date) ?? file.textStart))
    case .wire:
      var wrong: String?
      if let day = name.date {
        do throws(Problem) {
          article.date = try DateText(day).moment(in: context.zone).instant
          return
        } catch {
          wrong = error.message
        }
      }
      if let wrong {
        problems.append(
          Problem(
            "undated-wire",
            "no date, for the file's name begins with none: \(wrong); published undated, outside "
              + "feeds and numbered lists", severity: .warning))
      } else {
        let hasFrontMatter = FrontMatter.isThere(in: file)
        problems.append(
          Problem(
            "undated-wire",
            "no date; published undated, outside feeds and numbered lists: put "
              + (hasFrontMatter
                ? "'date: YYYY-MM-DD' into the front matter"
                : "the lines '---', 'date: YYYY-MM-DD', '---' before the first line")
              + ", or the day before the file's name ('YYYY-MM-DD-\(name.whole.quotable())')",
            severity: .warning))
      }
    }
  }

  private mutating func readStatus(into article: inout Article) {
    var status: Article.Status?
    var isKnown = true
    if let value = value(.status), let text = tree.text(value, "status", &problems) {
      if text == "published" {
        status = .published
      } else if text == "draft" {
        status = .draft
      } else if text == "retracted" {
        status = .retracted
      } else {
        let known = ["published", "draft", "retracted"]
        let meant = suggestion(for: text.string, among: known).map { "; did you mean '\($0)'?" }
        problems.append(
          Problem(
            "wrong-type",
            "'status' is published, draft or retracted, not '\(text.quotable())'"
              + (meant ?? ""), at: offset(.status)))
        // Whatever was meant, it is not to be seen.
        status = .draft
        isKnown = false
      }
    }
    if let value = value(.draft), let isDraft = tree.truth(value, "draft", &problems) {
      if let status, isKnown, (status == .draft) != isDraft {
        problems.append(
          Problem(
            "wrong-type",
            "'draft: \(isDraft)' and 'status: \(status)' contradict each other; "
              + "keep one", at: offset(.draft)))
      } else if isDraft {
        status = .draft
      }
    }
    if status == .retracted, article.kind == .standing {
      problems.append(
        Problem(
          "wrong-type",
          "a standing page cannot be retracted; say in its text what is wrong, or remove the page",
          at: offset(.status)))
    }
    article.status = status ?? .published
  }

  private mutating func readSection(_ path: ByteSlice, into article: inout Article) {
    var given = ByteSlice.empty
    if let value = value(.section), let text = tree.text(value, "section", &problems) {
      given = text
    }
    if article.traits.contains(.givenSection) {
      let block = writer.store[article.section]
      if !given.isEmpty, !(given == block) {
        problems.append(
          Problem(
            "section-differs",
            "'section' says '\(given.quotable())', the section block "
              + "'\(block.quotable())', which is used; make them the same",
            at: offset(.section), severity: .warning))
      }
      given = block
    } else if !given.isEmpty {
      article.section = repeated.text(given, &writer)
      article.traits.insert(.givenSection)
    } else if article.kind != .standing, let slash = path.firstIndex(of: UInt8(ascii: "/")) {
      readFolder(path[0..<slash], into: &article)
    }
    guard !given.isEmpty, ReservedName.isReserved(given, languages: context.site.languages) else {
      return
    }
    problems.append(
      Problem(
        "reserved-section", ReservedName.message(given.quotable(), remedy: "choose another name"),
        at: sectionOffset ?? offset(.section)))
  }

  /// Takes the name of a story's top folder for its section.
  private mutating func readFolder(_ name: ByteSlice, into article: inout Article) {
    if folder.isEmpty || !(writer.store[folder] == name) {
      folder = writer.add(name)
      isFolderReserved = ReservedName.isReserved(name, languages: context.site.languages)
    }
    article.section = folder
    guard isFolderReserved else { return }
    batch.diagnostics.append(
      Diagnostic(
        "reserved-section", ReservedName.message(name.quotable(), remedy: "rename the folder"),
        file: context.prefix + name.string))
  }
}
