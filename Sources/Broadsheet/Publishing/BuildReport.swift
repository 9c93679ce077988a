/// What a build did, or why it did nothing.
public struct BuildReport: Sendable {
  /// A stage's share of the time.
  public struct Timing: Sendable {
    /// The stage.
    public var stage: String
    /// How long it took, by the clock on the wall.
    public var wall: Duration
  }

  /// All that is wrong, in the order in which it is printed.
  public var diagnostics: [Diagnostic] = []
  /// How many stories are live.
  public var articleCount = 0
  /// How many pages, feeds and sitemaps the site has.
  public var pageCount = 0
  /// How many of them were written.
  public var writtenCount = 0
  /// How many of them were right already.
  public var unchangedCount = 0
  /// How many had to be made to see whether they were right; of the others the fingerprint told.
  public var madeCount = 0
  /// How many assets, pictures and static files were written.
  public var copiedCount = 0
  /// How many pictures were made smaller or encoded anew, and cards drawn; others lay in the cache.
  public var madePictureCount = 0
  /// Whether pictures were copied because there is no libvips.
  public var lacksVips = false
  /// How many files were removed.
  public var removedCount = 0
  /// How many stories' files were read; of the others, all was known from the last build.
  public var readCount = 0
  /// How many stories are dated ahead or under embargo.
  public var heldCount = 0
  /// When the next of them is due, in the words of the site's first language; nil for none.
  public var nextDue: String?
  /// How long each stage took.
  public var timings: [Timing] = []

  /// Whether the machine failed when a part of the site was published already; the next build makes
  /// the output whole.
  public var isPublishedInPart = false

  /// Whether the site was published.
  public var isPublished: Bool { !diagnostics.contains { $0.isError } }

  /// The command's exit code: 0 published; 1 errors in content, templates or configuration; 3 the
  /// machine.
  public var exitCode: Int32 {
    let errors = diagnostics.filter(\.isError)
    if errors.isEmpty { return 0 }
    return errors.contains { $0.cause == .machine } ? 3 : 1
  }
}
