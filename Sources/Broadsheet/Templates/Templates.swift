/// A template file, as it was read.
struct TemplateFile: Sendable {
  /// The file's name without `.html`: the template's name.
  var name: String
  /// The path as the user sees it, for messages.
  var path: String
  var bytes: [UInt8]
}

/// The templates of a site.
enum Templates {
  /// Parses, checks and compiles templates.
  ///
  /// - Parameters:
  ///   - files: All templates; where a site overrides one of the theme's, the site's alone.
  ///   - schema: What the templates may name.
  /// - Returns: The program, or nil when there is an error; and all that is wrong in any of the
  ///   files, in their order.
  static func compile(files: [TemplateFile], schema: Schema) -> (Program?, [Diagnostic]) {
    (nil, [])
  }
}
