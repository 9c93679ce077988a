extension String {
  /// The text with its first letter as a capital, as a language has it: `idman` is `İdman` in
  /// Azerbaijani and Turkish.
  ///
  /// - Parameter language: The language's code, BCP 47.
  /// - Returns: The text; all but its first letter is as it was.
  func capitalized(language: String) -> String {
    let base = language.prefix { $0 != "-" }.lowercased()
    let hasDottedCapital = base == "az" || base == "tr"
    let first = hasDottedCapital && hasPrefix("i") ? "İ" : prefix(1).uppercased()
    return first + dropFirst()
  }
}
