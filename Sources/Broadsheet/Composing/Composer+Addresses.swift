/// Gives every page its address, and reports two owners of one.
extension Composer {
  /// Where a page with a path of no ending stands.
  mutating func pagePath(_ make: (inout ByteBuffer) -> Void) -> Text {
    let ending: StaticString = parts.site.permalinks == .files ? ".html" : "/index.html"
    return keep {
      make(&$0)
      $0.append(ending)
    }
  }

  /// Claims the addresses that every site has, those of files under `static/`, and those of the
  /// pictures beside the stories.
  mutating func claimFixedAddresses() {
    for index in parts.site.languages.indices {
      let prefix = index == 0 ? "" : parts.site.languages[index] + "/"
      let ending = parts.site.permalinks == .files ? ".html" : "/index.html"
      for name in ["tags", "authors", "archive"] { claimGenerated(prefix + name + ending) }
      // Wherever the site is built: also where what makes the index is not there.
      if parts.site.search != .none { claimGenerated(prefix + "search" + ending) }
      claimGenerated(prefix + "index.html")
    }
    if parts.site.search != .none { book.ownFolder = SearchPart.root }
    for name in ["404.html", "robots.txt", "sitemap.xml", Page.newsSitemapPath] {
      claimGenerated(name)
    }
    if parts.site.aiRights != nil { claimGenerated(Page.miningRightsPath) }
    for file in parts.archive.statics { checkName(file.path, isLinked: false) }
    for file in parts.archive.media { checkName(file.path, isLinked: true) }
    for (index, file) in parts.archive.statics.enumerated() {
      let owner = book.claim(file.path, for: .fixed(Int32(index)))
      if let owner {
        let path = parts.archive.store.string(file.path)
        diagnostics.append(
          Diagnostic(
            "duplicate-address",
            "\(describe(owner)) has the address '\(path)' too; rename this file",
            file: locator.shown("static/" + path)))
      }
    }
    for (index, file) in parts.archive.media.enumerated() {
      if let owner = book.claim(file.path, for: .media(Int32(index))) {
        let path = parts.archive.store.string(file.path)
        diagnostics.append(
          Diagnostic(
            "duplicate-address",
            "\(describe(owner)) has the address '\(path)' too; rename this file",
            file: locator.shown(path)))
      }
    }
  }

  /// A file's name is a part of an address: it holds no control characters, and that of a file which
  /// stories link to holds nothing that ends a path in a URL.
  private mutating func checkName(_ path: Text, isLinked: Bool) {
    let bytes = parts.archive.store[path]
    let shown = String(bytes.string.unicodeScalars.map { $0.value < 32 ? "?" : Character($0) })
    if (0..<bytes.count).contains(where: { bytes[$0] < 32 || bytes[$0] == 0x7F }) {
      diagnostics.append(
        Diagnostic(
          "bad-file-name", "the file's name holds a control character; rename the file",
          file: locator.shown(shown)))
    } else if isLinked, let sign = shown.first(where: { "%?#".contains($0) }) {
      diagnostics.append(
        Diagnostic(
          "bad-file-name",
          "the file's name holds '\(sign)', which means something else in an address; rename the file",
          file: locator.shown(shown)))
    }
  }

  /// Claims the addresses of the theme's assets.
  mutating func claimAssets(_ paths: [String]) {
    for path in paths { claimGenerated(path) }
  }

  private mutating func claimGenerated(_ path: String) {
    _ = book.claim(writer.add(path), for: .generated)
  }

  /// Addresses every story that has a page: live ones, notices of retraction, standing pages.
  ///
  /// The addresses of held stories are claimed for the day on which they are due.
  mutating func addressStories() {
    let addresses = StoryAddresses(
      archive: parts.archive, filings: parts.filings, terms: parts.terms, zone: parts.zone,
      prefixes: parts.editions.map(\.prefix), sectionSlugs: sectionSlugs,
      pattern: Permalink.parts(of: parts.site.permalinkPattern),
      ending: parts.site.permalinks == .files ? ".html" : "/index.html")
    for (index, path) in addresses.all(jobs: jobs).enumerated() where !path.isEmpty {
      let isHeld = parts.filings[index].state == .held
      claim(path, story: Int32(index))
      if !isHeld { parts.filings[index].path = path }
      addressText(of: Int32(index), at: path, isHeld: isHeld)
    }
  }

