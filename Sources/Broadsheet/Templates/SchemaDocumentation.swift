extension Schema {
  /// The reference of all that templates may name, as Markdown.
  func documentation() -> String { "" }
}
