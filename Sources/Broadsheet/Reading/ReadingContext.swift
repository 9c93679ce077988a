/// What all stories of a site are read with.
struct ReadingContext: Sendable {
  /// What `site.yaml` says.
  let site: SiteConfiguration
  /// The site's time zone.
  let zone: TimeZoneTable
  /// What comes before a file's path for it to be opened from the working folder.
  let prefix: String
  /// The names of the site's own fields.
  let fieldNames: [String]
  /// All keys that front matter may have.
  let keys: [String]
  /// Closing lines of wire copy that are not text, in lower case.
  let furniture: [String]
  /// Whether ledes are told apart: a brief of wire copy may be one, and nothing else asks for them.
  let wantsLedes: Bool

  /// What a site is read with.
  ///
  /// - Parameters:
  ///   - reading: What was read of the site so far.
  ///   - source: The source folder, as the user gave it.
  init(_ reading: SourceReader.Reading, source: String) {
    site = reading.site
    zone = reading.zone
    wantsLedes = reading.hasWireCopy
    prefix = SourceLocator(source: source).prefix
    fieldNames = site.fields.map(\.name)
    keys = FrontMatterKey.names + fieldNames
    furniture = site.furniture.map { $0.lowercased() }
  }
}
