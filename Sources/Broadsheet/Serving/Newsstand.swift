import Glibc
import Synchronization

/// A site as readers get it, at one moment.
struct ServedSite: Sendable {
  /// How often it has changed since the server started.
  var version = 0
  /// Makes its pages; nil where the templates or the sources allow of none.
  var renderer: Renderer?
  /// What stands at its addresses.
  var addresses: SiteAddresses?
  /// The assets of the theme.
  var assets: [Theme.Asset] = []
  /// Makes the indexes that readers search; nil where they cannot.
  var search: SearchProgram?
  /// What keeps it from being published.
  var errors: [Diagnostic] = []
}

/// Answers requests from the site in memory.
///
/// The thread of the server asks, another puts each new site in the place of the one before it.
final class Newsstand: Sendable {
  private struct State {
    var site = ServedSite()
    /// What was found wrong with bodies and told already.
    var told: Set<Diagnostic> = []
    /// Files that are not as they were when they were read, though nobody has said so yet.
    var suspects: Set<String> = []
  }

  private let state = Mutex(State())
  /// The search indexes.
  private let indexes = ServedIndexes()
  /// Tells one run of the server from another, in versions.
  private let stamp: String
  /// Told what is wrong with the body of a story, once.
  private let tell: @Sendable ([Diagnostic]) -> Void
  /// Rung when a file is suspected to have changed.
  private let bell: Bell

  /// How long a request waits for a file that has just changed to be read, in milliseconds.
  private static let patience = 500

  /// A newsstand with nothing on it.
  init(stamp: String, bell: Bell, tell: @escaping @Sendable ([Diagnostic]) -> Void) {
    self.stamp = stamp
    self.bell = bell
    self.tell = tell
  }

  /// Shows a site in the place of the one before it.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - files: The files that have changed, as messages name them: what is wrong with them is told
  ///     anew; nil for all.
  func show(_ site: ServedSite, changed files: Set<String>?) {
    state.withLock { state in
      state.site = site
      state.told = files.map { files in state.told.filter { !files.contains($0.file) } } ?? []
    }
  }

  /// The files that are suspected to have changed since the last call, as messages name them.
  func takeSuspects() -> Set<String> {
    state.withLock { state in
      defer { state.suspects = [] }
      return state.suspects
    }
  }

  /// What a page is told that begins to listen: to load itself anew, if it is not of this version.
  func greeting(_ version: String) -> [UInt8] {
    let current = name(ofVersion: state.withLock { $0.site.version })
    let start = Array("retry: 500\n\n".utf8)
    return version == current
      ? start : start + EventStream.event("pages", data: "all", id: current)
  }

  /// Removes what was put on the disk.
  func clear() { indexes.remove() }

  /// The name of a version, which no other run of the server gives.
  func name(ofVersion version: Int) -> String { "\(stamp)-\(version)" }

  /// Answers a request.
  func answer(_ request: HTTPRequest) -> HTTPAnswer {
    let path: [UInt8]
    do throws(RequestPath.Refusal) {
      path = try RequestPath(request.path).bytes
    } catch {
      return .text(400, error.rawValue)
    }
    if path.elementsEqual(ReloadScript.path.utf8) {
      return HTTPAnswer(type: "text/event-stream", .events(since: request.version))
    }
    var site = state.withLock { $0.site }
    for _ in 0..<Self.patience {
      if let answer = answer(path, from: site) { return answer }
      // A file has changed since it was read: the next version is a matter of milliseconds.
      let old = site.version
      usleep(1000)
      site = state.withLock { $0.site }
      if site.version != old, let answer = answer(path, from: site) { return answer }
    }
    return answer(path, from: site, isLast: true) ?? .text(503, "The sources change all the time.")
  }

