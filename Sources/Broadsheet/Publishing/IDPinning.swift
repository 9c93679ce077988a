/// What `broadsheet pin` did.
public struct PinReport: Sendable {
  /// A line that was put into a file.
  public struct Line: Sendable, Equatable {
    /// The file, as the user would open it.
    public var file: String
    /// The line.
    public var text: String
  }

  /// The lines, in the order of their files.
  public var lines: [Line] = []
  /// How many files had an id.
  public var keptCount = 0
  /// The files into which no line could be put, and why.
  public var diagnostics: [Diagnostic] = []

  /// The command's exit code: 0 done; 1 a file could not be; 3 the machine.
  public var exitCode: Int32 {
    if diagnostics.isEmpty { return 0 }
    return diagnostics.contains { $0.cause == .machine } ? 3 : 1
  }
}

/// Writes the permanent id into the file of every story and page that has none, so that feed readers
/// know a story wherever its file moves; and the authority of ids into `site.yaml`, so that they know
/// it whatever the site's address becomes.
///
/// - Parameters:
///   - source: The folder with the stories.
///   - isTrial: Whether nothing is to be written.
/// - Returns: What was put where.
public func pinIDs(source: String, isTrial: Bool) -> PinReport {
  let survey = SourceReader(source: source, jobs: 1).survey()
  guard survey.isThere else {
    return PinReport(diagnostics: survey.reading.diagnostics.filter(\.isError))
  }
  var pinning = Pinning(locator: SourceLocator(source: source), isTrial: isTrial)
  pinning.pinAuthority(survey.reading.site, in: survey.folder)
  pinning.plan(survey)
  pinning.carryOut(in: survey.folder)
  return pinning.report
}

/// One run over a source folder: first all files are looked at, then lines are written.
private struct Pinning {
  /// A file that is to get a line.
  struct Plan {
    var path: Text
    var id: ByteSlice
    var isWire: Bool
    var stamp: FileStamp
  }

  let locator: SourceLocator
  let isTrial: Bool
  var report = PinReport()
  private var plans: [Plan] = []
  private var store = TextStore()

  init(locator: SourceLocator, isTrial: Bool) {
    self.locator = locator
    self.isTrial = isTrial
  }

  private func shown(_ path: ByteSlice) -> String { locator.shown(path.string) }

  private mutating func refuse(_ path: ByteSlice, _ problem: Problem, _ file: ByteSlice = .empty) {
    report.diagnostics.append(Diagnostic(problem, in: file, file: shown(path)))
  }

  /// Finds the files that have no id, and whether they can have the one that they go by now.
  mutating func plan(_ survey: borrowing SourceSurvey) {
    store = survey.paths
    var ids: [String: String] = [:]
    var seen: Set<UInt64> = []
    var buffer = ByteBuffer()
    for entry in survey.entries where entry.role == .story {
      let path = store[entry.path]
      buffer.removeAll()
      do throws(SystemError) {
        let status = try survey.folder.status(of: path, followingLinks: false)
        guard status.kind == .file, seen.insert(status.stamp.inode).inserted else {
          refuse(
            path,
            Problem("linked-file", "this is a link to a file; write 'id: …' into that by hand"))
          continue
        }
        let stamp = try survey.folder.read(path, into: &buffer).stamp
        let file = buffer.slice
        let id = path[0..<path.count - FileName(path).endingCount]
        do throws(Problem) {
          let line = try FrontMatterLine(id: id, into: file, isWire: entry.kind == .wire)
          let own = line == nil ? Self.id(in: file) ?? id.string : id.string
          if line == nil {
            report.keptCount += 1
          } else {
            plans.append(Plan(path: entry.path, id: id, isWire: entry.kind == .wire, stamp: stamp))
          }
          if line == nil || ids[own] == nil { ids[own] = path.string }
        } catch {
          refuse(path, error, file)
        }
      } catch {
        report.diagnostics.append(.unreadable(shown(path), error, isFolder: false))
      }
    }
    let found = plans
    plans = []
    for plan in found {
      let path = store[plan.path]
      let id = plan.id.string
      if let owner = ids[id], owner != path.string {
        let other = locator.shown(owner)
        refuse(
          path,
          Problem("duplicate-id", "the id '\(id)' is that of \(other) too; give one another"))
      } else {
        plans.append(plan)
      }
    }
  }

