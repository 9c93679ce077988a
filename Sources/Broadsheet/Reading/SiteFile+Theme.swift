extension SiteFile {
  /// Where the colours stand that a site sets, for messages about pairs of them.
  private typealias Places = [Look.Scheme: [Look.Role: Int]]

  /// Reads the paper's own colours and faces, and checks that all that is read can be.
  mutating func readTheme(_ value: Int) {
    if tree.isNull(value) { return }
    let known = Look.Role.allCases.map(\.rawValue) + ["dark", "text-face", "interface-face"]
    guard tree.nodes[value].kind == .mapping else {
      problems.append(
        tree.wrongType(value, "theme", wants: "colours and faces, such as { accent: '#0b4f8a' }"))
      return
    }
    var places: Places = [:]
    var key = value + 1
    while key < tree.next(after: value) {
      let name = tree.nodes[key].text.string
      switch name {
      case "dark": readDarkColors(key + 1, &places)
      case "text-face": site.look.textFace = readFace(key + 1, name, generic: "serif")
      case "interface-face":
        site.look.interfaceFace = readFace(key + 1, name, generic: "sans-serif")
      default:
        if let role = Look.Role(rawValue: name) {
          readColor(key + 1, "theme.\(name)", role, .light, &places)
        } else {
          problems.append(
            tree.unknownKey(
              key, in: "theme", knownAs: known,
              synonyms: ["background": "paper", "text": "ink", "border": "hairline"]))
        }
      }
      key = tree.next(after: key + 1)
    }
    checkContrast(places)
  }

  private mutating func readDarkColors(_ value: Int, _ places: inout Places) {
    if tree.isNull(value) { return }
    guard tree.nodes[value].kind == .mapping else {
      problems.append(tree.wrongType(value, "theme.dark", wants: "colours"))
      return
    }
    var key = value + 1
    while key < tree.next(after: value) {
      let name = tree.nodes[key].text.string
      if let role = Look.Role(rawValue: name) {
        readColor(key + 1, "theme.dark.\(name)", role, .dark, &places)
      } else {
        problems.append(
          tree.unknownKey(key, in: "theme.dark", knownAs: Look.Role.allCases.map(\.rawValue)))
      }
      key = tree.next(after: key + 1)
    }
  }

  private mutating func readColor(
    _ value: Int, _ key: String, _ role: Look.Role, _ scheme: Look.Scheme, _ places: inout Places
  ) {
    // `accent: #0b4f8a` without quotes is a comment in YAML, and says nothing.
    guard !tree.isNull(value), let written = tree.string(value, key, &problems) else {
      report(
        "bad-color", "'\(key)' says no colour; write it in quotes, as '#0b4f8a'", at: value)
      return
    }
    guard let color = ScreenColor(written) else {
      report(
        "bad-color",
        "'\(written)' is not a colour; write it in quotes as '#0b4f8a', or '#07c' in short",
        at: value)
      return
    }
    places[scheme, default: [:]][role] = value
    if scheme == .light { site.look.light[role] = color } else { site.look.dark[role] = color }
  }

  /// Reports pairs of colours, one of them the site's own, that are too near each other to be read;
  /// of the two grounds of a colour, that which asks for more.
  private mutating func checkContrast(_ places: Places) {
    for (paper, card) in Look.pairs {
      let pair = site.look.contrast(of: paper) < site.look.contrast(of: card) ? paper : card
      guard let own = places[pair.scheme], let place = own[pair.role] ?? own[pair.ground],
        site.look.contrast(of: pair) < pair.least
      else { continue }
      let (color, ground) = (
        site.look.color(pair.role, pair.scheme), site.look.color(pair.ground, pair.scheme)
      )
      let grounds = [Look.Role.paper, .card].map { site.look.color($0, pair.scheme) }
      let better = color.made(tellable: pair.least, from: grounds).hexadecimal
      let dark = pair.scheme == .dark ? " in the dark" : ""
      report(
        "low-contrast",
        "'\(pair.role.rawValue)' \(color.hexadecimal) on '\(pair.ground.rawValue)' "
          + "\(ground.hexadecimal) has a contrast of \(Self.shown(color.contrast(with: ground)))"
          + " to 1\(dark); WCAG AA wants \(Self.shown(pair.least)): "
          + "write \(pair.role.rawValue): '\(better)', or change the other",
        at: place)
    }
  }

  /// A ratio with two digits after the point, cut so that one which falls short is not shown as
  /// enough.
  private static func shown(_ ratio: Double) -> String {
    let hundredths = Int(ratio * 100)
    let rest = hundredths % 100
    return rest == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Reads the names of faces, the one wanted first, and writes them as CSS has them.
  ///
  /// A name holds letters, digits, spaces and `-_.` alone, so that nothing of it can end the value
  /// that it stands in.
  private mutating func readFace(_ value: Int, _ key: String, generic: String) -> String? {
    var items: [TextItem] = []
    tree.collectTexts(value, "theme.\(key)", into: &items, &problems)
    var names: [String] = []
    for item in items {
      for part in item.text.string.split(separator: ",", omittingEmptySubsequences: false) {
        let name = part.split(separator: " ").joined(separator: " ").unquoted
        guard (1...80).contains(name.utf8.count), name.unicodeScalars.allSatisfy(\.isOfFaceName)
        else {
          problems.append(
            Problem(
              "bad-face",
              "'\(name.isEmpty ? String(part) : name)' is no name of a face, which holds letters, "
                + "digits, spaces and hyphens; write 'Source Serif, Georgia, serif'",
              at: item.offset))
          return nil
        }
        names.append(name)
      }
    }
    guard !names.isEmpty else { return nil }
    if names.last.map(Self.genericFaces.contains) != true { names.append(generic) }
    return names.map { Self.genericFaces.contains($0) ? $0 : "\"\($0)\"" }.joined(separator: ",")
  }

  /// The names that stand for a kind of face (CSS Fonts 4, section 2.1.3), which have no quotes.
  private static let genericFaces: Set<String> = [
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif",
    "ui-sans-serif", "ui-monospace", "ui-rounded",
  ]
}

extension String {
  /// The text without the quotes around it.
  fileprivate var unquoted: String {
    guard utf8.count >= 2, let quote = first, quote == "\"" || quote == "'", last == quote else {
      return self
    }
    return String(dropFirst().dropLast())
  }
}

extension Unicode.Scalar {
  /// Whether it may stand in the name of a face.
  fileprivate var isOfFaceName: Bool {
    properties.isAlphabetic || properties.numericType != nil || " -_.".unicodeScalars.contains(self)
  }
}
