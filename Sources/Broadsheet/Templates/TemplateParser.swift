/// Turns a template file into a tree, with all that is wrong with its form.
struct TemplateParser {
  /// A hole with what it says, or literal HTML.
  private enum Item {
    case text(Range<Int>)
    case directive(Directive, outer: Range<Int>, isAlone: Bool)
  }

  private let bytes: [UInt8]
  private let wantedHeader: String
  private var items: [Item] = []
  private var next = 0
  private(set) var errors: [TemplateError] = []
  /// Nil when the file has no header that can be read.
  private(set) var template: TemplateSyntax?
  /// Whether a directive could not be read, so that blocks may seem open that are not.
  private var isBroken = false

  /// Parses a file, which must be valid UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - header: The header that the file should start with, for a message.
  init(parsing bytes: [UInt8], header: String) {
    self.bytes = bytes
    wantedHeader = header
    let scanner = TemplateScanner(scanning: bytes)
    errors = scanner.errors
    isBroken = !errors.isEmpty
    for piece in scanner.pieces {
      switch piece {
      case .text(let range): items.append(.text(range))
      case .hole(let outer, let inner):
        var parser = DirectiveParser(bytes, outer: outer, inner: inner)
        let (directive, error) = parser.directive()
        if let error {
          errors.append(error)
          isBroken = true
        }
        items.append(.directive(directive, outer: outer, isAlone: false))
      }
    }
    dropLinesOfDirectives()
    parse()
  }

  // MARK: Lines

