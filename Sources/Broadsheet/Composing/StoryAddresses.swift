/// Writes the addresses of stories.
struct StoryAddresses: Sendable {
  let archive: Archive
  let filings: [Filing]
  let terms: [Term]
  let zone: TimeZoneTable
  let prefixes: [String]
  let sectionSlugs: [Int32: Text]
  let pattern: [Permalink.Part]
  let ending: StaticString

  /// The address of each story, in their order; an empty one where a story has none.
  func all(jobs: Int) -> [Text] {
    var paths = Array(repeating: Text.empty, count: filings.count)
    paths.withSlots { paths in
      _ = inParallel(filings.count, width: jobs, batch: 256) { _, batches in
        var writer = TextStore.Writer(archive.store)
        var path = ByteBuffer(capacity: 1024)
        while let batch = batches.take() {
          for index in batch {
            path.removeAll()
            if write(Int32(index), to: &path) { paths[index] = writer.add(path.slice) }
          }
        }
      }
    }
    return paths
  }

  private func write(_ index: Int32, to path: inout ByteBuffer) -> Bool {
    let filing = filings[Int(index)]
    guard filing.state == .live || filing.state == .retracted || filing.state == .held else {
      return false
    }
    let article = archive.articles[Int(index)]
    let slug = archive.store[article.slug]
    guard !slug.isEmpty else { return false }
    path.append(prefixes[Int(article.language)])
    if article.kind == .standing {
      path.append(slug)
    } else {
      let section =
        filing.section >= 0
        ? terms[Int(filing.section)].slug : sectionSlugs[index] ?? .empty
      guard !section.isEmpty else { return false }
      let date = article.date == .never ? nil : zone.civilTime(at: article.date).date
      path.append(
        permalink: pattern, section: archive.store[section], date: date, slug: slug)
    }
    path.append(ending)
    return true
  }
}

/// The parts of a story's address.
enum Permalink {
  /// One part: a run of fixed text, or what stands for a placeholder.
  enum Part: Equatable {
    case text(String)
    case section
    case year
    case month
    case day
    case slug
  }

  /// The parts of a pattern such as `{section}/{year}/{month}/{slug}`, whose placeholders are known.
  static func parts(of pattern: String) -> [Part] {
    var parts: [Part] = []
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      switch rest[rest.index(after: open)..<close] {
      case "section": parts.append(.section)
      case "year": parts.append(.year)
      case "month": parts.append(.month)
      case "day": parts.append(.day)
      default: parts.append(.slug)
      }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }
}

extension ByteBuffer {
  /// Appends a story's address without its ending; without a date, the parts that need one are left
  /// out, with the slash after them.
  fileprivate mutating func append(
    permalink parts: [Permalink.Part], section: ByteSlice, date: CivilDate?, slug: ByteSlice
  ) {
    var isLeftOut = false
    for part in parts {
      var lacksDate = false
      switch part {
      case .text(let text):
        append(isLeftOut && text.hasPrefix("/") ? String(text.dropFirst()) : text)
      case .section: append(section)
      case .slug: append(slug)
      case .year:
        if let date { append(number: date.year, width: 4) } else { lacksDate = true }
      case .month:
        if let date { append(number: date.month, width: 2) } else { lacksDate = true }
      case .day:
        if let date { append(number: date.day, width: 2) } else { lacksDate = true }
      }
      isLeftOut = lacksDate
    }
  }
}
