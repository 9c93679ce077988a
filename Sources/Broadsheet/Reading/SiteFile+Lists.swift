extension SiteFile {
  /// Reads the sections: a list of slugs, of mappings `slug name description`, or of `slug: name`;
  /// or a mapping of such.
  mutating func readSections(_ value: Int) {
    forEachEntry(value, "sections") { file, entry in
      let fields = file.fields(of: entry, "sections", known: ["slug", "name", "description"])
      guard let written = entry.name ?? fields["slug"].flatMap({ file.text($0, "sections.slug") })
      else {
        file.report("missing-slug", "this section has no slug; add 'slug: …'", at: entry.place)
        return
      }
      let name = file.name(of: entry, fields, "sections") ?? Localized(file.name(ofSlug: written))
      file.addSection(
        written, at: entry.place,
        SiteConfiguration.SectionEntry(
          slug: written, name: name,
          description: fields["description"].flatMap { file.localized($0, "sections.description") }
            ?? Localized()))
    }
  }

  private mutating func addSection(
    _ slug: String, at node: Int, _ entry: SiteConfiguration.SectionEntry
  ) {
    let form = Slug.string(of: slug, language: site.languages[0])
    if form != slug || slug.isEmpty {
      report(
        "bad-slug",
        "'\(slug)' is no slug of a section, which holds letters in lower case, digits "
          + "and hyphens" + (form.isEmpty ? "" : "; write 'slug: \(form)' and 'name: \(slug)'"),
        at: node)
    } else if tree.isReserved(slug, languages: site.languages) {
      report(
        "reserved-section", ReservedName.message(slug, remedy: "choose another slug"), at: node)
    } else if site.sections.contains(where: { $0.slug == slug }) {
      report("duplicate-section", "the section '\(slug)' stands here twice; keep one", at: node)
    } else {
      site.sections.append(entry)
    }
  }

  /// Reads the registry of authors: a mapping of slugs to what is known of each, or a list.
  mutating func readAuthors(_ value: Int) {
    forEachEntry(value, "authors") { file, entry in
      let fields = file.fields(
        of: entry, "authors", known: ["slug", "name", "role", "bio", "email"])
      func text(_ key: String) -> Localized {
        fields[key].flatMap { file.localized($0, "authors.\(key)") } ?? Localized()
      }
      let name = file.name(of: entry, fields, "authors")
      let language = file.site.languages[0]
      guard
        let written = entry.name ?? fields["slug"].flatMap({ file.text($0, "authors.slug") })
          ?? name?.text(in: language, orElse: language)
      else {
        file.report("missing-name", "this author has no name; add 'name: …'", at: entry.place)
        return
      }
      let form = Slug.string(of: written, language: language)
      guard !form.isEmpty else {
        file.report(
          "bad-slug", "'\(written)' leaves nothing for an address; add 'slug: …'", at: entry.place)
        return
      }
      if file.site.authors.contains(where: { $0.slug == form }) {
        file.report(
          "duplicate-author", "the author '\(form)' stands here twice; keep one", at: entry.place)
        return
      }
      file.site.authors.append(
        SiteConfiguration.AuthorEntry(
          slug: form, name: name ?? Localized(written), role: text("role"), bio: text("bio"),
          email: file.email(fields["email"])))
    }
  }

  private mutating func email(_ node: Int?) -> String? {
    guard let node, let written = tree.string(node, "authors.email", &problems) else { return nil }
    let parts = written.split(separator: "@", omittingEmptySubsequences: false)
    if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      !written.contains(where: \.isWhitespace)
    {
      return written
    }
    report("wrong-type", "'\(written)' is no e-mail address", at: node)
    return nil
  }

  /// Reads the registry of tags: a list of names, or of mappings `name slug description`.
  mutating func readTags(_ value: Int) {
    forEachEntry(value, "tags") { file, entry in
      let fields = file.fields(of: entry, "tags", known: ["name", "slug", "description"])
      guard let name = file.name(of: entry, fields, "tags") ?? entry.name.map({ Localized($0) })
      else {
        file.report("missing-name", "this tag has no name; add 'name: …'", at: entry.place)
        return
      }
      let slug = fields["slug"].flatMap { file.text($0, "tags.slug") }
      if let slug, Slug.string(of: slug, language: file.site.languages[0]) != slug {
        file.report(
          "bad-slug", "'\(slug)' is no slug, which holds letters in lower case, digits and hyphens",
          at: fields["slug"] ?? entry.place)
        return
      }
      file.site.tags.append(
        SiteConfiguration.TagEntry(
          name: name, slug: slug,
          description: fields["description"].flatMap { file.localized($0, "tags.description") }
            ?? Localized()))
    }
  }

  /// Reads the navigation: a list of `title` and `link`, or of `title: link`.
  mutating func readNavigation(_ value: Int) {
    forEachEntry(value, "navigation") { file, entry in
      let fields = file.fields(of: entry, "navigation", known: ["title", "link"])
      let title =
        entry.name.map { Localized($0) }
        ?? fields["title"].flatMap { file.localized($0, "navigation.title") }
      let linkNode = entry.name == nil ? fields["link"] : entry.rest
      guard let title, let linkNode, let link = file.text(linkNode, "navigation.link") else {
        file.report(
          "missing-link", "a link of the navigation has a 'title' and a 'link'", at: entry.place)
        return
      }
      let offset = Int(file.tree.nodes[linkNode].offset)
      let position = unsafe SourcePosition(
        of: offset, in: Span(_unsafeElements: file.file.buffer))
      let isAddress = link.contains("://")
      if isAddress ? WebAddress(link) == nil : link.contains(":") && !link.hasPrefix("mailto:") {
        file.report("bad-url", "'\(link)' is neither a source file nor a web address", at: linkNode)
      }
      file.site.navigation.append(
        SiteConfiguration.NavigationEntry(title: title, link: link, position: position))
    }
  }

  /// Reads the standing page that says how the paper corrects itself.
  mutating func readCorrectionsPolicy(_ value: Int) {
    guard let link = tree.string(value, "corrections-policy", &problems) else { return }
    let position = unsafe SourcePosition(
      of: Int(tree.nodes[value].offset), in: Span(_unsafeElements: file.buffer))
    site.correctionsPolicy = SiteConfiguration.NavigationEntry(
      title: Localized("corrections-policy"), link: link, position: position)
  }

  /// Reads which file of `static/` is the paper's logo.
  mutating func readLogo(_ value: Int) {
    site.logo = tree.string(value, "logo", &problems)
    site.logoPosition = unsafe SourcePosition(
      of: Int(tree.nodes[value].offset), in: Span(_unsafeElements: file.buffer))
  }

  /// Hands the entries of a list or a mapping to a closure.
  private mutating func forEachEntry(
    _ value: Int, _ key: String, _ visit: (inout SiteFile, SiteFileEntry) -> Void
  ) {
    if tree.isNull(value) { return }
    switch tree.nodes[value].kind {
    case .scalar:
      problems.append(tree.wrongType(value, key, wants: "a list"))
    case .mapping:
      var node = value + 1
      while node < tree.next(after: value) {
        visit(
          &self,
          SiteFileEntry(name: tree.nodes[node].text.string, rest: node + 1, place: node))
        node = tree.next(after: node + 1)
      }
    case .sequence:
      var item = value + 1
      while item < tree.next(after: value) {
        if let entry = entry(item, key) { visit(&self, entry) }
        item = tree.next(after: item)
      }
    }
  }

  private mutating func entry(_ item: Int, _ key: String) -> SiteFileEntry? {
    switch tree.nodes[item].kind {
    case .scalar:
      return text(item, key).map { SiteFileEntry(name: $0, rest: nil, place: item) }
    case .mapping:
      // `- politics: Politics` is a slug with a name.
      let keys = ["slug", "name", "title", "link", "description", "role", "bio", "email"]
      let hasKeys = tree.next(after: item) > item + 1
      let first = hasKeys ? tree.nodes[item + 1].text.string : ""
      if hasKeys, tree.next(after: item + 2) == tree.next(after: item), !keys.contains(first) {
        return SiteFileEntry(name: first, rest: item + 2, place: item)
      }
      return SiteFileEntry(name: nil, rest: item, place: item)
    case .sequence:
      problems.append(tree.wrongType(item, key, wants: "a list of texts or mappings"))
      return nil
    }
  }

  /// The values of an entry that is a mapping, by key.
  private mutating func fields(
    of entry: SiteFileEntry, _ key: String, known: [String]
  ) -> [String: Int] {
    guard let node = entry.rest, tree.nodes[node].kind == .mapping else { return [:] }
    var fields: [String: Int] = [:]
    var place = node + 1
    while place < tree.next(after: node) {
      let name = tree.nodes[place].text.string
      if known.contains(name) {
        fields[name] = place + 1
      } else if entry.name == nil || !site.languages.contains(name) {
        problems.append(tree.unknownKey(place, in: key, knownAs: known))
      }
      place = tree.next(after: place + 1)
    }
    return fields
  }

  /// The name of an entry: its `name`, the text after its slug, or texts by language.
  private mutating func name(
    of entry: SiteFileEntry, _ fields: [String: Int], _ key: String
  ) -> Localized? {
    if let name = fields["name"] { return localized(name, "\(key).name") }
    guard entry.name != nil, let node = entry.rest, fields.isEmpty, !tree.isNull(node) else {
      return nil
    }
    return localized(node, key)
  }

  /// A text as a string.
  private mutating func text(_ node: Int, _ key: String) -> String? {
    tree.string(node, key, &problems)
  }

  /// "Human rights" for `human-rights`.
  private func name(ofSlug slug: String) -> String {
    let words = slug.split(separator: "-").joined(separator: " ")
    return words.capitalized(language: site.languages[0])
  }
}

/// An entry of a list of `site.yaml`.
private struct SiteFileEntry {
  /// What stands before the colon, or the whole entry when it is a text.
  var name: String?
  /// The node of what follows the name, or of the mapping that is the entry.
  var rest: Int?
  /// The node that messages are about.
  var place: Int
}

extension YAMLTree {
  fileprivate func isReserved(_ name: String, languages: [String]) -> Bool {
    var name = name
    return name.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe ReservedName.isReserved(
        ByteSlice(start: start, count: bytes.count), languages: languages)
    }
  }
}