  private mutating func claim(_ path: Text, story: Int32) {
    guard let owner = book.claim(path, for: .article(story)) else { return }
    let bytes = parts.archive.store[path]
    report(
      "duplicate-address",
      "\(describe(owner)) has the address '\(bytes.string)' too; give one another 'slug:'",
      story: story, key: "slug")
  }

  /// Addresses the pages of sections, tags and authors, and their feeds.
  mutating func addressTerms() {
    for index in parts.terms.indices {
      let term = parts.terms[index]
      guard !term.slug.isEmpty else { continue }
      let edition = parts.editions[Int(term.edition)]
      let slug = parts.archive.store[term.slug]
      let prefix = edition.prefix
      parts.terms[index].path = pagePath {
        $0.append(stemOf: term.kind, prefix: prefix, slug: slug)
      }
      claim(parts.terms[index].path, term: Int32(index))
      if term.kind == .section, term.undated.count > Pagination.pageSize {
        parts.terms[index].undatedPath = pagePath {
          $0.append(stemOf: term.kind, prefix: prefix, slug: slug)
          $0.append("/undated")
        }
        claim(parts.terms[index].undatedPath, term: Int32(index))
      }
    }
    // Terms that only held stories use have the addresses of the day on which those are due.
    let placed = parts.terms.count
    parts.terms += awaitedTerms
    for index in placed..<parts.terms.count where !parts.terms[index].slug.isEmpty {
      let term = parts.terms[index]
      let (prefix, slug) = (
        parts.editions[Int(term.edition)].prefix, parts.archive.store[term.slug]
      )
      parts.terms[index].path = pagePath {
        $0.append(stemOf: term.kind, prefix: prefix, slug: slug)
      }
      claim(parts.terms[index].path, term: Int32(index))
    }
    awaitedTerms = Array(parts.terms[placed...])
    parts.terms.removeLast(awaitedTerms.count)
  }

  private mutating func claim(_ path: Text, term index: Int32) {
    guard let owner = book.claim(path, for: .term(index)) else { return }
    let bytes = parts.archive.store[path]
    let message =
      "\(describe(.term(index))) and \(describe(owner)) would share the address '\(bytes.string)'; "
      + "rename one, or give it a slug of its own in site.yaml"
    parts.terms[Int(index)].path = .empty
    // It is the story that names a term of its own which can give way, not the registry.
    var user = termUsers[Int(index)]
    if user < 0, case .term(let other) = owner { user = termUsers[Int(other)] }
    if case .article(let story) = owner {
      report("duplicate-address", message, story: story, key: "slug")
    } else if user >= 0 {
      let key =
        switch parts.terms[Int(index)].kind {
        case .section: "section"
        case .tag: "tags"
        case .author: "authors"
        }
      report("duplicate-address", message, story: user, key: key)
    } else {
      diagnostics.append(
        Diagnostic("duplicate-address", message, file: locator.shown("site.yaml")))
    }
  }

  /// Claims an address for a page that the site makes by itself, and reports a file that has it, which
  /// has to make way.
  mutating func claim(_ path: Text, forPage what: String) {
    if let owner = book.claim(path, for: .generated) { report(owner, of: path, asWellAs: what) }
  }

  /// Reports the owner of an address that a page has which the site makes by itself.
  mutating func report(_ owner: AddressBook.Owner, of path: Text, asWellAs what: String) {
    let bytes = parts.archive.store[path]
    let message = "\(what) has the address '\(bytes.string)' too; "
    switch owner {
    case .article(let story):
      report(
        "duplicate-address", message + "give the story another 'slug:'", story: story, key: "slug")
    case .alias(let story):
      report("duplicate-address", message + "remove the alias", story: story, key: "aliases")
    case .fixed, .media:
      diagnostics.append(
        Diagnostic("duplicate-address", message + "rename this file", file: describe(owner)))
    case .term, .generated:
      diagnostics.append(
        Diagnostic(
          "duplicate-address",
          "\(what) and \(describe(owner)) would share the address '\(bytes.string)'; rename one",
          file: locator.shown("site.yaml")))
    }
  }

