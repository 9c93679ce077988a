/// Finds the lead pictures of stories, and the stories that briefs are the ledes of.
extension Composer {
  /// Finds the file of each story's lead picture; one that is not there, or that has no words for
  /// those who do not see it, is an error.
  ///
  /// Held stories are looked at too: they must be right on the day on which they are due.
  mutating func choosePictures() {
    for index in parts.filings.indices {
      let article = parts.archive.articles[index]
      let state = parts.filings[index].state
      guard article.extras > 0, state == .live || state == .held else { continue }
      let source = parts.archive.store[parts.archive.extras(of: article).imageSource]
      guard !source.isEmpty else { continue }
      let story = Int32(index)
      let file = parts.archive.files[Int(article.file)].path
      path.removeAll()
      guard path.append(resolving: source, from: parts.archive.store[file]),
        let media = parts.files.media.value(of: path.slice)
      else {
        let meant = near(source)
        report(
          "missing-picture", "there is no picture '\(source.string)'" + meant, story: story,
          key: "image")
        continue
      }
      if !article.traits.contains(.imageHasAlt) {
        report(
          "missing-alt",
          "the picture has no 'alt'; say what it shows, or give it an empty one (\"\") "
            + "where it only decorates", story: story, key: "image")
      }
      parts.filings[index].image = media
    }
  }

  /// Gives each live story without a picture the address of its card, which changes with what the
  /// card says.
  mutating func addressCards() {
    guard makesCards, parts.site.url != nil else { return }
    for index in parts.filings.indices {
      let article = parts.archive.articles[index]
      guard parts.filings[index].state == .live, parts.filings[index].image < 0,
        article.kind != .standing, parts.filings[index].section >= 0
      else { continue }
      let card = parts.card(of: Int32(index))
      var hash = Hash(seed: PictureSet.recipe)
      hash.add(parts.archive.store[article.id])
      for text in [card.nameplate, card.headline, card.section] { text.withBytes { hash.add($0) } }
      let path = keep {
        $0.append("assets/cards/")
        $0.append(hexadecimal: hash.value, width: 16)
        $0.append(".png")
      }
      claim(path, forPage: "the card of \(shownFile(of: Int32(index)))")
      parts.filings[index].card = path
    }
  }

  /// The picture that was probably meant, in words for the end of a message.
  private mutating func near(_ source: ByteSlice) -> String {
    let store = parts.archive.store
    let wanted = source.string.split(separator: "/").last.map(String.init) ?? ""
    let names =
      pictureNames
      ?? NameList(
        parts.archive.media.map { String(store.string($0.path).split(separator: "/").last ?? "") })
    pictureNames = names
    return names.nearest(to: wanted).map { "; did you mean '\($0.name)'?" } ?? ""
  }

  /// Fills the table of ledes, where there are briefs that may be one.
  mutating func indexLedes() {
    guard parts.archive.hasBriefs else { return }
    for index in parts.filings.indices where parts.filings[index].state == .live {
      let article = parts.archive.articles[index]
      guard article.ledeHash != 0, parts.storiesByLede[article.ledeHash] == nil else { continue }
      parts.storiesByLede[article.ledeHash] = Int32(index)
    }
  }
}

extension Composer.Parts {
  /// What the card of a story says.
  fileprivate func card(of story: Int32) -> ShareCard {
    ShareCard(
      archive.articles[Int(story)], terms[Int(filings[Int(story)].section)], site, archive.store)
  }
}

extension Publication {
  /// What the card of a story says.
  func card(of story: Int32) -> ShareCard {
    ShareCard(
      archive.articles[Int(story)], terms[Int(filings[Int(story)].section)], site, archive.store)
  }
}

extension ShareCard {
  /// The card of a story.
  fileprivate init(
    _ article: Article, _ section: Term, _ site: SiteConfiguration, _ store: TextStore
  ) {
    let language = site.languages[Int(article.language)]
    nameplate = site.title.text(in: language, orElse: site.languages[0]) ?? ""
    headline = store.string(article.title)
    self.section = store.string(section.name)
  }
}

extension ByteBuffer {
  /// Appends the path, from the source folder, that a path written in a file means: `../media/a.png`
  /// in `politics/talks.md` is `media/a.png`; one that starts with a slash counts from the source
  /// folder.
  ///
  /// - Returns: Whether it stays in the source folder.
  mutating func append(resolving written: ByteSlice, from file: ByteSlice) -> Bool {
    let start = count
    var offset = 0
    if written.hasPrefix("/") {
      offset = 1
    } else {
      var end = file.count
      while end > 0, file[end - 1] != UInt8(ascii: "/") { end -= 1 }
      append(file[0..<end])
    }
    while offset < written.count {
      let rest = written[offset..<written.count]
      let length = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count
      let part = rest[0..<length]
      offset += length + 1
      if part.isEmpty || part == "." { continue }
      if part == ".." {
        guard count > start else { return false }
        // Takes back the last part, with its slash.
        var end = count - 1
        while end > start, slice[end - 1] != UInt8(ascii: "/") { end -= 1 }
        truncate(to: end)
        continue
      }
      append(part)
      if offset <= written.count { append(UInt8(ascii: "/")) }
    }
    if count > start, slice[count - 1] == UInt8(ascii: "/") { truncate(to: count - 1) }
    return true
  }
}
