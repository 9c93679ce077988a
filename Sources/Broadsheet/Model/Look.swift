/// A paper's own colours and faces: what `site.yaml` says under `theme`, over those of the theme.
struct Look: Sendable, Hashable {
  /// What a colour is for; the raw value is its key in `site.yaml`, and with two hyphens before it
  /// the style sheet's custom property.
  enum Role: String, Sendable, CaseIterable {
    case paper, card, ink, muted, link, visited, accent, control, hairline
  }

  /// Whether a page is shown light or dark.
  enum Scheme: Sendable, CaseIterable {
    case light
    case dark
  }

  /// The site's own colours, shown light.
  var light: [Role: ScreenColor] = [:]
  /// The site's own colours, shown dark.
  var dark: [Role: ScreenColor] = [:]
  /// The face of headlines and text, as a value of CSS's `font-family`.
  var textFace: String?
  /// The face of all else.
  var interfaceFace: String?

  /// The theme as it is.
  init() {}

  /// The colour that pages have.
  func color(_ role: Role, _ scheme: Scheme) -> ScreenColor {
    own(scheme)[role] ?? role.color(scheme)
  }

  /// The site's own colours.
  func own(_ scheme: Scheme) -> [Role: ScreenColor] { scheme == .light ? light : dark }

  /// What the site's own colours and faces add to the style sheet; empty where it has none.
  ///
  /// Print stays black on white, whatever the colours of the screen are.
  var rules: String {
    var rules = ""
    let faces = [("--text-face", textFace), ("--interface-face", interfaceFace)]
      .compactMap { name, face in face.map { "\(name):\($0)" } }
    if !faces.isEmpty { rules += ":root{\(faces.joined(separator: ";"))}\n" }
    for (scheme, name) in [(Scheme.light, "light"), (.dark, "dark")] {
      let colors = Role.allCases.compactMap { role in
        own(scheme)[role].map { "--\(role.rawValue):\($0.hexadecimal)" }
      }
      guard !colors.isEmpty else { continue }
      rules +=
        "@media screen and (prefers-color-scheme:\(name)){:root{\(colors.joined(separator: ";"))}}\n"
    }
    return rules
  }
}

extension Look {
  /// Two colours of which one is read upon the other.
  struct Pair: Sendable, Hashable {
    var role: Role
    var ground: Role
    var scheme: Scheme
    /// The least contrast that WCAG 2.2 wants at level AA: 4.5 for text (1.4.3), 3 for the borders
    /// of what can be pressed (1.4.11).
    var least: Double { role == .control ? 3 : 4.5 }
  }

  /// All pairs that pages show, on paper and on card, but for hairlines, which only adorn.
  static let pairs: [(paper: Pair, card: Pair)] = Scheme.allCases.flatMap { scheme in
    [Role.ink, .muted, .link, .visited, .accent, .control].map { role in
      (
        Pair(role: role, ground: .paper, scheme: scheme),
        Pair(role: role, ground: .card, scheme: scheme)
      )
    }
  }

  /// The contrast of a pair, from 1 to 21.
  func contrast(of pair: Pair) -> Double {
    color(pair.role, pair.scheme).contrast(with: color(pair.ground, pair.scheme))
  }
}

extension Look.Role {
  /// The theme's own colour; the style sheet has the same.
  func color(_ scheme: Look.Scheme) -> ScreenColor {
    let (light, dark): (UInt32, UInt32) =
      switch self {
      case .paper: (0xfffdf8, 0x14140f)
      case .card: (0xf6f2e8, 0x1f1f19)
      case .ink: (0x1a1a18, 0xece8dd)
      case .muted: (0x55524b, 0xb0aa9c)
      case .link: (0x0b4f8a, 0x8ec5ff)
      case .visited: (0x5b3a8c, 0xc9b3f5)
      case .accent: (0x9b1c1c, 0xff9a8f)
      case .control: (0x767168, 0x8a8478)
      case .hairline: (0xd8d3c7, 0x3a382f)
      }
    return ScreenColor(scheme == .light ? light : dark)
  }
}
