/// Where a link or a picture of a text leads.
enum LinkResolution {
  /// It is written as it stands in the source.
  case asWritten
  /// It leads to a page or a file of the site; its relative URL was written into the buffer.
  ///
  /// The number is what ``LinkMark/target`` will say of it.
  case target(Int32)
  /// It is a picture of the site, of so many pixels; its relative URL was written into the buffer.
  case picture(Int32, width: Int32, height: Int32)
  /// Only its text is printed, a picture's alternative text.
  case text
  /// It leads nowhere, and an error says so; its text is printed.
  case dead
}

/// A link or a picture that may lead to a page or a file of the site.
struct MarkdownLink: BitwiseCopyable {
  /// What stands before `?` and `#`, without Markdown's escapes; never empty.
  let path: ByteSlice
  /// The query and the fragment, with their `?` and `#`; they are written after the URL.
  let suffix: ByteSlice
  /// Whether it is a picture.
  let isPicture: Bool
  /// Where it stands in the source.
  let place: MarkdownPlace
}

/// Finds what the links and pictures of a text lead to.
protocol LinkResolver: ~Copyable {
  /// Finds what a link leads to and writes its relative URL, not yet escaped, into a buffer.
  ///
  /// It is asked only for what may be of the site: not for fragments of the text itself, nor for
  /// URLs with a scheme or a host.
  ///
  /// - Parameters:
  ///   - link: The link or picture.
  ///   - url: An empty buffer for the URL without the link's suffix; it is read for ``LinkResolution/target(_:)``
  ///     and ``LinkResolution/picture(_:width:height:)`` alone.
  ///   - diagnostics: Takes what is wrong; ``MarkdownPlace/diagnostic(_:_:severity:)`` makes it.
  /// - Returns: What is to be written.
  mutating func resolve(
    _ link: MarkdownLink, into url: inout ByteBuffer, diagnostics: inout [Diagnostic]
  ) -> LinkResolution

  /// Writes the `source` elements of a picture that ``resolve(_:into:diagnostics:)`` named; nothing
  /// where it has none.
  mutating func appendSources(ofPicture target: Int32, into buffer: inout ByteBuffer)

  /// Writes further attributes of the `img` element of such a picture, each after a space.
  mutating func appendAttributes(ofPicture target: Int32, into buffer: inout ByteBuffer)

  /// Writes the id of a heading; one that the text has already gets a number after it.
  mutating func anchor(for heading: ByteSlice, into id: inout ByteBuffer)
}

extension LinkResolver where Self: ~Copyable {
  mutating func appendSources(ofPicture target: Int32, into buffer: inout ByteBuffer) {}

  mutating func appendAttributes(ofPicture target: Int32, into buffer: inout ByteBuffer) {}

  mutating func anchor(for heading: ByteSlice, into id: inout ByteBuffer) {
    id.append(anchor: heading)
  }
}

/// A resolver for texts without a site: every link is written as it stands.
struct LinksAsWritten: LinkResolver {
  mutating func resolve(
    _ link: MarkdownLink, into url: inout ByteBuffer, diagnostics: inout [Diagnostic]
  ) -> LinkResolution {
    .asWritten
  }
}

/// Where a relative URL stands in a converted text, so that another can be put in its place.
struct LinkMark: BitwiseCopyable, Hashable, Sendable {
  /// The target of a link to a place in the text itself, which is written as `#…`.
  static let ownPage: Int32 = -1
  /// The target of no URL: markup that is for pages alone, and is left out where the text stands
  /// elsewhere.
  static let pageOnly = Int32.min

  /// The bytes of the URL, counted from the start of the converted text.
  var offset: Int32
  /// The length of the URL in bytes, with its suffix.
  var count: Int32
  /// The length of the query and the fragment at its end.
  var suffixCount: Int32
  /// What the resolver named as the target, or ``ownPage``.
  var target: Int32
  /// Whether it is the source of a picture.
  var isPicture: Bool
}