  /// Answers with what a site has at a path; nil where a file has changed since it was read.
  private func answer(
    _ path: [UInt8], from site: ServedSite, isLast: Bool = false
  ) -> HTTPAnswer? {
    let name = path.isEmpty ? Array("index.html".utf8) : path
    let text = String(decoding: name, as: UTF8.self)
    if let asset = site.assets.first(where: { $0.path == text }) {
      return HTTPAnswer(type: MediaType.of(text), asset.bytes)
    }
    let found = find(name, in: site)
    if case .fixed(let index)? = found.target { return file(index, isMedia: false, of: site) }
    if case .media(let index)? = found.target { return file(index, isMedia: true, of: site) }
    guard site.errors.isEmpty, let renderer = site.renderer else {
      guard looksLikePage(text) else { return .text(404, "There is nothing at this address.") }
      return errorPage(site.errors, site)
    }
    if let folder = found.folder { return .redirect(to: folder) }
    if let program = site.search, text.hasPrefix("pagefind/") {
      return searchFile(text, of: site, renderer, program, isLast)
    }
    let pages = renderer.publication.pages
    if case .page(let index)? = found.target {
      return page(pages[index], 200, of: site, renderer, isLast)
    }
    guard let missing = pages.first(where: { $0.kind == .notFound }) else {
      return .text(404, "There is nothing at this address.")
    }
    return page(missing, 404, of: site, renderer, isLast)
  }
}

// MARK: - Finding

extension Newsstand {
  /// What a path leads to: a target, or the folder whose first page it leaves out.
  private typealias Finding = (target: SiteAddresses.Target?, folder: [UInt8]?)

  /// Finds what stands at a path; one that starts with the path of the site on its own host counts
  /// from there, as the links of `404.html` do.
  private func find(_ path: [UInt8], in site: ServedSite) -> Finding {
    guard let addresses = site.addresses, let renderer = site.renderer else { return (nil, nil) }
    let found = find(path, addresses)
    if found.target != nil || found.folder != nil { return found }
    let root = renderer.publication.bytes(renderer.rootPath)
    let prefix = root[1..<root.count].array
    guard !prefix.isEmpty, path.starts(with: prefix) else { return (nil, nil) }
    let rest = Array(path.dropFirst(prefix.count))
    return find(rest.isEmpty ? Array("index.html".utf8) : rest, addresses)
  }

  private func find(_ path: [UInt8], _ addresses: SiteAddresses) -> Finding {
    if path.last == UInt8(ascii: "/") {
      return (addresses.target(of: path + Array("index.html".utf8)), nil)
    }
    if let target = addresses.target(of: path) { return (target, nil) }
    let folder = path + [UInt8(ascii: "/")]
    let hasIndex = addresses.target(of: folder + Array("index.html".utf8)) != nil
    return (nil, hasIndex ? folder : nil)
  }

  private func looksLikePage(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return path.hasSuffix("/") || !name.contains(".") || name.hasSuffix(".html")
      || name.hasSuffix(".xml") || name == "robots.txt" || name == "feed.json"
  }
}

// MARK: - Answering

extension Newsstand {
  private func file(_ index: Int, isMedia: Bool, of site: ServedSite) -> HTTPAnswer {
    guard let renderer = site.renderer else { return .text(404, "There is no such file.") }
    let archive = renderer.publication.archive
    let file = isMedia ? archive.media[index] : archive.statics[index]
    let path = archive.store.string(file.path)
    do throws(SystemError) {
      let (descriptor, byteCount) = try (isMedia ? path : "static/" + path).withBytes {
        (path) throws(SystemError) in try renderer.sources.open(path)
      }
      if isMedia, let picture = picture(index, of: renderer, descriptor) { return picture }
      return HTTPAnswer(
        type: MediaType.of(path), .file(descriptor: descriptor, byteCount: byteCount))
    } catch {
      let leaves = "It is a link that leads out of the source folder, which no request may leave."
      return .text(404, error.code == EXDEV ? leaves : "The file cannot be read: \(error.reason)")
    }
  }

