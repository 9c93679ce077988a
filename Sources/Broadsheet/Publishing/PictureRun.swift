import Synchronization

/// Makes the pictures that a site lacks, side by side, each once, into the cache.
struct PictureRun {
  /// Makes the pages that show them.
  let renderer: Renderer
  /// The pictures.
  let files: PictureFiles
  /// How many threads work.
  let jobs: Int
  /// Told how many of the pictures are done.
  let progress: @Sendable (_ done: Int, _ of: Int) -> Void

  /// The files to be made of one picture, or one card.
  private enum Job: Sendable {
    case picture(Int, [PictureSet.Variant])
    case card(Int32)
  }

  /// The pictures of a run's pages.
  init(_ run: PageRun, _ bodies: BodyTable) {
    renderer = run.renderer
    files = PictureFiles(run.renderer, bodies)
    jobs = run.jobs
    progress = run.pictureProgress
  }

  /// What is wrong with the pictures that stories show, live ones and held ones, as far as it is seen
  /// without decoding them.
  func check() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for media in files.copied {
      let traits = renderer.pictures.facts[media].traits
      if traits.contains(.hasScript) {
        diagnostics.append(
          wrong(
            "script-in-picture",
            "the drawing holds a script or embedded page, which would run for "
              + "whoever opens it; save it without", media))
      }
      if traits.contains(.isNotUTF8) {
        diagnostics.append(
          wrong(
            "bad-picture",
            "the drawing is not in UTF-8, so that it cannot be told whether it holds a script; "
              + "save it as UTF-8", media))
      }
      if traits.contains(.keepsNotes) {
        diagnostics.append(
          wrong(
            "private-metadata",
            "the picture holds private notes, perhaps the place where it was "
              + "taken, which only libvips can take out of AVIF; install libvips, or save it "
              + "without", media))
      }
    }
    for media in files.shown {
      if renderer.pictures.facts[media].traits.contains(.isCutOff) {
        diagnostics.append(
          wrong(
            "bad-picture", "the picture is cut off before its end; save it again, or get it anew",
            media))
      }
      if let wrong = strangeContent(of: media) { diagnostics.append(wrong) }
      guard renderer.pictures.isMade(media) else { continue }
      let size = renderer.pictures.facts[media].size
      let pixels = Int(size.width) * Int(size.height)
      guard pixels > PictureSet.pixelLimit else { continue }
      diagnostics.append(
        wrong(
          "huge-picture",
          "the picture has \(size.width) × \(size.height) pixels, over the limit of "
            + "\(PictureSet.pixelLimit / 1_000_000) million; save it smaller", media))
    }
    return diagnostics
  }

  /// What is wrong with a file that is no picture, though its name says that it is one.
  private func strangeContent(of media: Int) -> Diagnostic? {
    guard renderer.pictures.facts[media].kind == .other else { return nil }
    let path = renderer.publication.bytes(renderer.publication.archive.media[media].path)
    let ending = path.string.split(separator: ".").last?.lowercased() ?? ""
    guard ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"].contains(ending) else { return nil }
    var file = ByteBuffer(capacity: 1 << 12)
    do throws(SystemError) {
      _ = try renderer.sources.read(path, into: &file)
    } catch {
      return Diagnostic(
        "unreadable-file", "the file cannot be read: \(error.reason)",
        file: renderer.locator.shown(path.string), cause: .machine)
    }
    // Of the many brands of AVIF and its kin, a browser may know more than the program.
    if file.slice[4..<8] == "ftyp" { return nil }
    let what = file.count == 0 ? "the file is empty" : "this is no picture, whatever its name says"
    return wrong("bad-picture", what + "; save it again, or get it anew", media)
  }

  /// Makes what is not in the cache.
  ///
  /// - Parameter isNeeded: Whether the output lacks a file, by its place.
  /// - Returns: How many files were made, and what is wrong.
  func make(where isNeeded: (Int) -> Bool) -> (count: Int, diagnostics: [Diagnostic]) {
    guard let works = renderer.works else { return (0, []) }
    let jobs = missing(works, isNeeded)
    guard !jobs.isEmpty else { return (0, []) }
    let library: VipsLibrary
    do throws(VipsLibrary.Failure) {
      library = try works.library()
    } catch {
      return (0, [.brokenVips(works.place, error)])
    }
    let done = Atomic<Int>(0)
    let shares = inParallel(jobs.count, width: self.jobs, batch: 1) { _, batches in
      let maker = PictureMaker(library: library)
      var made = 0
      var diagnostics: [Diagnostic] = []
      while let range = batches.take() {
        for index in range {
          switch jobs[index] {
          case .picture(let media, let wanted):
            made += make(media, wanted, maker, works, &diagnostics)
          case .card(let story): made += make(cardOf: story, library, works, &diagnostics)
          }
          progress(done.wrappingAdd(1, ordering: .relaxed).newValue, jobs.count)
        }
      }
      library.finishThread()
      return (made, diagnostics)
    }
    works.cache.trim(wanted: wanted(works))
    return (shares.reduce(0) { $0 + $1.0 }, shares.flatMap { $0.1 })
  }

  /// What is to be made, a job for each picture.
  private func missing(_ works: PictureWorks, _ isNeeded: (Int) -> Bool) -> [Job] {
    var jobs: [Job] = []
    var last: (media: Int, wanted: [PictureSet.Variant]) = (-1, [])
    func flush() {
      if !last.wanted.isEmpty { jobs.append(.picture(last.media, last.wanted)) }
    }
    func add(_ place: Int) {
      let variant = renderer.pictures.variants[place]
      let media = Int(variant.media)
      guard !works.cache.holds(works.cacheName(of: variant, renderer.pictures.facts[media]))
      else { return }
      if last.media != media {
        flush()
        last = (media, [])
      }
      last.wanted.append(variant)
    }
    for (file, what) in files.made where isNeeded(file) {
      switch what {
      case .variant(let place): add(place)
      case .card(let story):
        if !works.cache.holds(works.cacheName(of: renderer.publication.card(of: story))) {
          jobs.append(.card(story))
        }
      }
    }
    for place in files.awaited { add(place) }
    flush()
    return jobs
  }

  /// The names in the cache of all that this site wants.
  private func wanted(_ works: PictureWorks) -> Set<String> {
    var names: Set<String> = []
    for (file, _) in files.made {
      if case .made(let name, _) = files.files[file].source { names.insert(name) }
    }
    for place in files.awaited {
      let variant = renderer.pictures.variants[place]
      names.insert(works.cacheName(of: variant, renderer.pictures.facts[Int(variant.media)]))
    }
    return names
  }

  private func make(
    _ media: Int, _ wanted: [PictureSet.Variant], _ maker: PictureMaker, _ works: PictureWorks,
    _ diagnostics: inout [Diagnostic]
  ) -> Int {
    let facts = renderer.pictures.facts[media]
    var file = ByteBuffer(capacity: 1 << 20)
    let path = renderer.publication.bytes(renderer.publication.archive.media[media].path)
    do throws(SystemError) {
      _ = try renderer.sources.read(path, into: &file)
    } catch {
      diagnostics.append(
        Diagnostic(
          "unreadable-file", "the file cannot be read: \(error.reason)",
          file: renderer.locator.shown(path.string), cause: .machine))
      return 0
    }
    guard Hash.of(file.slice, seed: 7) == facts.hash else {
      diagnostics.append(
        wrong(
          "changed-meanwhile", "the file was changed while the site was being built; build again",
          media))
      return 0
    }
    if facts.kind == .jpeg, JPEGScan.isWhole(file.slice) == false {
      diagnostics.append(
        wrong(
          "bad-picture", "the picture is damaged in its middle; save it again, or get it anew",
          media)
      )
      return 0
    }
    var made = 0
    var failure: SystemError?
    do throws(VipsLibrary.Failure) {
      try maker.make(file.slice, facts, wanted) { variant, bytes in
        do throws(SystemError) {
          try works.cache.write(works.cacheName(of: variant, facts), bytes)
          made += 1
        } catch {
          failure = error
        }
      }
    } catch {
      diagnostics.append(
        wrong(
          "bad-picture",
          "the picture cannot be read: \(error.reason); save it again, or get it anew", media))
    }
    if let failure { diagnostics.append(.unkept(failure)) }
    return made
  }

  private func make(
    cardOf story: Int32, _ library: VipsLibrary, _ works: PictureWorks,
    _ diagnostics: inout [Diagnostic]
  ) -> Int {
    let card = renderer.publication.card(of: story)
    do {
      try works.cache.write(works.cacheName(of: card), card.drawn(by: library))
      return 1
    } catch let error as SystemError {
      diagnostics.append(.unkept(error))
    } catch {
      diagnostics.append(
        Diagnostic(
          "no-share-card",
          "libvips cannot draw the share cards: \(error); install its text support, or leave "
            + "'share-cards' out of site.yaml", file: works.place.path, cause: .machine))
    }
    return 0
  }

  private func wrong(_ id: String, _ message: String, _ media: Int) -> Diagnostic {
    let path = renderer.publication.bytes(renderer.publication.archive.media[media].path)
    return Diagnostic(id, message, file: renderer.locator.shown(path.string))
  }
}

extension Diagnostic {
  /// libvips is there, but cannot be used.
  static func brokenVips(_ place: VipsPlace, _ failure: VipsLibrary.Failure) -> Diagnostic {
    Diagnostic(
      "broken-libvips",
      "libvips cannot be loaded: \(failure.reason); repair it, or write 'pictures: copy' in "
        + "site.yaml", file: place.path, cause: .machine)
  }

  /// A picture that was made cannot be kept.
  fileprivate static func unkept(_ error: SystemError) -> Diagnostic {
    Diagnostic(
      "cannot-write", "the pictures cannot be kept: \(error.reason)", file: ".broadsheet/pictures",
      cause: .machine)
  }
}
