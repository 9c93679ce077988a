/// What the name of a story's file tells.
struct FileName {
  /// The name with its ending.
  var whole: ByteSlice
  /// The name without its ending and without a day before it.
  var stem: ByteSlice
  /// The day that the name starts with, such as `2024-10-03`.
  var date: ByteSlice?
  /// How many bytes the ending has, with its dot.
  var endingCount: Int

  /// The name at the end of a path.
  init(_ path: ByteSlice) {
    var start = path.count
    while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    whole = path[start..<path.count]
    var dot = whole.count
    while dot > 0, whole[dot - 1] != UInt8(ascii: ".") { dot -= 1 }
    let end = dot > 1 ? dot - 1 : whole.count
    endingCount = whole.count - end
    stem = whole[0..<end]
    guard stem.count >= 10, stem.count == 10 || isSeparator(stem[10]) else { return }
    for offset in 0..<10 {
      let isHyphen = offset == 4 || offset == 7
      let byte = stem[offset]
      guard isHyphen ? byte == UInt8(ascii: "-") : (48...57).contains(byte) else { return }
    }
    date = stem[0..<10]
    if stem.count > 11 { stem = stem[11..<stem.count] }
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ")
  }
}

extension ArticleReader {
  /// Fills a story's slug and id.
  mutating func readAddress(
    _ file: ByteSlice, _ name: FileName, _ path: ByteSlice, into article: inout Article
  ) {
    article.id = writer.part(of: filePath, 0..<path.count - name.endingCount)
    if let value = value(.id), let id = tree.text(value, "id", &problems) {
      article.id = writer.add(id)
      article.traits.insert(.givenID)
    }
    if let value = value(.slug) {
      article.traits.insert(.givenSlug)
      article.slug = givenSlug(value, in: context.site.languages[Int(article.language)])
      return
    }
    let isWire = article.kind == .wire
    let source = isWire ? writer.store[article.title] : name.stem
    scrap.removeAll()
    scrap.append(slugOf: source, language: context.site.languages[Int(article.language)])
    let end = path.count - name.endingCount
    // Most files are named by the slug that their story has.
    article.slug =
      !isWire && scrap.slice == source
      ? writer.part(of: filePath, end - source.count..<end) : writer.add(scrap.slice)
    if article.slug.isEmpty, !source.isEmpty {
      let what = isWire ? "the headline" : "the file's name"
      problems.append(
        Problem(
          "empty-slug",
          "\(what) '\(source.quotable())' leaves nothing for an address; "
            + "add 'slug: …'", at: isWire ? headlineOffset : file.textStart))
    }
  }

  private mutating func givenSlug(_ value: Int, in language: String) -> Text {
    let node = tree.nodes[value]
    guard node.kind == .scalar else {
      problems.append(tree.wrongType(value, "slug", wants: "a text"))
      return .empty
    }
    let written = node.text.trimmed
    scrap.removeAll()
    scrap.append(slugOf: written, language: language)
    if !scrap.slice.isEmpty, scrap.slice == written { return writer.add(written) }
    let message: String
    if written.isEmpty {
      message = "'slug' is empty; leave it out to have the address from the file's name"
    } else if scrap.slice.isEmpty {
      message =
        "'\(written.quotable())' leaves nothing for an address; a slug holds letters, "
        + "digits and hyphens"
    } else if written.count > Slug.longest, written.hasSlugPrefix(scrap.slice) {
      message = "this slug has \(written.count) bytes; it may have \(Slug.longest) at most"
    } else {
      message =
        "'\(written.quotable())' is no slug, which holds letters in lower case, digits and "
        + "hyphens; write it as '\(scrap.string)'"
    }
    problems.append(Problem("bad-slug", message, at: Int(node.offset)))
    return writer.add(scrap.slice)
  }

  /// Fills the earlier addresses that lead to a story.
  mutating func readAliases() {
    guard let value = value(.aliases) else { return }
    items.removeAll(keepingCapacity: true)
    tree.collectTexts(value, "aliases", into: &items, &problems)
    let start = batch.texts.count
    for item in items {
      guard let alias = path(ofAlias: item.text) else {
        problems.append(
          Problem(
            "bad-alias",
            "'\(item.text.quotable())' is no path of this site; write the earlier "
              + "address without its host, such as '/politics/talks.html'", at: item.offset))
        continue
      }
      batch.texts.append(writer.add(alias))
    }
    extras.aliases = PoolRange(
      start: UInt32(start), count: UInt32(batch.texts.count - start))
  }

