extension ArticleReader {
  /// Fills a story's lead picture: a path, or a mapping.
  mutating func readImage(into article: inout Article) {
    guard let value = value(.image), !tree.isNull(value) else { return }
    switch tree.nodes[value].kind {
    case .scalar:
      if let path = tree.text(value, "image", &problems) { extras.imageSource = writer.add(path) }
    case .sequence:
      problems.append(tree.wrongType(value, "image", wants: "a path, or 'src', 'alt', …"))
    case .mapping:
      var key = value + 1
      while key < tree.next(after: value) {
        readImageKey(key, into: &article)
        key = tree.next(after: key + 1)
      }
      if extras.imageSource.isEmpty {
        problems.append(
          Problem("missing-src", "'image' has no 'src'; add the picture's path", at: offset(.image))
        )
      }
    }
  }

  private mutating func readImageKey(_ key: Int, into article: inout Article) {
    let name = tree.nodes[key].text
    func text(_ name: String) -> Text {
      guard let text = tree.text(key + 1, "image." + name, &problems) else { return .empty }
      return writer.add(text)
    }
    if name == "src" {
      extras.imageSource = text("src")
    } else if name == "alt" {
      extras.imageAlt = text("alt")
      if !tree.isNull(key + 1) { article.traits.insert(.imageHasAlt) }
    } else if name == "caption" {
      extras.imageCaption = text("caption")
    } else if name == "credit" {
      extras.imageCredit = text("credit")
    } else {
      problems.append(
        tree.unknownKey(
          key, in: "image", knownAs: ["src", "alt", "caption", "credit"],
          synonyms: ["path": "src", "file": "src", "url": "src", "title": "caption"]))
    }
  }

  /// Fills a story's corrections: a mapping, or a list of them.
  mutating func readCorrections(into article: inout Article) {
    guard let value = value(.corrections), !tree.isNull(value) else { return }
    let start = batch.corrections.count
    if tree.nodes[value].kind == .sequence {
      var item = value + 1
      while item < tree.next(after: value) {
        readCorrection(item, article)
        item = tree.next(after: item)
      }
    } else {
      readCorrection(value, article)
    }
    extras.corrections = PoolRange(
      start: UInt32(start), count: UInt32(batch.corrections.count - start))
  }

  private mutating func readCorrection(_ node: Int, _ article: Article) {
    guard tree.nodes[node].kind == .mapping else {
      problems.append(
        tree.wrongType(node, "corrections", wants: "'date', 'text' and 'material' of each"))
      return
    }
    var correction = Correction(date: .never, dateHasTime: false, text: .empty, isMaterial: false)
    let before = problems.count
    var key = node + 1
    while key < tree.next(after: node) {
      let name = tree.nodes[key].text
      if name == "date" {
        if let date = moment(key + 1, "corrections.date") {
          correction.date = date.instant
          correction.dateHasTime = date.hasTime
        }
      } else if name == "text" {
        if let text = tree.text(key + 1, "corrections.text", &problems) {
          correction.text = writer.add(text)
        }
      } else if name == "material" {
        correction.isMaterial =
          tree.truth(key + 1, "corrections.material", &problems) ?? false
      } else {
        problems.append(
          tree.unknownKey(key, in: "corrections", knownAs: ["date", "text", "material"]))
      }
      key = tree.next(after: key + 1)
    }
    let place = Int(tree.nodes[node].offset)
    if correction.text.isEmpty, problems.count == before {
      problems.append(
        Problem("missing-text", "this correction says nothing; add 'text: …'", at: place))
    }
    if correction.date == .never, problems.count == before {
      let hasUpdate = article.updated != .never
      correction.date = hasUpdate ? article.updated : article.date
      // Of a story without a date, nothing tells when it was.
      problems.append(
        Problem(
          "undated-correction", "this correction has no date; add 'date: …'", at: place,
          severity: correction.date == .never ? .error : .warning))
      correction.dateHasTime = article.traits.contains(hasUpdate ? .updatedHasTime : .dateHasTime)
    }
    batch.corrections.append(correction)
  }

  /// Fills the values of the site's own fields, one for each that it declares.
  mutating func readOwnFields(_ file: ByteSlice, into article: inout Article) {
    let fields = context.site.fields
    guard !fields.isEmpty else { return }
    extras.fields = PoolRange(
      start: UInt32(batch.fieldValues.count), count: UInt32(fields.count))
    for index in fields.indices {
      let node = Int(fieldNodes[index])
      let isThere = node >= 0 && !tree.isNull(node)
      if isThere, let value = ownValue(node, fields[index]) {
        batch.fieldValues.append(value)
      } else {
        if !isThere, fields[index].fallback == .required, article.kind != .standing {
          problems.append(
            Problem(
              "missing-field",
              "no '\(fields[index].name)', which site.yaml asks of every story; "
                + "add '\(fields[index].name): …'", at: file.textStart))
        }
        batch.fieldValues.append(fallback(fields[index]))
      }
    }
  }

  private mutating func ownValue(
    _ node: Int, _ field: SiteConfiguration.Field
  ) -> FieldValue? {
    switch field.kind {
    case .string:
      return tree.text(node, field.name, &problems).map { .text(writer.add($0)) }
    case .url:
      guard let text = tree.text(node, field.name, &problems) else { return nil }
      if WebAddress(text.string) != nil { return .text(writer.add(text)) }
      problems.append(
        Problem(
          "bad-url", "'\(text.quotable())' is no web address; '\(field.name)' starts with https://",
          at: Int(tree.nodes[node].offset)))
      return nil
    case .int:
      return tree.wholeNumber(node, field.name, in: .min ... .max, &problems).map { .int($0) }
    case .bool: return tree.truth(node, field.name, &problems).map { .bool($0) }
    case .date: return moment(node, field.name).map { .date($0.instant) }
    }
  }

  /// What a story has that does not set a field.
  private mutating func fallback(_ field: SiteConfiguration.Field) -> FieldValue {
    switch field.fallback {
    case .none: return .none
    case .string(let text): return .text(writer.add(text))
    case .int(let number): return .int(number)
    case .bool(let truth): return .bool(truth)
    case .required:
      switch field.kind {
      case .string, .url: return .text(.empty)
      case .int: return .int(0)
      case .bool: return .bool(false)
      case .date: return .date(.never)
      }
    }
  }
}
