extension Schema {
  /// The reference of all that templates may name, as Markdown tables.
  func documentation() -> String {
    var text = "### Templates that the program calls\n\n"
    text += Self.table(
      ["template", "parameters", "what it makes"],
      roots.map { root in
        let parameters = root.parameters.map { "`\($0.name): \(name(of: $0.type))`" }
        return ["`\(root.name)`", parameters.joined(separator: " "), root.documentation]
      })
    if !globals.isEmpty {
      text += "\n### Values that every template sees\n\n"
      text += Self.table(
        ["name", "type", "what it is"],
        globals.map { ["`\($0.name)`", "`\(name(of: $0.type))`", $0.documentation] })
    }
    for type in types {
      text += "\n### \(type.name)\n\n"
      if !type.documentation.isEmpty { text += type.documentation + "\n\n" }
      text += Self.table(["member", "type", "what it is"], type.members.map { row(of: $0) })
    }
    return text
  }

  private func row(of member: Member) -> [String] {
    let parameters = member.parameters.map { "\($0.label ?? "_"): \(name(of: $0.type))" }
    let list = parameters.isEmpty ? "" : "(\(parameters.joined(separator: ", ")))"
    return ["`\(member.name)\(list)`", "`\(name(of: member.type))`", member.documentation]
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let rule = head.map { _ in "---" }
    return ([head, rule] + rows).map { cells in
      "| " + cells.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ") + " |\n"
    }.joined()
  }
}