  /// Answers with a picture as a build copies it: without what is noted in it; nil for what is none.
  private func picture(_ index: Int, of renderer: Renderer, _ file: Int32) -> HTTPAnswer? {
    let kind = renderer.pictures.facts[index].kind
    guard kind == .jpeg || kind == .png || kind == .webP else { return nil }
    defer { close(file) }
    let path = renderer.publication.archive.media[index].path
    var bytes = ByteBuffer(capacity: 1 << 16)
    do throws(SystemError) {
      _ = try renderer.sources.read(renderer.publication.bytes(path), into: &bytes)
    } catch {
      return .text(404, "The file cannot be read: \(error.reason)")
    }
    var bare = ByteBuffer(capacity: bytes.count + 64)
    bare.append(withoutNotes: bytes.slice, kind)
    return HTTPAnswer(
      type: MediaType.of(renderer.publication.bytes(path).string), bare.array)
  }

  private func errorPage(_ errors: [Diagnostic], _ site: ServedSite) -> HTTPAnswer {
    HTTPAnswer(
      500, type: MediaType.of("error.html"),
      ErrorPage.bytes(errors, version: name(ofVersion: site.version)))
  }

  /// Makes a page; nil where its file has changed since it was read.
  private func page(
    _ page: Page, _ status: Int, of site: ServedSite, _ renderer: Renderer, _ isLast: Bool
  ) -> HTTPAnswer? {
    var maker = PageMaker(renderer)
    maker.make(page)
    let wrong = maker.diagnostics
    let moved = wrong.filter(\.tellsOfMovedFile)
    if !moved.isEmpty, !isLast {
      suspect(moved)
      return nil
    }
    tellOnce(wrong)
    let errors = wrong.filter(\.isError)
    guard errors.isEmpty else { return errorPage(errors, site) }
    let path = renderer.publication.archive.store.string(page.path)
    var bytes = maker.bytes.array
    if path.hasSuffix(".html") {
      ReloadScript.insert(into: &bytes, version: name(ofVersion: site.version))
    }
    return HTTPAnswer(status, type: MediaType.of(path), bytes)
  }

  /// Answers with a file of a search index; nil where a story's file has changed since it was read.
  private func searchFile(
    _ path: String, of site: ServedSite, _ renderer: Renderer, _ program: SearchProgram,
    _ isLast: Bool
  ) -> HTTPAnswer? {
    do throws(Diagnostic) {
      let bytes = try indexes.file(path, of: renderer, version: site.version, program)
      guard let bytes else { return .text(404, "There is nothing at this address.") }
      return HTTPAnswer(type: MediaType.of(path), bytes)
    } catch {
      if error.tellsOfMovedFile, !isLast {
        suspect([error])
        return nil
      }
      tellOnce([error])
      return .text(500, error.message)
    }
  }

  /// Has files looked at again that are not as they were read.
  private func suspect(_ moved: [Diagnostic]) {
    state.withLock { state in state.suspects.formUnion(moved.map(\.file)) }
    bell.ring()
  }

  /// Tells what is wrong, unless it was told already.
  private func tellOnce(_ wrong: [Diagnostic]) {
    let news = state.withLock { state in wrong.filter { state.told.insert($0).inserted } }
    if !news.isEmpty { tell(news) }
  }
}

extension Folder {
  /// Opens a file for whoever reads it, and tells its size; a link that leads out of the folder is
  /// refused.
  fileprivate func open(
    _ path: ByteSlice
  ) throws(SystemError) -> (descriptor: Int32, byteCount: Int) {
    let file = unsafe withCString(path) {
      unsafe openat(descriptor, $0, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard file >= 0 else { throw SystemError(code: errno) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw SystemError(code: EISDIR)
    }
    guard let place = Self.place(of: file), let own = Self.place(of: descriptor),
      own == "/" || place.hasPrefix(own + "/")
    else {
      close(file)
      throw SystemError(code: EXDEV)
    }
    return (file, Int(status.st_size))
  }

  /// Where an open file lies, past all links that led to it.
  private static func place(of file: Int32) -> String? {
    var room = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/fd/\(file)", &room, room.count)
    let path = room.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
    return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
  }
}
