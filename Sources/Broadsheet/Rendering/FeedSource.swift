/// What a feed says in any format: whose it is, which stories it holds, where it stands.
struct FeedSource {
  let renderer: Renderer
  let publication: Publication
  /// The page that the feed is.
  let page: Page
  /// Its stories, oldest first: a run of the publication's `members`.
  let stories: PoolRange
  /// What the pages of its edition share.
  let edition: Renderer.EditionTexts
  /// The page that it is the feed of.
  let home: Text
  /// What it is about; empty where the site says nothing of it.
  let about: Text

  /// The feed that one of the publication's pages stands for.
  init(_ page: Page, _ renderer: Renderer) {
    self.renderer = renderer
    self.page = page
    publication = renderer.publication
    stories = publication.feedStories(of: page)
    edition = renderer.texts[Int(page.edition)]
    if page.index >= 0 {
      let term = publication.terms[Int(page.index)]
      (home, about) = (term.path, term.description)
    } else {
      home = publication.editions[Int(page.edition)].frontPath
      about = edition.description
    }
  }

  /// The feed's name.
  func title(_ scratch: inout Scratch) -> ByteSlice {
    scratch.begin()
    scratch.append(feedTitleOf: page, renderer)
    return scratch.end()
  }

  /// Appends the address of a file of the site, for XML.
  func appendURL(of path: Text, to buffer: inout ByteBuffer) {
    renderer.appendURL(of: path, to: &buffer)
  }
}

extension Renderer {
  /// Appends the address of a file of the site, for XML.
  func appendURL(of path: Text, to buffer: inout ByteBuffer) {
    buffer.append(url: publication.bytes(siteURL))
    buffer.append(url: publication.bytes(path).withoutIndex)
  }
}
