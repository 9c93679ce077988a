/// What somebody may have meant who wrote a date in another form than the program reads.
///
/// It is only ever shown in a message, never used as the date.
struct DateGuess {
  /// The date in the right form; nil where there is nothing to guess by.
  let text: String?

  /// A guess at what a text means.
  init(_ written: String) {
    let words = written.split { !$0.isLetter && !$0.isNumber && !"+:.-/".contains($0) }
    var numbers: [String] = []
    var month: Int?
    var time: String?
    var offset: String?
    var signs: Character?
    for word in words.map({ String($0) }) {
      if time != nil, let found = Self.offset(word) {
        offset = found
      } else if word.contains(":") {
        // 2024-10-03T18:40:00+0400: the day, the time and the offset may stand together.
        let parts = word.split(separator: "T", maxSplits: 1).map(String.init)
        if parts.count == 2 { Self.take(parts[0], &numbers, &signs) }
        let clock = parts[parts.count - 1]
        let end = clock.firstIndex { "+-Z".contains($0) } ?? clock.endIndex
        time = Self.time(String(clock[..<end]))
        offset = Self.offset(String(clock[end...]))
      } else if word.contains(where: \.isLetter) {
        if let found = Self.month(word) {
          month = found
        } else {
          Self.take(word.filter { $0.isNumber || "/.-".contains($0) }, &numbers, &signs)
        }
      } else {
        Self.take(word, &numbers, &signs)
      }
    }
    guard let date = Self.date(numbers, month: month, separator: signs) else {
      text = nil
      return
    }
    text = date + (time.map { offset == nil ? " \($0)" : "T\($0):00" + (offset ?? "") } ?? "")
  }

  /// Takes the numbers of a word such as `3`, `03.10.2024` or `20241003`.
  private static func take(_ word: String, _ numbers: inout [String], _ sign: inout Character?) {
    let digits = word.split { !$0.isNumber }.map(String.init)
    if digits.count > 1 { sign = word.first { !$0.isNumber } }
    if digits.count == 1, word.count == 8, digits[0].count == 8 {
      numbers += [
        String(word.prefix(4)), String(word.dropFirst(4).prefix(2)), String(word.suffix(2)),
      ]
    } else {
      numbers += digits
    }
  }

  private static func month(_ word: String) -> Int? {
    let word = String(word.filter(\.isLetter))
    guard word.count >= 3 else { return nil }
    for (index, name) in monthNames.enumerated()
    where name.lowercased().hasPrefix(word.lowercased())
      || word.lowercased() == "sept" && index == 8
    {
      return index + 1
    }
    let meant = suggestion(for: word, among: monthNames)
    return meant.flatMap { monthNames.firstIndex(of: $0) }.map { $0 + 1 }
  }

  private static func date(_ numbers: [String], month: Int?, separator: Character?) -> String? {
    guard let yearIndex = numbers.firstIndex(where: { $0.count == 4 }),
      let year = Int(numbers[yearIndex])
    else { return nil }
    var rest = numbers
    rest.remove(at: yearIndex)
    let small = rest.prefix(2).compactMap { Int($0) }
    var candidate: CivilDate?
    if let month {
      candidate = small.first.map { CivilDate(year: year, month: month, day: $0) }
    } else if small.count == 2 {
      let (first, second) = (small[0], small[1])
      if yearIndex == 0 || second > 12 {
        candidate = CivilDate(year: year, month: first, day: second)
      } else if first > 12 || separator == "." {
        // 03.10.2024 is the third of October everywhere; 03/10/2024 depends on who wrote it.
        candidate = CivilDate(year: year, month: second, day: first)
      }
    }
    guard let candidate, candidate.isValid else { return nil }
    func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(numbers[yearIndex])-\(twoDigits(candidate.month))-\(twoDigits(candidate.day))"
  }

  private static func time(_ word: String) -> String? {
    let parts = word.split(separator: ":")
    guard parts.count >= 2, let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24,
      minute < 60
    else { return nil }
    return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
  }

  private static func offset(_ word: String) -> String? {
    if ["Z", "UTC", "GMT"].contains(word) { return "Z" }
    guard let sign = word.first, "+-".contains(sign) else { return nil }
    let digits = word.filter(\.isNumber)
    guard digits.count == 4 || digits.count == 2, let hours = Int(digits.prefix(2)), hours < 24,
      digits.count == 2 || Int(digits.suffix(2)) ?? 60 < 60
    else { return nil }
    return "\(sign)\(digits.prefix(2)):\(digits.count == 4 ? digits.suffix(2) : "00")"
  }
}
