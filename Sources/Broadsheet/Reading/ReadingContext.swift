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

  /// What a site is read with.
  init(_ site: SiteConfiguration, zone: TimeZoneTable, source: String) {
    self.site = site
    self.zone = zone
    prefix = SourceLocator(source: source).prefix
    fieldNames = site.fields.map(\.name)
    keys = FrontMatterKey.names + fieldNames
    furniture = site.furniture.map { $0.lowercased() }
  }
}
