/// The tables that workers fill with what they read, each place by the worker that read its file.
struct ReadTables {
  private var articles: [Article]
  private var files: [SourceFile]
  private var notes: [BodyNotes]
  /// The worker that read each story, whose pools its runs lie in; -1 where there is none.
  private var workers: [Int16]
  private var media: [SourceFile]
  private var statics: [SourceFile]
  private var reviews: [Review]
  /// The worker that read each review; -1 where there is none.
  private var reviewers: [Int16]

  /// Tables with a place for each entry.
  init(_ entries: [SourceEntry]) {
    let stories = entries.count { $0.role == .story }
    let pictures = entries.count { $0.role == .media }
    let readers = entries.count { $0.role == .review }
    let none = SourceFile(path: .empty, stamp: FileStamp())
    articles = Array(repeating: Article(), count: stories)
    files = Array(repeating: none, count: stories)
    notes = Array(repeating: BodyNotes(), count: stories)
    workers = Array(repeating: -1, count: stories)
    media = Array(repeating: none, count: pictures)
    statics = Array(repeating: none, count: entries.count - stories - pictures - readers)
    reviews = Array(repeating: Review(file: none), count: readers)
    reviewers = Array(repeating: -1, count: readers)
  }

  /// The places, for workers.
  struct Places: Sendable {
    fileprivate let articles: Slots<Article>
    fileprivate let files: Slots<SourceFile>
    fileprivate let notes: Slots<BodyNotes>
    fileprivate let workers: Slots<Int16>
    fileprivate let media: Slots<SourceFile>
    fileprivate let statics: Slots<SourceFile>
    fileprivate let reviews: Slots<Review>
    fileprivate let reviewers: Slots<Int16>

    /// Moves what was read of an entry from a share to the entry's place.
    func put(_ batch: inout ReadBatch, of entry: SourceEntry, worker: Int) {
      let place = Int(entry.place)
      if let article = batch.articles.last {
        articles[place] = article
        notes[place] = batch.notes[batch.notes.count - 1]
        files[place] = batch.files[batch.files.count - 1]
        workers[place] = Int16(truncatingIfNeeded: worker)
      }
      if let file = batch.media.last { media[place] = file }
      if let file = batch.statics.last { statics[place] = file }
      if let review = batch.reviews.last {
        reviews[place] = review
        reviewers[place] = Int16(truncatingIfNeeded: worker)
      }
      batch.removeStories()
    }
  }

  /// Lends the places to workers.
  mutating func withPlaces<Result>(_ body: (Places) -> Result) -> Result {
    articles.withSlots { articles in
      files.withSlots { files in
        notes.withSlots { notes in
          workers.withSlots { workers in
            media.withSlots { media in
              statics.withSlots { statics in
                reviews.withSlots { reviews in
                  reviewers.withSlots { reviewers in
                    body(
                      Places(
                        articles: articles, files: files, notes: notes, workers: workers,
                        media: media, statics: statics, reviews: reviews, reviewers: reviewers))
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Puts the tables into an archive, without the places of what could not be read.
  ///
  /// - Parameters:
  ///   - archive: The archive, which has the pools of all workers.
  ///   - starts: Where each worker's pools begin.
  mutating func fill(_ archive: inout Archive, _ starts: [PoolStarts]) {
    var count = 0
    for place in articles.indices where workers[place] >= 0 {
      let starts = starts[Int(workers[place])]
      articles[place].moveRuns(by: starts)
      articles[place].file = Int32(count)
      notes[place].links.start += starts.links
      if count < place {
        articles[count] = articles[place]
        files[count] = files[place]
        notes[count] = notes[place]
      }
      count += 1
    }
    if count < articles.count {
      articles.removeSubrange(count...)
      files.removeSubrange(count...)
      notes.removeSubrange(count...)
    }
    swap(&archive.articles, &articles)
    swap(&archive.files, &files)
    swap(&archive.bodies.notes, &notes)
    archive.media = media.filter { !$0.path.isEmpty }
    archive.statics = statics.filter { !$0.path.isEmpty }
    for place in reviews.indices where reviewers[place] >= 0 {
      reviews[place].paragraphs.start += starts[Int(reviewers[place])].texts
      archive.reviews.append(reviews[place])
    }
  }
}
