import Dispatch
import Glibc

/// What `broadsheet serve` is told.
public struct ServeOptions: Sendable {
  /// The folder with the stories.
  public var source = "seeds"
  /// Folders of templates that override the theme's, file by file.
  public var templates: [String] = []
  /// The folder of the default theme.
  public var theme: String
  /// The clock, in seconds since 1970-01-01T00:00:00Z.
  public var clock: @Sendable () -> Int64
  /// The moment of publishing, if another than the clock's.
  public var now: String?
  /// How many threads read.
  public var jobs = 1
  /// Whether drafts and held stories are shown, with a mark.
  public var showsDrafts = false
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on; 0 for any that is free.
  public var port: UInt16 = 4000

  /// Options with the defaults of the command.
  public init(theme: String, clock: @escaping @Sendable () -> Int64) {
    self.theme = theme
    self.clock = clock
  }

  /// The same as the options of a build, for what both do.
  var build: BuildOptions {
    var build = BuildOptions(theme: theme, clock: 0)
    build.source = source
    build.templates = templates
    build.now = now
    build.jobs = jobs
    build.showsDrafts = showsDrafts
    return build
  }
}

/// What a server has to tell its user.
public enum ServeEvent: Sendable {
  /// It serves, from this address, so many stories, which took so long to read.
  case serving(address: String, articleCount: Int, Duration)
  /// Something has changed, and it took so long until the new site was served.
  case changed(String, Duration)
  /// What is wrong that was not before.
  case wrong([Diagnostic])
  /// Nothing is wrong any more.
  case mended
}

/// Serves a site until the user stops the program.
///
/// - Parameters:
///   - options: What to serve, and where.
///   - tell: Told what happens, from any thread.
/// - Throws: Why nothing can be served.
public func serve(
  _ options: ServeOptions, tell: @escaping @Sendable (ServeEvent) -> Void
) throws(Diagnostic) {
  try SiteServer(options, tell).run()
}

/// The thread that watches the folders, and keeps the site that requests see up to date.
private final class SiteServer {
  private let options: ServeOptions
  private let tell: @Sendable (ServeEvent) -> Void
  private let bell: Bell
  private let site: LiveSite
  private let newsstand: Newsstand
  private var watcher: FolderWatcher
  private var version = 0
  private var shown: [Diagnostic] = []

  /// How often pages that listen hear that the server is there, in seconds.
  private static let heartbeat = 20

  init(
    _ options: ServeOptions, _ tell: @escaping @Sendable (ServeEvent) -> Void
  ) throws(Diagnostic) {
    self.options = options
    self.tell = tell
    do throws(SystemError) {
      bell = try Bell()
      watcher = try FolderWatcher(Self.roots(options))
    } catch {
      throw Diagnostic(
        "cannot-watch", "the system lets nobody watch the folders: \(error.reason)",
        cause: .machine)
    }
    site = LiveSite(options)
    newsstand = Newsstand(
      stamp: "\(options.clock())-\(getpid())", bell: bell, tell: { tell(.wrong($0)) })
  }

  func run() throws(Diagnostic) {
    let clock = ContinuousClock()
    let began = clock.now
    let signals = bell.ringOnSignals()
    let socket = try ListeningSocket(host: options.host, port: options.port)
    let port = socket.port
    site.readAll()
    if let missing = site.reading.diagnostics.first(where: { $0.id == "missing-source" }) {
      throw missing
    }
    show(nil)
    let server = try HTTPServer(
      on: socket, hosts: HostNames(host: options.host, port: port),
      greeting: { [newsstand] in newsstand.greeting($0) },
      handler: { [newsstand] in newsstand.answer($0) })
    let name = options.host.contains(":") ? "[\(options.host)]" : options.host
    tell(
      .serving(
        address: "http://\(name):\(port)/", articleCount: site.articleCount, clock.now - began))
    tellDiagnostics()
    tellTrouble()
    watch(server)
    server.stop()
    newsstand.clear()
    withExtendedLifetime(signals) {}
  }

  /// The folders to watch: the sources first, then those of templates that lie elsewhere.
  private static func roots(_ options: ServeOptions) -> [FolderWatcher.Root] {
    var roots = [FolderWatcher.Root(path: options.source) { SiteChanges.isShown($0) }]
    for folder in [options.theme] + options.templates {
      roots.append(FolderWatcher.Root(path: folder) { SiteChanges.isOfTheme($0) })
    }
    return roots
  }

  /// Waits for changes, and shows them, until the bell rings for the end.
  private func watch(_ server: HTTPServer) {
    let clock = ContinuousClock()
    while true {
      var waiting = [
        pollfd(fd: watcher.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&waiting, 2, timeout)
      let began = clock.now
      if bell.still() { return }
      if ready == 0 { server.events.send(EventStream.heartbeat) }
      var changes = SiteChanges(watcher.changes())
      let prefix = site.locator.prefix
      for file in newsstand.takeSuspects() where file.hasPrefix(prefix) {
        changes.add(String(file.dropFirst(prefix.count)))
      }
      changes.isDue = isDue
      if watcher.hasMissingRoots, watcher.findRoots() { changes.isEverything = true }
      if changes.isEmpty { continue }
      let effect = site.apply(changes)
      if effect == .nothing { continue }
      show(changes)
      switch effect {
      case .styles(let paths): server.events.send(event("styles", paths))
      default: server.events.send(event("pages", []))
      }
      tell(.changed(changes.title, clock.now - began))
      tellDiagnostics()
    }
  }

  /// How long to wait for changes at the most, in milliseconds.
  private var timeout: Int32 {
    var seconds = watcher.hasMissingRoots ? 1 : Self.heartbeat
    if options.now == nil, let due = site.composition?.due, due != .never {
      seconds = min(seconds, max(0, Int(clamping: due - options.clock())))
    }
    return Int32(seconds * 1000)
  }

  /// Whether a story is due, by the clock.
  private var isDue: Bool {
    guard options.now == nil, let due = site.composition?.due, due != .never else { return false }
    return due <= options.clock()
  }

  /// Puts the site as it is now before the requests.
  private func show(_ changes: SiteChanges?) {
    version += 1
    var files: Set<String>?
    if let changes, !changes.isEverything { files = Set(changes.files.map(site.locator.shown)) }
    newsstand.show(site.served(version: version), changed: files)
  }

  private func event(_ name: String, _ paths: [String]) -> [UInt8] {
    let data = "[" + paths.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    return EventStream.event(name, data: data, id: newsstand.name(ofVersion: version))
  }

  /// Tells what is wrong that was not before.
  private func tellDiagnostics() {
    let current = site.diagnostics
    let known = Set(shown)
    let news = current.filter { !known.contains($0) }
    if !news.isEmpty { tell(.wrong(news)) }
    if shown.contains(where: \.isError), !current.contains(where: \.isError) { tell(.mended) }
    shown = current
  }

  private func tellTrouble() {
    guard let trouble = watcher.trouble else { return }
    let remedy =
      trouble.code == ENOSPC
      ? "allow more with 'sysctl fs.inotify.max_user_watches=524288'" : trouble.reason
    tell(
      .wrong([
        Diagnostic(
          "not-watched", "changes in some folders go unnoticed: \(remedy)", severity: .warning,
          file: options.source, cause: .machine)
      ]))
  }
}
