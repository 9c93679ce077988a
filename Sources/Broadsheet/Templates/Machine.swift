/// Runs a program: one machine a worker, used for page after page.
struct Machine: ~Copyable {
  private let program: Program

  /// A machine for a program, with room for all that its templates hold at once.
  init(_ program: Program) { self.program = program }

  /// Makes a page: appends what a template writes.
  ///
  /// - Parameters:
  ///   - root: The template.
  ///   - arguments: Its arguments, in the order of the schema's root.
  ///   - globals: The globals, in the order of the schema.
  ///   - model: What is asked for values.
  ///   - scratch: Where text that is made for the page stays until the caller resets it.
  ///   - page: Where the page is appended.
  mutating func run<Model: TemplateModel & ~Copyable>(
    _ root: RootID, arguments: [Value], globals: [Value], model: inout Model,
    scratch: inout Scratch, into page: inout ByteBuffer
  ) {
  }
}
