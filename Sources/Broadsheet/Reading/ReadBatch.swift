/// What one worker has read: stories, and what is wrong with them.
struct ReadBatch: Sendable {
  /// The files of the stories at hand.
  var files: [SourceFile] = []
  /// The stories at hand; their runs count from this share's own pools.
  var articles: [Article] = []
  /// What is known of their texts, in the same order.
  var notes: [BodyNotes] = []
  /// Files of `media/` and pictures beside the stories.
  var media: [SourceFile] = []
  /// Files of `static/`.
  var statics: [SourceFile] = []
  /// Readers' reviews at hand.
  var reviews: [Review] = []
  /// The pool of what few stories have, whose first element is counted as the second: 0 is for none.
  var extras: [ArticleExtras] = []
  /// The pool of texts.
  var texts: [Text] = []
  /// The pool of corrections.
  var corrections: [Correction] = []
  /// The pool of field values.
  var fieldValues: [FieldValue] = []
  /// The pool of links.
  var links: [BodyLink] = []
  /// What is wrong.
  var diagnostics: [Diagnostic] = []
  /// How many files were read.
  var readCount = 0

  /// A share with nothing read yet.
  init() {}

  /// Forgets the files and stories at hand; the pools stay.
  mutating func removeStories() {
    files.removeAll(keepingCapacity: true)
    articles.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    media.removeAll(keepingCapacity: true)
    statics.removeAll(keepingCapacity: true)
    reviews.removeAll(keepingCapacity: true)
  }
}

extension Archive {
  /// Adds the pools of a share, and tells where each begins.
  mutating func append(poolsOf batch: ReadBatch) -> PoolStarts {
    let starts = PoolStarts(
      extras: Int32(extras.count - 1), texts: UInt32(texts.count),
      corrections: UInt32(corrections.count), fieldValues: UInt32(fieldValues.count),
      links: UInt32(bodies.links.count))
    for var extra in batch.extras {
      extra.moveRuns(by: starts)
      extras.append(extra)
    }
    texts += batch.texts
    corrections += batch.corrections
    fieldValues += batch.fieldValues
    bodies.links += batch.links
    return starts
  }
}

/// Where the pools of a share begin in an archive's.
struct PoolStarts: BitwiseCopyable, Sendable {
  var extras: Int32
  var texts: UInt32
  var corrections: UInt32
  var fieldValues: UInt32
  var links: UInt32
}

extension Article {
  /// Moves the runs of a share to where its pools have come to lie.
  mutating func moveRuns(by starts: PoolStarts) {
    tags.start += starts.texts
    authors.start += starts.texts
    if extras > 0 { extras += starts.extras }
  }
}

extension ArticleExtras {
  /// Moves the runs of a share to where its pools have come to lie.
  fileprivate mutating func moveRuns(by starts: PoolStarts) {
    aliases.start += starts.texts
    sources.start += starts.texts
    briefs.start += starts.texts
    corrections.start += starts.corrections
    fields.start += starts.fieldValues
  }
}
