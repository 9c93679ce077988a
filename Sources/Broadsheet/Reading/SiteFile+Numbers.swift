extension SiteFile {
  /// Reads how many stories the parts of the front page hold.
  mutating func readFront(_ value: Int) {
    let known = ["lead", "top", "briefs", "strip", "latest", "untranslated"]
    readNumbers(value, "front", known) { file, name, node in
      let range = name == "lead" ? 0...1 : 0...100
      guard let number = file.tree.wholeNumber(node, "front.\(name)", in: range, &file.problems)
      else { return }
      switch name {
      case "lead": file.site.front.lead = number
      case "top": file.site.front.top = number
      case "briefs": file.site.front.briefs = number
      case "strip": file.site.front.strip = number
      case "untranslated": file.site.front.untranslated = number
      default: file.site.front.latest = number
      }
    }
  }

  /// Reads who may do what with the paper.
  mutating func readRights(_ value: Int) {
    readNumbers(value, "rights", ["ai"]) { file, name, node in
      file.site.aiRights = file.choice(
        node, "rights.ai", among: SiteConfiguration.AIRights.self)
    }
  }

  /// Reads which feeds there are, and how long.
  mutating func readFeeds(_ value: Int) {
    let known = ["formats", "items", "tags", "authors", "hub"]
    readNumbers(value, "feeds", known) { file, name, node in
      if name == "formats" {
        file.readFormats(node)
        return
      }
      if name == "hub" {
        file.readHub(node)
        return
      }
      let range = name == "items" ? 1...1000 : 0...1000
      guard let number = file.tree.wholeNumber(node, "feeds.\(name)", in: range, &file.problems)
      else { return }
      switch name {
      case "items": file.site.feeds.items = number
      case "tags": file.site.feeds.tags = number
      default: file.site.feeds.authors = number
      }
    }
  }

  private mutating func readHub(_ value: Int) {
    guard let written = tree.string(value, "feeds.hub", &problems) else { return }
    if WebAddress(written) != nil {
      site.feeds.hub = written
    } else {
      report("bad-url", "'\(written)' is no web address; a hub starts with https://", at: value)
    }
  }

  private mutating func readFormats(_ value: Int) {
    var items: [TextItem] = []
    tree.collectTexts(value, "feeds.formats", into: &items, &problems)
    var formats: [SiteConfiguration.FeedFormat] = []
    for item in items {
      if let format = SiteConfiguration.FeedFormat(rawValue: item.text.string.lowercased()) {
        if !formats.contains(format) { formats.append(format) }
      } else {
        problems.append(
          Problem(
            "wrong-type", "'\(item.text.quotable())' is no kind of feed; known: rss, atom, json",
            at: item.offset))
      }
    }
    site.feeds.formats = formats
  }

  mutating func readNumbers(
    _ value: Int, _ key: String, _ known: [String],
    _ visit: (inout SiteFile, _ name: String, _ node: Int) -> Void
  ) {
    if tree.isNull(value) { return }
    guard tree.nodes[value].kind == .mapping else {
      problems.append(tree.wrongType(value, key, wants: "keys: " + known.joined(separator: ", ")))
      return
    }
    var node = value + 1
    while node < tree.next(after: value) {
      let name = tree.nodes[node].text.string
      if known.contains(name) {
        visit(&self, name, node + 1)
      } else {
        problems.append(tree.unknownKey(node, in: key, knownAs: known))
      }
      node = tree.next(after: node + 1)
    }
  }
}
