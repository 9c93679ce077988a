/// Holds an output for one build: no other build touches it meanwhile.
///
/// What a build keeps lies in a folder beside the output, the workshop: the lock, the record, the
/// list of what is about to be moved in, and the stage, where files are made.
final class OutputHold {
  /// The output's name in its folder.
  let name: String
  /// The folder beside the output.
  let workshop: Folder
  private let lock: OutputLock
  /// What the last build left; nil where there is no record, or none that can be trusted.
  let record: BuildRecord?
  /// What a build was about to make when it was ended: paths from the output folder; nil where the
  /// last build ended by itself.
  let unfinished: [String]?

  /// Takes hold of an output, waiting while another build has it.
  ///
  /// - Parameters:
  ///   - name: The output's name in its folder.
  ///   - path: The path of the folder beside it, which is there.
  ///   - whenWaiting: Told, once, the number of the process that is waited for.
  /// - Throws: The system's error.
  init(
    _ name: String, workshop path: String, whenWaiting: (Int32?) -> Void
  ) throws(SystemError) {
    self.name = name
    lock = try OutputLock(at: path + "/\(name).lock", whenWaiting: whenWaiting)
    workshop = try Folder(at: path)
    record = try BuildRecord.open(
      Self.recordName(name), in: workshop, program: ProgramIdentity.hash)
    unfinished = try Self.readPending(name, workshop)
  }

  /// Takes hold of an output if a build has ever kept anything beside it; nil where none has.
  static func ifKept(
    _ name: String, workshop path: String, whenWaiting: (Int32?) -> Void
  ) throws(SystemError) -> OutputHold? {
    do throws(SystemError) {
      _ = try Folder(at: path)
    } catch {
      guard error.code == SystemError.notFound else { throw error }
      return nil
    }
    return try OutputHold(name, workshop: path, whenWaiting: whenWaiting)
  }

  /// The name of the stage.
  var stageName: String { name + ".new" }
  /// The name of the folder in which search indexes are made.
  var scratchName: String { Self.scratchName(name) }
  static func scratchName(_ name: String) -> String { name + ".search" }
  private static func recordName(_ name: String) -> String { name + ".record" }
  private var draftName: String { Self.recordName(name) + ".new" }
  private var pendingName: String { name + ".pending" }

  /// Removes what a build that was killed has left in the workshop.
  func tidy() {
    for name in [stageName, scratchName] { try? workshop.removeTree(named: name) }
    for name in [Self.recordName(name), pendingName] {
      (name + ".new").withBytes { try? workshop.remove($0) }
    }
  }

  /// Lists what is about to be moved into the output, so that the next build knows it for this
  /// program's whatever happens.
  ///
  /// What a build that was killed had listed stays in the list: this one may be killed before it has
  /// removed what the other moved in.
  func announce(_ paths: [ByteSlice]) throws(SystemError) {
    var list = ByteBuffer(capacity: 1 << 12)
    for path in paths {
      list.append(path)
      list.append(UInt8(10))
    }
    if let unfinished {
      let listed = PathTable(paths)
      for path in unfinished where !path.withBytes({ listed.contains($0) }) {
        list.append(path)
        list.append(UInt8(10))
      }
    }
    try put(list.slice, at: pendingName)
  }

  /// Writes a record beside the last one, which takes all the room on the disk that it needs.
  func draft(_ contents: borrowing RecordContents) throws(SystemError) -> RecordWriter {
    try draftName.withBytes { (name) throws(SystemError) in
      try workshop.remove(name)
      return try contents.write(to: name, in: workshop)
    }
  }

  /// Puts a record in the place of the last one, in one step, and forgets what was announced.
  ///
  /// - Parameters:
  ///   - draft: The record, written beside the last one.
  ///   - files: How the files of the output stand now; nil where they stand as the draft has them.
  /// - Throws: The system's error.
  func put(_ draft: RecordWriter, _ files: [OutputFile]? = nil) throws(SystemError) {
    if let files { try draft.replace(.outputs, with: files) }
    try draft.finish()
    try draftName.withBytes { (draft) throws(SystemError) in
      try Self.recordName(name).withBytes { (name) throws(SystemError) in
        try workshop.move(draft, to: name, in: workshop)
      }
    }
    try pendingName.withBytes { (name) throws(SystemError) in try workshop.remove(name) }
  }

  /// Removes a record that was not put in its place.
  func discardDraft() { draftName.withBytes { try? workshop.remove($0) } }

  private func put(_ bytes: ByteSlice, at name: String) throws(SystemError) {
    let aside = name + ".new"
    try aside.withBytes { (aside) throws(SystemError) in
      try workshop.remove(aside)
      try workshop.create(aside, holding: bytes)
      try name.withBytes { (name) throws(SystemError) in
        try workshop.move(aside, to: name, in: workshop)
      }
    }
  }

  private static func readPending(
    _ name: String, _ workshop: borrowing Folder
  ) throws(SystemError) -> [String]? {
    var buffer = ByteBuffer(capacity: 1 << 12)
    do throws(SystemError) {
      _ = try workshop.read(named: name + ".pending", into: &buffer)
    } catch {
      guard error.code == SystemError.notFound else { throw error }
      return nil
    }
    return buffer.string.split(separator: "\n").map(String.init)
  }
}
