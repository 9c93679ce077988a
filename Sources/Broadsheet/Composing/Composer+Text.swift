/// Lists the pages of the text edition, where `site.yaml` wants one.
extension Composer {
  /// Claims the address of a story's page in the text edition; that of a held story for the day on
  /// which it is due.
  mutating func addressText(of story: Int32, at path: Text, isHeld: Bool) {
    guard parts.site.hasTextEdition else { return }
    let article = parts.archive.articles[Int(story)]
    guard article.kind != .standing else { return }
    let text = claimText(of: path, edition: article.language)
    guard !isHeld else { return }
    let isRetracted = parts.filings[Int(story)].state == .retracted
    textPages.append(
      Page(
        kind: isRetracted ? .retracted : .article, edition: article.language, isText: true,
        index: story, path: text))
  }

  /// Lists the text edition of the pages of a section, or of a front page.
  mutating func listTexts(of pages: ArraySlice<Page>) {
    guard parts.site.hasTextEdition else { return }
    for var page in pages {
      page.isText = true
      page.path = claimText(of: page.path, edition: page.edition)
      parts.pages.append(page)
    }
  }

  /// Claims the addresses in the text edition of sections that only held stories have.
  mutating func claimAwaitedTexts() {
    guard parts.site.hasTextEdition else { return }
    for term in awaitedTerms where term.kind == .section && !term.path.isEmpty {
      _ = claimText(of: term.path, edition: term.edition)
    }
  }

  /// Claims the addresses in the text edition of pages that are not made yet.
  mutating func claimTexts(of paths: [Text], edition: UInt8) {
    guard parts.site.hasTextEdition else { return }
    for path in paths { _ = claimText(of: path, edition: edition) }
  }

  private mutating func claimText(of path: Text, edition: UInt8) -> Text {
    let (store, prefix) = (parts.archive.store, parts.editions[Int(edition)].prefix)
    let text = keep { $0.append(textOf: store[path], prefix: prefix) }
    claim(text, forPage: "the text edition")
    return text
  }
}