  /// Addresses the pages of the months and of the lists.
  mutating func addressMonths() {
    for index in parts.months.indices {
      let month = parts.months[index]
      let edition = parts.editions[Int(month.edition)]
      parts.months[index].path = path(
        ofMonth: Int(month.month), of: Int(month.year), prefix: edition.prefix)
      claim(parts.months[index].path, forPage: "the archive")
    }
    addressAwaitedMonths()
    for index in parts.editions.indices {
      let edition = parts.editions[index]
      parts.editions[index].frontPath = keep {
        $0.append(edition.prefix)
        $0.append("index.html")
      }
      if !edition.tags.isEmpty {
        parts.editions[index].tagsPath = pagePath {
          $0.append(edition.prefix)
          $0.append("tags")
        }
      }
      if !edition.authors.isEmpty {
        parts.editions[index].authorsPath = pagePath {
          $0.append(edition.prefix)
          $0.append("authors")
        }
      }
      if !edition.months.isEmpty {
        parts.editions[index].archivePath = pagePath {
          $0.append(edition.prefix)
          $0.append("archive")
        }
      }
      if isSearchable {
        parts.editions[index].searchPath = pagePath {
          $0.append(edition.prefix)
          $0.append("search")
        }
      }
    }
  }

  private mutating func path(ofMonth month: Int, of year: Int, prefix: String) -> Text {
    pagePath {
      $0.append(prefix)
      $0.append("archive/")
      $0.append(number: year, width: 4)
      $0.append(UInt8(ascii: "/"))
      $0.append(number: month, width: 2)
    }
  }

  /// Claims the addresses of the months in which held stories are due.
  private mutating func addressAwaitedMonths() {
    for index in parts.filings.indices where parts.filings[index].state == .held {
      let article = parts.archive.articles[index]
      guard article.kind != .standing else { continue }
      let date = parts.zone.civilTime(at: article.instant).date
      let path = path(
        ofMonth: date.month, of: date.year, prefix: parts.editions[Int(article.language)].prefix)
      let owner = book.owner(of: parts.archive.store[path])
      if owner != .generated { claim(path, forPage: "the archive") }
    }
  }

  /// Claims the earlier addresses of stories, and makes the pages that lead on from them.
  mutating func claimAliases() {
    for index in parts.filings.indices {
      let article = parts.archive.articles[index]
      let isHeld = parts.filings[index].state == .held
      guard isHeld || !parts.filings[index].path.isEmpty else { continue }
      for place in parts.archive.extras(of: article).aliases.indices {
        let alias = parts.archive.store[parts.archive.texts[place]]
        let path = keep { $0.append(fileOfAlias: alias) }
        if let owner = book.claim(path, for: .alias(Int32(index))) {
          report(
            "duplicate-address",
            "\(describe(owner)) has the address '\(parts.archive.store.string(path))' of this alias; "
              + "remove the alias",
            story: Int32(index), key: "aliases")
        } else if isHeld {
          awaitedAliases.append((Int32(index), path))
        } else {
          parts.pages.append(
            Page(kind: .alias, edition: article.language, index: Int32(index), path: path))
        }
      }
    }
  }

  /// An owner of an address, in words.
  func describe(_ owner: AddressBook.Owner) -> String {
    let store = parts.archive.store
    switch owner {
    case .article(let story): return shownFile(of: story)
    case .alias(let story): return "an alias of \(shownFile(of: story))"
    case .media(let index):
      return locator.shown(store.string(parts.archive.media[Int(index)].path))
    case .fixed(let index):
      return locator.shown("static/" + store.string(parts.archive.statics[Int(index)].path))
    case .generated: return "a page of every site"
    case .term(let index):
      let placed = parts.terms.count
      let term =
        Int(index) < placed ? parts.terms[Int(index)] : awaitedTerms[Int(index) - placed]
      let kind =
        switch term.kind {
        case .section: "section"
        case .tag: "tag"
        case .author: "author"
        }
      let user = termUsers[Int(index)]
      let place = user < 0 ? "" : " of \(shownFile(of: user))"
      return "the \(kind) '\(store.string(term.name))'\(place)"
    }
  }
}

extension ByteBuffer {
  /// Appends the path of a term's page without its ending: `ru/tags/cop29`.
  fileprivate mutating func append(stemOf kind: Term.Kind, prefix: String, slug: ByteSlice) {
    append(prefix)
    if kind == .tag { append("tags/") }
    if kind == .author { append("authors/") }
    append(slug)
  }

  /// Appends the file that answers for an earlier address: `/old/talks.html` is that file, `/old/talks`
  /// and `/old/talks/` are `old/talks/index.html`.
  fileprivate mutating func append(fileOfAlias alias: ByteSlice) {
    var alias = alias
    while alias.hasPrefix("/") { alias = alias[1..<alias.count] }
    while alias.hasSuffix("/") { alias = alias[0..<alias.count - 1] }
    append(alias)
    if !alias.hasSuffix(".html"), !alias.hasSuffix(".htm") {
      append(alias.isEmpty ? "index.html" : "/index.html")
    }
  }
}
