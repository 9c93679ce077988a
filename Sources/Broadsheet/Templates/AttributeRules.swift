/// What an attribute of an element does with its value, and so what may stand in it.
struct AttributeName {
  enum Kind {
    /// Text that cannot do harm.
    case harmless
    case url
    case sourceSet
    /// `content` of `<meta http-equiv="refresh">`.
    case refresh
    /// `onclick` and its like.
    case script
    case style
    case sourceDocument
    /// `http-equiv`, and the `content` beside one.
    case httpEquiv
    /// An attribute inside `svg` or `math`.
    case foreign
    /// One that is not on the list.
    case unknown
  }

  let kind: Kind
  let isHTTPEquiv: Bool
  /// Whether literal text in it is a URL.
  let isURL: Bool

  /// An attribute in the tag that a context stands in.
  init(_ attribute: [UInt8], of context: HTMLContext) {
    let name = String(decoding: attribute, as: UTF8.self)
    let element = String(decoding: context.element, as: UTF8.self)
    isHTTPEquiv = element == "meta" && name == "http-equiv"
    kind = Self.kind(name, of: element, context)
    isURL = kind == .url || kind == .refresh || kind == .foreign && Self.urls.contains(name)
  }

  private static func kind(_ name: String, of element: String, _ context: HTMLContext) -> Kind {
    if name.hasPrefix("on") { return .script }
    if context.foreignDepth > 0 || element == "svg" || element == "math" { return .foreign }
    if urls.contains(name) || name == "data" && element == "object" { return .url }
    switch name {
    case "style": return .style
    case "srcdoc": return .sourceDocument
    case "srcset", "imagesrcset": return .sourceSet
    case "http-equiv": return .httpEquiv
    case "content" where element == "meta":
      guard let httpEquiv = context.httpEquiv else { return .harmless }
      return httpEquiv.elementsEqual("refresh".utf8) ? .refresh : .httpEquiv
    case "type"
    where element == "script" || element == "style" || element == "object"
      || element == "embed":
      return .unknown
    case "content": return .unknown
    default: break
    }
    if name.hasPrefix("data-") || name.hasPrefix("aria-") { return .harmless }
    return harmless.contains(name) ? .harmless : .unknown
  }

  /// Attributes whose value is a URL.
  private static let urls: Set<String> = [
    "href", "src", "action", "formaction", "cite", "poster", "background", "longdesc", "manifest",
    "usemap", "xlink:href", "profile", "codebase", "classid", "itemid", "itemtype", "about",
  ]

  /// Attributes whose value is text or a word, and does nothing by itself.
  static let harmless: Set<String> = [
    "abbr", "accept", "accept-charset", "accesskey", "align", "alt", "as", "async",
    "autocapitalize",
    "autocomplete", "autofocus", "autoplay", "border", "cellpadding", "cellspacing", "charset",
    "checked", "class", "color", "cols", "colspan", "controls", "coords", "crossorigin", "datetime",
    "decoding", "default", "defer", "dir", "dirname", "disabled", "download", "draggable",
    "enctype", "enterkeyhint", "fetchpriority", "for", "form", "formmethod", "headers", "height",
    "hidden", "high", "hreflang", "id", "imagesizes", "inert", "inputmode", "integrity", "ismap",
    "itemprop", "itemref", "itemscope", "kind", "label", "lang", "list", "loading", "loop", "low",
    "max", "maxlength", "media", "method", "min", "minlength", "multiple", "muted", "name",
    "nomodule", "nonce", "novalidate", "open", "optimum", "pattern", "placeholder", "playsinline",
    "popover", "prefix", "preload", "property", "readonly", "referrerpolicy", "rel", "required",
    "rev", "reversed", "role", "rows", "rowspan", "scope", "selected", "shape", "size", "sizes",
    "slot", "span", "spellcheck", "srclang", "start", "step", "summary", "tabindex", "target",
    "title", "translate", "type", "typeof", "valign", "value", "vocab", "width", "wrap", "xml:lang",
  ]
}
