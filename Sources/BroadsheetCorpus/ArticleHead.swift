/// What others need to know of an article to link to it: where it lies, and its headline.
struct ArticleHead {
  /// Its section, as an index into `Vocabulary.sections`.
  let section: Int
  /// When it was published, in seconds since 1970-01-01T00:00:00Z.
  let instant: Int
  let title: String
  /// Its file's name without the ending; the article's number at its end makes it the only one.
  let slug: String

  private static let sectionLaw = PowerLaw(count: Vocabulary.sections.count, flatness: 6)

  /// The moment of the first story, 2016-01-01 in Baku, and how many seconds the ten years after it
  /// have.
  private static let span = (start: 1_451_592_000, length: 315_532_800)

  /// The head of the article of that number.
  init(_ number: Int, seed: Int) {
    var chance = Chance(seed: seed, purpose: number * 2)
    section = Self.sectionLaw.rank(by: &chance)
    instant = Self.span.start + chance.number(below: Self.span.length)
    title = Self.title(by: &chance).capital
    let words = Self.slug(of: title)
    let end = "-\(number)"
    slug = (number < Self.firstCut ? words : Self.cut(words, to: Self.longest - end.count)) + end
  }

  /// The folder that its file lies in, from the corpus's.
  var folder: String {
    "\(Vocabulary.sections[section].slug)/\(CivilTime(instant).year)"
  }

  private static func title(by chance: inout Chance) -> String {
    let body = chance.pick(Vocabulary.bodies)
    let verb = chance.pick(Vocabulary.verbs)
    let matter = chance.pick(Vocabulary.matters)
    let place = chance.pick(Vocabulary.places)
    switch chance.number(below: 6) {
    case 0: return "\(body) to \(verb) \(matter)"
    case 1:
      return "\(place): \(chance.pick(Vocabulary.qualities)) \(chance.pick(Vocabulary.things))"
    case 2:
      return
        "“\(chance.pick(Vocabulary.qualities).capital)”: how \(place) came to \(verb) \(matter)"
    case 3: return "Why \(place) won’t \(verb) \(matter)"
    case 4: return "\(matter) divides \(body), \(chance.pick(Vocabulary.asides))"
    default: return "\(chance.pick(Vocabulary.things)) in \(place) worry \(body)"
    }
  }

  /// A headline in lower case and Latin letters without marks, joined by hyphens.
  private static func slug(of title: String) -> String {
    var slug = ""
    var isApart = false
    for scalar in title.unicodeScalars {
      let letter = plain[scalar] ?? scalar
      switch letter {
      case "a"..."z", "A"..."Z", "0"..."9":
        if isApart, !slug.isEmpty { slug.append("-") }
        isApart = false
        slug.unicodeScalars.append(letter)
      case "’": break
      default: isApart = true
      }
    }
    return slug.lowercased()
  }

  /// How many bytes of a name reach an article's address, which is cut at a word.
  private static let longest = 100

  /// The first article whose name is cut so that its number reaches the address; those before it need
  /// no number, and keep the names under which they were measured.
  private static let firstCut = 100_000

  /// A name cut at a word.
  private static func cut(_ name: String, to byteCount: Int) -> String {
    guard name.utf8.count > byteCount else { return name }
    let start = name.prefix(byteCount + 1)
    return String(start.prefix(upTo: start.lastIndex(of: "-") ?? start.endIndex))
  }

  /// The letters of the vocabulary that are not in ASCII, and what stands for them in file names.
  private static let plain: [Unicode.Scalar: Unicode.Scalar] = [
    "ə": "e", "Ə": "e", "ı": "i", "İ": "i", "ş": "s", "Ş": "s", "ç": "c", "Ç": "c", "ğ": "g",
    "ö": "o", "Ö": "o", "ü": "u", "Ü": "u",
  ]
}

/// A moment as people of Baku write it, four hours ahead of UTC.
struct CivilTime {
  /// The year, and the month and the day, each from 1.
  let year, month, day: Int
  /// The seconds since midnight.
  private let second: Int

  /// The time at a moment in seconds since 1970-01-01T00:00:00Z.
  init(_ instant: Int) {
    let local = instant + 4 * 3_600
    second = local % 86_400
    // Days since 0000-03-01, so that the leap day is a year's last.
    let days = local / 86_400 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The time in the form of RFC 3339.
  var text: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    return "\(year)-\(two(month))-\(two(day))T\(clock)+04:00"
  }
}
