/// Compiled templates: a flat list of operations that every worker runs side by side.
final class Program: Sendable {
  /// Changes whenever a template or the schema does.
  let hash: UInt64

  init(hash: UInt64) {
    self.hash = hash
  }
}
