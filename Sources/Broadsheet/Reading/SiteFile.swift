/// Reads `site.yaml`: what the site is called, where it is, and what its parts are.
struct SiteFile: ~Copyable {
  /// What was read, with defaults for the rest.
  var site = SiteConfiguration()
  /// What is wrong.
  var problems: [Problem] = []
  /// The site's time zone.
  var zone = TimeZoneTable.utc
  /// The file as a tree.
  var tree = YAMLTree()
  /// The bytes of the file.
  let file: ByteSlice

  private static let keys = [
    "title", "description", "url", "language", "languages", "timezone", "sections", "authors",
    "tags", "navigation", "front", "feeds", "tag-authority", "furniture", "review", "copyright",
    "logo", "fields", "rights", "corrections-policy", "more", "permalinks", "permalink", "pictures",
    "theme", "text-edition", "search",
  ]
  private static let synonyms = [
    "name": "title", "baseurl": "url", "base_url": "url", "siteurl": "url", "lang": "language",
    "time-zone": "timezone", "time_zone": "timezone", "zone": "timezone", "menu": "navigation",
    "nav": "navigation", "categories": "sections", "params": "fields",
  ]

  /// Reads the bytes of a `site.yaml`, which must live as long as this value.
  init(reading file: ByteSlice) {
    self.file = file
    site.isConfigured = true
    if let offset = file.firstInvalidByte {
      problems.append(.invalidByte(in: file, at: offset))
      return
    }
    do throws(Problem) {
      let start = file.textStart
      try tree.fill(parsing: file[start..<file.count], at: start)
    } catch {
      problems.append(error)
      return
    }
    guard let root = tree.nodes.first, !tree.isNull(0) else {
      requireTitle()
      return
    }
    guard root.kind == .mapping else {
      problems.append(
        Problem(
          "wrong-type", "site.yaml holds lines 'key: value', not \(tree.shown(0))",
          at: Int(root.offset)))
      return
    }
    // Languages come first: other keys have texts by language.
    readLanguages()
    var key = 1
    while key < tree.nodes.count {
      read(key)
      key = tree.next(after: key + 1)
    }
    requireTitle()
  }

  private mutating func requireTitle() {
    let hasTitle = site.title.common?.isEmpty == false || !site.title.byLanguage.isEmpty
    if !hasTitle, problems.isEmpty {
      problems.append(Problem("missing-title", "no title; add 'title: …', the paper's name", at: 0))
    }
  }

  private mutating func read(_ key: Int) {
    let value = key + 1
    switch tree.nodes[key].text.string {
    case "title": site.title = localized(value, "title") ?? site.title
    case "description": site.description = localized(value, "description") ?? Localized()
    case "copyright": site.copyright = localized(value, "copyright") ?? Localized()
    case "language", "languages": break
    case "url": readURL(value)
    case "timezone": readTimeZone(value)
    case "sections": readSections(value)
    case "authors": readAuthors(value)
    case "tags": readTags(value)
    case "navigation": readNavigation(value)
    case "front": readFront(value)
    case "feeds": readFeeds(value)
    case "tag-authority": readTagAuthority(value)
    case "furniture": readFurniture(value)
    case "review": readReview(value)
    case "logo": readLogo(value)
    case "fields": readFields(value)
    case "more": site.more = choice(value, "more", among: SiteConfiguration.More.self) ?? .preceding
    case "permalinks":
      site.permalinks =
        choice(value, "permalinks", among: SiteConfiguration.Permalinks.self) ?? .files
    case "permalink": readPermalink(value)
    case "rights": readRights(value)
    case "corrections-policy": readCorrectionsPolicy(value)
    case "pictures": readPictures(value)
    case "theme": readTheme(value)
    case "text-edition":
      site.hasTextEdition = tree.truth(value, "text-edition", &problems) ?? false
    case "search":
      site.search = choice(value, "search", among: SiteConfiguration.Search.self) ?? .none
    default:
      problems.append(tree.unknownKey(key, knownAs: Self.keys, synonyms: Self.synonyms))
    }
  }

  /// Says what is wrong at a node.
  mutating func report(_ id: String, _ message: String, at node: Int) {
    problems.append(Problem(id, message, at: Int(tree.nodes[node].offset)))
  }

  /// A text for all languages, or a mapping of texts by language.
  mutating func localized(_ value: Int, _ key: String) -> Localized? {
    guard tree.nodes[value].kind == .mapping else {
      return tree.string(value, key, &problems).map { Localized($0) }
    }
    var texts: [String: String] = [:]
    var node = value + 1
    while node < tree.next(after: value) {
      let code = tree.nodes[node].text.string
      if let known = site.languages.first(where: { $0.lowercased() == code.lowercased() }) {
        texts[known] = tree.string(node + 1, "\(key).\(code)", &problems)
      } else {
        report(
          "unknown-language",
          "'\(code)' is no language of this site, which has "
            + site.languages.joined(separator: ", ") + "; add it to 'languages'", at: node)
      }
      node = tree.next(after: node + 1)
    }
    return Localized(byLanguage: texts)
  }

  /// One of several words.
  mutating func choice<Choice>(
    _ value: Int, _ key: String, among choices: Choice.Type
  ) -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
    guard let written = tree.string(value, key, &problems) else { return nil }
    if let choice = Choice(rawValue: written) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    let meant = suggestion(for: written, among: known).map { "; did you mean '\($0)'?" }
    report(
      "wrong-type",
      "'\(key)' is \(known.joined(separator: " or ")), not '\(written)'"
        + (meant ?? ""), at: value)
    return nil
  }
}