  /// The id that a file's front matter gives.
  private static func id(in file: ByteSlice) -> String? {
    var tree = YAMLTree()
    guard let frontMatter = try? FrontMatter(startOf: file),
      (try? tree.fill(file[frontMatter.yaml], at: frontMatter.yaml.lowerBound)) != nil,
      let value = tree.value(of: "id", in: 0), tree.nodes[value].kind == .scalar
    else { return nil }
    return tree.nodes[value].text.trimmed.string
  }

  /// Writes what was planned.
  mutating func carryOut(in folder: borrowing Folder) {
    var buffer = ByteBuffer()
    for plan in plans {
      let path = store[plan.path]
      buffer.removeAll()
      do throws(SystemError) {
        let stamp = try folder.read(path, into: &buffer).stamp
        do throws(Problem) {
          guard stamp == plan.stamp,
            let line = try FrontMatterLine(id: plan.id, into: buffer.slice, isWire: plan.isWire)
          else { throw .changedMeanwhile }
          try write(line, buffer.slice, path, stamp, folder)
        } catch {
          refuse(path, error, buffer.slice)
        }
      } catch {
        report.diagnostics.append(.unreadable(shown(path), error, isFolder: false))
      }
    }
  }

  /// Writes the authority of ids into `site.yaml`, where it is taken from the site's address so far.
  mutating func pinAuthority(_ site: SiteConfiguration, in folder: borrowing Folder) {
    guard let url = site.url, site.tagAuthority == nil else { return }
    let path = ByteSlice("site.yaml")
    var buffer = ByteBuffer()
    do throws(SystemError) {
      let stamp = try folder.read(path, into: &buffer).stamp
      var authority = ByteBuffer(capacity: 256)
      authority.append(Renderer.defaultAuthority(of: url))
      do throws(Problem) {
        let line = try FrontMatterLine(
          "tag-authority", authority.slice, before: "url", into: buffer.slice)
        let new = line.file(from: buffer.slice)
        if let problem = SiteFile(reading: new.slice).problems.first { throw problem }
        try write(line, buffer.slice, path, stamp, folder)
      } catch {
        refuse(path, error, buffer.slice)
      }
    } catch {
      report.diagnostics.append(.unreadable(shown(path), error, isFolder: false))
    }
  }

  private mutating func write(
    _ line: FrontMatterLine, _ old: ByteSlice, _ path: ByteSlice, _ stamp: FileStamp,
    _ folder: borrowing Folder
  ) throws(Problem) {
    if !isTrial {
      let new = line.file(from: old)
      do throws(SystemError) {
        guard try folder.replace(path, holding: new.slice, ifStill: stamp) else {
          throw SystemError(code: SystemError.changed)
        }
      } catch {
        if error.code == SystemError.changed { throw .changedMeanwhile }
        throw Problem(
          "cannot-write", "the file cannot be written: \(error.reason)", cause: .machine)
      }
    }
    let text = line.text.split(whereSeparator: \.isNewline).map(String.init)
    let own = text.first { !$0.hasPrefix("---") } ?? ""
    report.lines.append(
      PinReport.Line(file: shown(path), text: own.drop { $0 == " " }.description))
  }
}

extension SystemError {
  /// No error of the system's: the file is not the one that was looked at.
  fileprivate static let changed: Int32 = -1
}

extension Problem {
  /// That a file was changed after it had been looked at.
  fileprivate static let changedMeanwhile = Problem(
    "changed-meanwhile", "the file was changed meanwhile; run 'broadsheet pin' again")
}
