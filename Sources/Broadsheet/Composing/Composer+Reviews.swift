/// Finds the reviews that are shown.
extension Composer {
  /// Files approved reviews under their stories, newest first.
  ///
  /// The reviews of a story that is not live are held with it; those of one that does not exist are
  /// left out with a warning, since whoever takes a story away need not look for them first.
  mutating func fileReviews() {
    guard !parts.archive.reviews.isEmpty else { return }
    var byStory: [Int32: [Int32]] = [:]
    var folder = Text.empty
    var story: Int32?
    for (index, review) in parts.archive.reviews.enumerated()
    where review.isApproved && !review.isQuestionable {
      if folder.isEmpty || !(parts.archive.store[folder] == parts.archive.store[review.story]) {
        folder = review.story
        story = reviewedStory(of: review)
      }
      guard let story, parts.filings[Int(story)].state == .live else { continue }
      held.turn(at: review.date, now: parts.now)
      if review.date <= parts.now { byStory[story, default: []].append(Int32(index)) }
    }
    let archive = parts.archive
    for (story, reviews) in byStory.sorted(by: { $0.key < $1.key }) {
      let ordered = reviews.sorted { left, right in
        let (one, other) = (archive.reviews[Int(left)].date, archive.reviews[Int(right)].date)
        return one == other ? left < right : one > other
      }
      parts.reviews.add(ordered, of: story, archive)
    }
  }

  /// The story of a review; nil where there is none, which is said once for all in a folder.
  private mutating func reviewedStory(of review: Review) -> Int32? {
    let id = parts.archive.store[review.story]
    let story = parts.files.storiesByID.value(of: id)
    if let story, article(story).kind != .standing { return story }
    let path = parts.archive.store.string(review.file.path)
    guard unknownReviewed.insert(id.string).inserted else { return nil }
    let message =
      if story != nil {
        "'\(id.string)' is a standing page, which has no reviews; remove them"
      } else {
        "there is no story with the id '\(id.string)': its reviews are left out; move the folder to "
          + "the 'id' of its story, or remove it"
      }
    diagnostics.append(
      Diagnostic(
        "unknown-id", message, severity: .warning, file: locator.shown(path),
        at: SourcePosition(line: 1, column: 1)))
    return nil
  }
}