  /// Drops the blanks and the line feed of lines that hold directives alone, or directives and one
  /// call of a template, which brings its own lines.
  private mutating func dropLinesOfDirectives() {
    var kept: [Item] = []
    kept.reserveCapacity(items.count)
    /// Where the items of the line begin.
    var line = 0
    var isAlone = true
    var calls = 0
    var hasDirective = false
    func endLine() {
      if isAlone, hasDirective, calls < 2 {
        let directives = kept[line...].compactMap { item -> Item? in
          guard case .directive(let directive, let outer, _) = item else { return nil }
          return .directive(directive, outer: outer, isAlone: true)
        }
        kept.replaceSubrange(line..., with: directives)
      } else if line > 0, line < kept.count, case .text(let before) = kept[line - 1],
        case .text(let text) = kept[line], before.upperBound == text.lowerBound
      {
        kept[line - 1] = .text(before.lowerBound..<text.upperBound)
        kept.remove(at: line)
      }
      line = kept.count
      (isAlone, hasDirective, calls) = (true, false, 0)
    }
    for item in items {
      switch item {
      case .directive(let directive, _, _):
        hasDirective = true
        isAlone = isAlone && (directive.writesLines || !directive.writes)
        calls += directive.writesLines ? 1 : 0
        kept.append(item)
      case .text(let range):
        var start = range.lowerBound
        for offset in range where bytes[offset] == UInt8(ascii: "\n") {
          isAlone = isAlone && isBlank(start..<offset)
          kept.append(.text(start..<offset + 1))
          start = offset + 1
          endLine()
        }
        guard start < range.upperBound else { continue }
        isAlone = isAlone && isBlank(start..<range.upperBound)
        kept.append(.text(start..<range.upperBound))
      }
    }
    endLine()
    items = kept
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
        || $0 == UInt8(ascii: "\n")
    }
  }

  // MARK: The tree

  private mutating func parse() {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if isBlank(start..<bytes.count) {
      errors.append(.emptyTemplate(wantedHeader))
      return
    }
    guard let header = takeHeader() else {
      // a header that could not be read has been reported already
      if !(isBroken && startsWithHeader(start)) {
        errors.append(.missingHeader(wantedHeader, at: start))
      }
      return
    }
    let layout = takeLayout()
    var body: [Node] = []
    while next < items.count {
      body += nodes(depth: 0)
      guard next < items.count else { break }
      if !isBroken, case .directive(let directive, let outer, _) = items[next] {
        errors.append(.stray(directive, at: outer.lowerBound))
      }
      next += 1
    }
    template = TemplateSyntax(header: header, layout: layout, body: body)
  }

  private func startsWithHeader(_ start: Int) -> Bool {
    let text = String(decoding: bytes[start...].prefix(200), as: UTF8.self)
    return text.drop { $0.isWhitespace }.hasPrefix("\\(template")
  }

  /// Passes blanks and comments to the header.
  private mutating func takeHeader() -> TemplateHeader? {
    while next < items.count {
      switch items[next] {
      case .directive(.template(let header), _, _):
        next += 1
        return header
      case .directive(.comment, _, _): next += 1
      case .text(let range) where isBlank(range): next += 1
      default: return nil
      }
    }
    return nil
  }

  /// Passes blanks, comments and bindings to the layout, if there is one.
  private mutating func takeLayout() -> (bindings: [Node], call: TemplateCall)? {
    var bindings: [Node] = []
    for index in next..<items.count {
      switch items[index] {
      case .directive(.layout(let call), _, _):
        next = index + 1
        return (bindings, call)
      case .directive(.binding(let name, let offset, let value), _, _):
        bindings.append(.binding(name: name, offset: offset, value: value))
      case .directive(.comment, _, _): continue
      case .text(let range) where isBlank(range): continue
      default: return nil
      }
    }
    return nil
  }

  /// The nodes up to the directive that ends their block, or to the end of the file.
  private mutating func nodes(depth: Int) -> [Node] {
    var nodes: [Node] = []
    while next < items.count {
      guard case .directive(let directive, let outer, let isAlone) = items[next] else {
        if case .text(let range) = items[next] { nodes.append(.text(range)) }
        next += 1
        continue
      }
      let offset = outer.lowerBound
      switch directive {
      case .end, .otherwise, .elseBranch: return nodes
      case .branch, .loop:
        if depth == 64 {
          if !isBroken { errors.append(.tooDeep(at: offset)) }
          isBroken = true
        }
        next += 1
        nodes.append(
          depth >= 64 ? .invalid : block(directive, openedAt: offset, depth: depth + 1))
        continue
      case .print(let expression): nodes.append(.print(expression, at: offset))
      case .call(let call): nodes.append(.call(call, isInline: !isAlone, at: offset))
      case .content: nodes.append(.content(isInline: !isAlone, at: offset))
      case .binding(let name, let offset, let value):
        nodes.append(.binding(name: name, offset: offset, value: value))
      case .template(let header): errors.append(.secondHeader(at: header.offset))
      case .layout(let call): errors.append(.lateLayout(at: call.offset))
      case .invalid: nodes.append(.invalid)
      case .comment: break
      }
      next += 1
    }
    return nodes
  }

  /// The rest of an `if` or a `for`, whose head has been read.
  private mutating func block(_ head: Directive, openedAt offset: Int, depth: Int) -> Node {
    var branches: [Branch] = []
    var conditions: [Condition]?
    var hasElse = false
    if case .branch(let first) = head { conditions = first }
    while true {
      let body = nodes(depth: depth)
      branches.append(Branch(conditions: conditions, body: body))
      guard next < items.count, case .directive(let directive, let outer, _) = items[next] else {
        if !isBroken { errors.append(.unclosed(head, at: offset)) }
        isBroken = true
        break
      }
      next += 1
      if case .end = directive { break }
      if hasElse, !isBroken { errors.append(.stray(directive, at: outer.lowerBound)) }
      if case .elseBranch(let further) = directive {
        if case .loop = head, !isBroken { errors.append(.elseIfOfLoop(at: outer.lowerBound)) }
        conditions = further
      } else {
        hasElse = true
        conditions = nil
      }
    }
    guard case .loop(let loop) = head else { return .branch(branches, at: offset) }
    let otherwise = branches.count > 1 ? branches[1].body : nil
    return .loop(loop, body: branches[0].body, otherwise: otherwise, at: offset)
  }
}
