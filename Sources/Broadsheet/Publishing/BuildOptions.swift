/// What a build is told.
public struct BuildOptions: Sendable {
  /// The folder with the stories.
  public var source = "seeds"
  /// Folders of templates that override the theme's, file by file; a later one overrides those before
  /// it.
  public var templates: [String] = []
  /// The folder of the default theme.
  public var theme: String
  /// The folder that the site is written to.
  public var output = "public"
  /// The clock's moment, in seconds since 1970-01-01T00:00:00Z.
  public var clock: Int64
  /// The moment of publishing, if another than the clock's: RFC 3339, or a time in the site's zone.
  public var now: String?
  /// How many threads work.
  public var jobs = 1
  /// Whether drafts and held stories are shown, with a mark.
  public var showsDrafts = false
  /// Where libvips lies; nil where pictures are copied.
  public var vips = Vips.ofThisMachine
  /// Where Pagefind lies; nil where sites are built without their search.
  public var pagefind = Pagefind.ofThisMachine
  /// Whether files that no build made are removed from an output without a record.
  public var adopts = false

  /// Options with the defaults of the command.
  public init(theme: String, clock: Int64) {
    self.theme = theme
    self.clock = clock
  }
}

extension BuildOptions {
  /// Where libvips is looked for, which makes pictures.
  public struct Vips: Sendable {
    let place: VipsPlace?

    /// The library that the environment variable `BROADSHEET_VIPS` names, else the system's.
    public static var ofThisMachine: Vips { Vips(place: VipsPlace.found()) }
    /// None: pictures are copied.
    public static let none = Vips(place: nil)
  }
}

extension BuildOptions {
  /// Where Pagefind is looked for, which makes search indexes.
  public struct Pagefind: Sendable {
    let program: SearchProgram?

    /// The program that the environment variable `BROADSHEET_PAGEFIND` names, else the first on the
    /// `PATH`.
    public static var ofThisMachine: Pagefind { Pagefind(program: SearchProgram.found()) }
    /// None.
    public static let none = Pagefind(program: nil)
  }
}

extension BuildOptions {
  /// The program that makes a site's search indexes; nil where it wants none, or where there is none.
  func program(of site: SiteConfiguration) -> SearchProgram? {
    site.search == .pagefind ? pagefind.program : nil
  }
}