  /// The path that an alias names, as servers decode it where it is written as browsers show it:
  /// `/2019/%D1%82…/`; nil where it is no path that a site can answer for.
  private mutating func path(ofAlias written: ByteSlice) -> ByteSlice? {
    let isEncoded = written.firstIndex(of: UInt8(ascii: "%")) != nil
    scrap.removeAll()
    scrap.append(percentDecoding: written)
    guard scrap.slice.firstInvalidByte == nil else { return nil }
    let alias = scrap.string
    let parts = alias.split(separator: "/")
    let isAddress = alias.contains("://") || alias.hasPrefix("//")
    let isHidden = parts.contains { $0.hasPrefix(".") && $0 != ".well-known" }
    let hidesSlash = isEncoded && written.string.lowercased().contains("%2f")
    let isPath =
      !isAddress && !parts.isEmpty && !isHidden && !hidesSlash
      && !written.string.contains { "?#".contains($0) }
      && !alias.unicodeScalars.contains { $0 == "\\" || $0.value < 32 || $0.value == 127 }
    return isPath ? scrap.slice : nil
  }

  /// Fills the address of the original.
  mutating func readCanonical() {
    guard let value = value(.canonical), let url = tree.text(value, "canonical", &problems) else {
      return
    }
    if WebAddress(url.string) == nil {
      problems.append(
        Problem(
          "bad-url", "'\(url.quotable())' is no web address; 'canonical' starts with https://",
          at: offset(.canonical)))
    } else {
      extras.canonical = writer.add(url)
    }
  }
}

extension ByteSlice {
  /// Whether the text is a slug that is only too long: its first bytes are those of the slug.
  fileprivate func hasSlugPrefix(_ slug: ByteSlice) -> Bool { self[0..<slug.count] == slug }
}

/// An `http` or `https` address with a host.
struct WebAddress {
  /// The address as written.
  let text: String
  /// The host, with its port where one is given.
  let host: Substring
  /// What follows the host.
  let path: Substring

  /// The address that a text is; nil where it is none.
  init?(_ text: String) {
    let lower = text.lowercased()
    let start = lower.hasPrefix("https://") ? 8 : lower.hasPrefix("http://") ? 7 : 0
    guard start > 0 else { return nil }
    let rest = text.dropFirst(start)
    host = rest.prefix { !"/?#".contains($0) }
    path = rest.dropFirst(host.count)
    let isClean = !text.unicodeScalars.contains {
      $0.value <= 32 || "<>\"\\^`{|}".unicodeScalars.contains($0)
    }
    guard !host.isEmpty, !host.hasPrefix(":"), isClean else { return nil }
    self.text = text
  }

  /// What keeps the address from being that of a site, which all pages and feeds repeat; nil where
  /// nothing does.
  var faultOfSite: String? {
    if host.contains("@") {
      return
        "holds a user's name, which every page would show; leave out what stands before the '@'"
    }
    if host.contains(where: { !$0.isASCII }) {
      return "has a host with other letters than a to z; write it as it is registered, with 'xn--'"
    }
    return hasHost && hasPath
      ? nil : "is not the address of a site; write it as https://example.org/"
  }

  /// Whether the host is a name or a number as they are registered, with a port where there is one.
  private var hasHost: Bool {
    let isNumber = host.hasPrefix("[")
    let end = isNumber ? host.firstIndex(of: "]").map(host.index(after:)) : host.firstIndex(of: ":")
    let name = host[..<(end ?? host.endIndex)]
    let port = host[name.endIndex...]
    let hasPort =
      port.first == ":" && port.dropFirst().allSatisfy(\.isNumber)
      && (1...65535).contains(Int(port.dropFirst()) ?? 0)
    guard port.isEmpty || hasPort else { return false }
    if isNumber {
      return end != nil
        && name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || ":.".contains($0) }
    }
    return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
    }
  }

  /// Whether the path leads down alone, and each `%` in it begins an escape.
  private var hasPath: Bool {
    path.split(separator: "/").allSatisfy { part in
      let plain = part.lowercased().replacing("%2e", with: ".")
      let escapes = part.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
      return plain != "." && plain != ".."
        && escapes.allSatisfy { $0.count >= 2 && $0.prefix(2).allSatisfy(\.isHexDigit) }
    }
  }
}

/// Names that a section cannot have, for the site's own pages and folders have them.
enum ReservedName {
  private static let names: Set<String> = [
    "404", "archive", "assets", "atom", "authors", "feed", "index", "media", "news-sitemap",
    "pagefind", "pages", "robots", "rss", "search", "sitemap", "static", "tags", "templates",
    "text", "undated",
  ]

  /// Whether a section cannot have a name.
  static func isReserved(_ name: ByteSlice, languages: [String]) -> Bool {
    guard name.count <= 40 else { return false }
    let slug = Slug.string(of: name.string, language: "en")
    return names.contains(slug) || languages.contains { $0.lowercased() == slug }
  }

  /// Why a section cannot have a name.
  static func message(_ name: String, remedy: String) -> String {
    "a section cannot be called '\(name)': the site has pages of its own at that address; \(remedy)"
  }
}
