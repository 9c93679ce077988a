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

/// A story, and what is wrong with it, of a share of the files.
struct ReadBatch: Sendable {
  /// The first of the share's entries.
  var start = 0
  /// The files that hold stories and standing pages.
  var files: [SourceFile] = []
  /// Files of `media/` and pictures beside the stories.
  var media: [SourceFile] = []
  /// Files of `static/`.
  var statics: [SourceFile] = []
  /// The stories; their runs count from this share's own pools.
  var articles: [Article] = []
  /// The pool of texts.
  var texts: [Text] = []
  /// The pool of corrections.
  var corrections: [Correction] = []
  /// The pool of field values.
  var fieldValues: [FieldValue] = []
  /// What is wrong.
  var diagnostics: [Diagnostic] = []

  /// A share with nothing read yet.
  init() {}
}

extension Archive {
  /// Adds what was read of a share of the files, after all that comes before it.
  mutating func append(_ batch: ReadBatch) {
    let firstFile = Int32(files.count)
    let firstText = UInt32(texts.count)
    let firstCorrection = UInt32(corrections.count)
    let firstValue = UInt32(fieldValues.count)
    for var article in batch.articles {
      article.file += firstFile
      article.tags.start += firstText
      article.authors.start += firstText
      article.aliases.start += firstText
      article.sources.start += firstText
      article.briefs.start += firstText
      article.corrections.start += firstCorrection
      article.fields.start += firstValue
      articles.append(article)
    }
    files += batch.files
    media += batch.media
    statics += batch.statics
    texts += batch.texts
    corrections += batch.corrections
    fieldValues += batch.fieldValues
  }
}
