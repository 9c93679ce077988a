/// Which templates write which, to find one that would stand inside itself.
///
/// A template with a layout is two things: its head, which calls the layout, and its body, which
/// the layout's `content` writes.
struct CallGraph {
  /// A call, with the template whose file it stands in and the place.
  private struct Call {
    var target: Int
    var file: Int
    var offset: Int
  }

  /// The calls from each head (even numbers) and body (odd numbers).
  private var calls: [[Call]]
  private let names: [String]

  /// A graph of templates with these names and no calls.
  init(names: [String]) {
    self.names = names
    calls = Array(repeating: [], count: names.count * 2)
  }

  /// Adds a template's calls and its layout.
  mutating func add(
    _ template: Int, calls list: [(template: Int, offset: Int)],
    layout: (template: Int, offset: Int)?
  ) {
    let body = template * 2 + 1
    for call in list {
      calls[body].append(Call(target: call.template * 2, file: template, offset: call.offset))
    }
    if let layout {
      calls[template * 2].append(
        Call(target: layout.template * 2, file: template, offset: layout.offset))
      calls[layout.template * 2 + 1].append(
        Call(target: body, file: template, offset: layout.offset))
    } else {
      calls[template * 2].append(Call(target: body, file: template, offset: 0))
    }
  }

  /// The calls that close a circle, each once: the file, the place and the names on the way.
  func circles() -> [(file: Int, offset: Int, path: [String])] {
    var found: [(file: Int, offset: Int, path: [String])] = []
    var isDone = [Bool](repeating: false, count: calls.count)
    var path: [Int] = []
    func visit(_ node: Int) {
      path.append(node)
      for call in calls[node] where !isDone[call.target] {
        if let start = path.firstIndex(of: call.target) {
          var circle: [String] = []
          for node in path[start...] + [call.target] where circle.last != names[node / 2] {
            circle.append(names[node / 2])
          }
          if circle.count == 1 { circle.append(circle[0]) }
          found.append((call.file, call.offset, circle))
        } else {
          visit(call.target)
        }
      }
      path.removeLast()
      isDone[node] = true
    }
    for node in calls.indices where !isDone[node] { visit(node) }
    return found
  }
}
