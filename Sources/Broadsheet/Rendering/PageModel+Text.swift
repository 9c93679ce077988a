/// The text edition: for each front page, section and story a page of headings and paragraphs alone,
/// at the same address below `text/`.
extension PageModel {
  /// The link from this page to the text edition of a page of the site; nothing where there is none.
  mutating func textLink(
    to target: Text, ofEdition edition: Int, _ scratch: inout Scratch
  ) -> Value {
    guard publication.site.hasTextEdition, !target.isEmpty else { return .none }
    return textLink(to: publication.bytes(target), ofEdition: edition, &scratch)
  }

  /// The same, to a page that the site's text edition is known to have.
  mutating func textLink(
    to target: ByteSlice, ofEdition edition: Int, _ scratch: inout Scratch
  ) -> Value {
    textPath.removeAll()
    textPath.append(textOf: target, prefix: publication.editions[edition].prefix)
    scratch.begin()
    appendLink(to: textPath.slice, &scratch)
    return .text(scratch.end())
  }

  /// The page of the text edition that says what this page says; nothing where there is none.
  mutating func textOfThisPage(_ scratch: inout Scratch) -> Value {
    guard !page.isText else { return .none }
    switch page.kind {
    case .article, .retracted, .front: break
    case .listing, .undated:
      guard publication.terms[Int(page.index)].kind == .section else { return .none }
    default: return .none
    }
    return textLink(to: page.path, ofEdition: Int(page.edition), &scratch)
  }

  /// The page that this page of the text edition says the same as; nothing on any other page.
  mutating func wholeOfThisPage(_ scratch: inout Scratch) -> Value {
    guard page.isText else { return .none }
    textPath.removeAll()
    textPath.append(wholeOf: path, prefix: publication.editions[Int(page.edition)].prefix)
    scratch.begin()
    appendLink(to: textPath.slice, &scratch)
    return .text(scratch.end())
  }

  /// The canonical address of a page of the text edition: that of the page it says the same as.
  mutating func canonicalOfText(_ scratch: inout Scratch) -> Value {
    guard !renderer.siteURL.isEmpty else { return .none }
    textPath.removeAll()
    textPath.append(wholeOf: path, prefix: publication.editions[Int(page.edition)].prefix)
    scratch.begin()
    scratch.append(publication.bytes(renderer.siteURL))
    scratch.append(textPath.slice.withoutIndex)
    return .text(scratch.end())
  }
}

extension ByteBuffer {
  private static var textFolder: StaticString { "text/" }

  /// Appends the file of a page's text edition: `ru/text/city.html` for `ru/city.html`.
  ///
  /// - Parameters:
  ///   - path: The page's file.
  ///   - prefix: What the addresses of its edition begin with.
  mutating func append(textOf path: ByteSlice, prefix: String) {
    append(prefix)
    append(Self.textFolder)
    append(path[prefix.utf8.count..<path.count])
  }

  /// Appends the file of the page that a page of the text edition says the same as.
  ///
  /// - Parameters:
  ///   - path: The file of the page of the text edition.
  ///   - prefix: What the addresses of its edition begin with.
  mutating func append(wholeOf path: ByteSlice, prefix: String) {
    append(prefix)
    append(path[prefix.utf8.count + Self.textFolder.utf8CodeUnitCount..<path.count])
  }
}
