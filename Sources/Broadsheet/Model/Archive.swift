/// A file of the source folder.
struct SourceFile: BitwiseCopyable, Sendable {
  /// Its path from the source folder, with `/` between the parts.
  var path: Text
  /// By what it is seen to be changed.
  var stamp: FileStamp
}

/// What is known of a story's text without reading its file again.
struct BodyNotes: BitwiseCopyable, Sendable {
  /// The hash of the file's bytes and of where the text ends in them.
  var source: UInt64 = 0
  /// Where its links and pictures lead: a run of the table's `links`.
  var links = PoolRange()
  /// Whether the text has been converted, and nothing was said of it.
  var isKnown = false
  /// Whether something was said of the file when it was read: then it is read again each time, so
  /// that it is said again.
  var isQuestionable = false
}

/// What is known of the texts of all stories.
struct BodyTable: Sendable {
  /// What is known of each text, in the order of the stories.
  var notes: [BodyNotes] = []
  /// The pool of their links and pictures.
  var links: [BodyLink] = []
  /// The hash of what the links of each text resolve to in this build, 0 where it has not been converted;
  /// empty where none has.
  var targets: [UInt64] = []
}

/// A link or a picture of a story's text that leads into the source folder.
struct BodyLink: BitwiseCopyable, Sendable, Equatable {
  /// The path of the file, from the source folder.
  var path: Text
  /// Whether it is a picture.
  var isPicture: Bool
}

/// All that was read from a source folder: its stories without their bodies, and the pools that
/// their lists lie in.
struct Archive: Sendable {
  /// Where the texts lie.
  var store = TextStore()
  /// The files that hold stories and standing pages, in the order of their paths.
  var files: [SourceFile] = []
  /// Files under `media/` and pictures beside the stories, in the order of their paths.
  var media: [SourceFile] = []
  /// Files under `static/`, with paths from there, in the order of their paths.
  var statics: [SourceFile] = []
  /// The stories and standing pages, in the order of their files.
  var articles: [Article] = []
  /// What few of them have; the first is that of those which have nothing of it.
  var extras = [ArticleExtras()]
  /// What is known of their texts, in the same order.
  var bodies = BodyTable()
  /// Readers' reviews, in the order of their files.
  var reviews: [Review] = []
  /// Tags, authors, aliases, sources, briefs and the paragraphs of reviews.
  var texts: [Text] = []
  /// Corrections.
  var corrections: [Correction] = []
  /// Values of the site's own fields.
  var fieldValues: [FieldValue] = []

  /// An archive with nothing in it.
  init() {}

  /// Whether a story has briefs of its own.
  var hasBriefs: Bool { extras.contains { !$0.briefs.isEmpty } }

  /// What few stories have, of one of them.
  func extras(of article: Article) -> ArticleExtras { extras[Int(article.extras)] }
}
