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

  /// How deep templates may call each other: what follows calls takes stack for each.
  static let depthLimit = 500

  /// A place in a file.
  struct Place {
    var file: Int
    var offset: Int
  }

  /// Goes all ways that calls lead.
  ///
  /// - Returns: The calls that close a circle, each once, with the names on the way; and the calls
  ///   from which on templates call each other deeper than ``depthLimit``; and the templates, each
  ///   after those that it calls.
  /// - Complexity: O(*n*) in the number of calls, without recursion.
  func walk() -> (
    circles: [(file: Int, offset: Int, path: [String])], tooDeep: [Place], order: [Int]
  ) {
    var circles: [(file: Int, offset: Int, path: [String])] = []
    var tooDeep: [Place] = []
    var heights = [Int](repeating: -1, count: calls.count)
    // The nodes on the way, with the next call of each; where each node stands in it.
    var way: [(node: Int, next: Int)] = []
    var places = [Int](repeating: -1, count: calls.count)
    for root in calls.indices where heights[root] < 0 {
      places[root] = 0
      way.append((root, 0))
      while let (node, next) = way.last {
        guard next < calls[node].count else {
          heights[node] = height(of: node, heights, &tooDeep)
          places[node] = -1
          way.removeLast()
          continue
        }
        way[way.count - 1].next += 1
        let call = calls[node][next]
        if places[call.target] >= 0 {
          let nodes = way[places[call.target]...].map(\.node) + [call.target]
          circles.append((call.file, call.offset, circle(through: nodes)))
        } else if heights[call.target] < 0 {
          places[call.target] = way.count
          way.append((call.target, 0))
        }
      }
    }
    let order = names.indices.sorted { heights[$0 * 2 + 1] < heights[$1 * 2 + 1] }
    return (circles, tooDeep, order)
  }

  /// How many templates the longest chain of calls from a node holds, counted in heads and bodies.
  ///
  /// The call that leads past the limit is noted; those above it, which lead deeper still, are not.
  private func height(of node: Int, _ heights: [Int], _ tooDeep: inout [Place]) -> Int {
    var height = 0
    for call in calls[node] {
      height = max(height, heights[call.target] + 1)
      if heights[call.target] == Self.depthLimit * 2 {
        tooDeep.append(Place(file: call.file, offset: call.offset))
      }
    }
    return height
  }

  /// The names of the templates on a way, each once in a row.
  private func circle(through nodes: [Int]) -> [String] {
    var circle: [String] = []
    for node in nodes where circle.last != names[node / 2] { circle.append(names[node / 2]) }
    if circle.count == 1 { circle.append(circle[0]) }
    return circle
  }
}
