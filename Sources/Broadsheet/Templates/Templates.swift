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
    let files = files.sorted { $0.name < $1.name }
    var set = TemplateSet(files, schema)
    let parts = set.compile()
    let diagnostics = set.diagnostics.sorted()
    guard let parts, diagnostics.isEmpty else { return (nil, diagnostics) }
    return (Program(parts, hash: hash(of: files, schema)), [])
  }

  private static func hash(of files: [TemplateFile], _ schema: Schema) -> UInt64 {
    var hash = Hash(seed: 1)
    func add(_ bytes: [UInt8]) {
      unsafe bytes.withUnsafeBytes { unsafe hash.add($0) }
    }
    for file in files {
      add(Array(file.name.utf8))
      add(file.bytes)
    }
    for type in schema.types {
      add(Array(type.name.utf8))
      for member in type.members {
        add(Array(member.name.utf8))
        hash.add(UInt64(member.id))
      }
    }
    return hash.value
  }
}