extension SiteFile {
  private mutating func readLanguages() {
    let one = tree.value(of: "language", in: 0)
    let many = tree.value(of: "languages", in: 0)
    var items: [TextItem] = []
    if let many { tree.collectTexts(many, "languages", into: &items, &problems) }
    var codes: [String] = []
    for item in items {
      let code = item.text.string
      if !isLanguage(code) {
        problems.append(
          Problem(
            "bad-language", "'\(code)' is no language code, such as en, az or pt-BR",
            at: item.offset))
      } else if codes.contains(where: { $0.lowercased() == code.lowercased() }) {
        problems.append(
          Problem("duplicate-language", "'\(code)' stands here twice; keep one", at: item.offset))
      } else {
        codes.append(code)
      }
    }
    if let one, let code = tree.string(one, "language", &problems) {
      if !isLanguage(code) {
        report("bad-language", "'\(code)' is no language code, such as en, az or pt-BR", at: one)
      } else if codes.isEmpty {
        codes = [code]
      } else if codes[0].lowercased() != code.lowercased() {
        report(
          "bad-language",
          "'language' says \(code), but 'languages' begins with \(codes[0]); "
            + "leave 'language' out", at: one)
      }
    }
    if codes.count > 255 { codes.removeLast(codes.count - 255) }
    if !codes.isEmpty { site.languages = codes }
  }

  private func isLanguage(_ code: String) -> Bool {
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    func isPart(_ part: Substring) -> Bool {
      (1...8).contains(part.utf8.count)
        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    return parts.allSatisfy(isPart) && (2...3).contains(parts[0].count)
      && parts[0].allSatisfy(\.isLetter)
  }

  private mutating func readURL(_ value: Int) {
    guard let written = tree.string(value, "url", &problems) else { return }
    guard let address = WebAddress(written), !address.path.contains(where: { "?#".contains($0) })
    else {
      report(
        "bad-url", "'\(written)' is not the address of a site; write it as https://example.org/",
        at: value)
      return
    }
    if let fault = address.faultOfSite {
      report("bad-url", "'\(written)' \(fault)", at: value)
      return
    }
    site.url = written.hasSuffix("/") ? written : written + "/"
  }

  private mutating func readTimeZone(_ value: Int) {
    guard let name = tree.string(value, "timezone", &problems) else { return }
    if let zone = TimeZoneTable(named: name) {
      site.timeZone = name
      self.zone = zone
    } else {
      let meant = TimeZoneTable.suggestion(for: name)
      report(
        "unknown-timezone",
        "there is no time zone '\(name)'; "
          + (meant.map { "did you mean '\($0)'?" } ?? "write it as Asia/Baku or UTC"), at: value)
    }
  }

  private mutating func readPermalink(_ value: Int) {
    guard var pattern = tree.string(value, "permalink", &problems) else { return }
    for ending in [".html", "/index", "/"] where pattern.hasSuffix(ending) {
      pattern.removeLast(ending.count)
    }
    if pattern.hasPrefix("/") { pattern.removeFirst() }
    let known = ["section", "year", "month", "day", "slug"]
    var literal = ""
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "{") {
      literal += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let name = String(rest[rest.index(after: open)..<close])
      if !known.contains(name) {
        let meant = suggestion(for: name, among: known).map { "did you mean '{\($0)}'?" }
        report(
          "bad-permalink",
          "there is no '{\(name)}' in an address; "
            + (meant ?? "known: " + known.map { "{\($0)}" }.joined(separator: " ")), at: value)
        return
      }
      rest = rest[rest.index(after: close)...]
    }
    literal += rest
    let isClean = literal.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || "-_/.".unicodeScalars.contains($0)
    }
    guard isClean, !pattern.split(separator: "/").contains(".."), pattern.contains("{slug}") else {
      report(
        "bad-permalink",
        "'\(pattern)' is no pattern of addresses; write it as "
          + "{section}/{year}/{month}/{slug}, with {slug} and without '..'", at: value)
      return
    }
    let folders = pattern.split(separator: "/", omittingEmptySubsequences: false)
    guard !folders.contains(where: { $0.isEmpty || $0.hasPrefix(".") }),
      !folders.dropLast().contains(where: { $0.contains(".") })
    else {
      report(
        "bad-permalink",
        "'\(pattern)' is no pattern of addresses: no part between slashes is empty or begins with a "
          + "dot, and a folder has none at all", at: value)
      return
    }
    site.permalinkPattern = pattern
  }

  private mutating func readTagAuthority(_ value: Int) {
    guard let written = tree.string(value, "tag-authority", &problems) else { return }
    let parts = written.split(separator: ",", omittingEmptySubsequences: false)
    let isDate =
      parts.count == 2
      && [4, 7, 10].contains(parts[1].count) && parts[1].allSatisfy { $0.isNumber || $0 == "-" }
    let isHost =
      !parts[0].isEmpty
      && parts[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-@_".contains($0)) }
    guard isDate, isHost else {
      report(
        "wrong-type",
        "'tag-authority' is a host that was yours and a year in which it was, such as "
          + "'example.org,2024', not '\(written)'", at: value)
      return
    }
    site.tagAuthority = written
  }

  private mutating func readFurniture(_ value: Int) {
    var items: [TextItem] = []
    tree.collectTexts(value, "furniture", into: &items, &problems)
    site.furniture = items.map(\.text.string)
  }

  private mutating func readReview(_ value: Int) {
    guard let written = tree.string(value, "review", &problems) else { return }
    let isMail = written.contains("@") && !written.contains(where: \.isWhitespace)
    guard isMail || WebAddress(written) != nil else {
      report(
        "bad-url", "'\(written)' is neither an e-mail address nor a web address (https://…)",
        at: value)
      return
    }
    site.review = written
  }
}
