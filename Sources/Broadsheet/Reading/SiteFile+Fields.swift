extension SiteFile {
  /// Reads the site's own fields, declared as in Swift: `venue: String?`, `rating: Int = 0`.
  mutating func readFields(_ value: Int) {
    if tree.isNull(value) { return }
    guard tree.nodes[value].kind == .mapping else {
      problems.append(tree.wrongType(value, "fields", wants: "names with types"))
      return
    }
    var node = value + 1
    while node < tree.next(after: value) {
      let name = tree.nodes[node].text.string
      if let declared = tree.string(node + 1, "fields.\(name)", &problems) {
        readField(name, declared, node)
      }
      node = tree.next(after: node + 1)
    }
  }

  private mutating func readField(_ name: String, _ declared: String, _ node: Int) {
    func isPlain(_ sign: Character) -> Bool { sign.isASCII && (sign.isLetter || sign.isNumber) }
    guard name.first?.isLetter == true, name.allSatisfy({ isPlain($0) || $0 == "_" }) else {
      report(
        "bad-field", "'\(name)' is no name of a field, which holds letters and digits, as 'venue'",
        at: node)
      return
    }
    guard !FrontMatterKey.names.contains(name) else {
      report(
        "bad-field", "every story has '\(name)' already; give the field another name", at: node)
      return
    }
    let parts = declared.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    var type = parts[0].trimmed
    let isOptional = type.hasSuffix("?")
    if isOptional { type.removeLast() }
    guard let kind = SiteConfiguration.Field.Kind(rawValue: type) else {
      let known = SiteConfiguration.Field.Kind.allCases.map(\.rawValue)
      let meant = suggestion(for: type, among: known).map { "did you mean '\($0)'?" }
      report(
        "bad-field",
        "there is no type '\(type)'; "
          + (meant ?? "known: " + known.joined(separator: ", ")), at: node + 1)
      return
    }
    var fallback = isOptional ? SiteConfiguration.Field.Default.none : .required
    if parts.count > 1 {
      guard let value = Self.value(parts[1].trimmed, of: kind) else {
        report(
          "bad-field", "'\(parts[1].trimmed)' is no default for a field of type \(type)",
          at: node + 1)
        return
      }
      fallback = value
    }
    site.fields.append(SiteConfiguration.Field(name: name, kind: kind, fallback: fallback))
  }

  private static func value(
    _ text: String, of kind: SiteConfiguration.Field.Kind
  ) -> SiteConfiguration.Field.Default? {
    switch kind {
    case .string:
      let isQuoted = text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
      return .string(isQuoted ? String(text.dropFirst().dropLast()) : text)
    case .int: return Int(text).map { .int($0) }
    case .bool: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .date, .url: return text == "nil" ? SiteConfiguration.Field.Default.none : nil
    }
  }
}

extension Substring {
  /// The text without spaces at both ends.
  fileprivate var trimmed: String {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
