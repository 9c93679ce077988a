import Glibc

/// Writes a build record: it is told of all sections, and then writes them.
final class RecordWriter {
  /// Lends the bytes of a section to what writes them, and passes on why that failed.
  typealias Lender = @Sendable (_ write: (ByteSlice) -> SystemError?) -> SystemError?

  private let file: Int32
  private var sections: [BuildRecord.Section] = []
  /// The bytes of the sections, until they are written.
  private var lenders: [Lender] = []
  private var end = BuildRecord.headOffset + 16
  private let room: Int

  /// Begins a record in a new file.
  ///
  /// - Parameters:
  ///   - name: The file's name in the folder.
  ///   - folder: The folder.
  ///   - sectionLimit: How many sections there are to be at the most.
  /// - Throws: The system's error.
  init(_ name: ByteSlice, in folder: borrowing Folder, sectionLimit: Int) throws(SystemError) {
    let descriptor = folder.descriptor
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    file = unsafe withCString(name) { unsafe openat(descriptor, $0, flags, 0o644) }
    guard file >= 0 else { throw SystemError(code: errno) }
    room = min(sectionLimit, BuildRecord.tableSize)
    end += room * MemoryLayout<BuildRecord.Section>.stride
  }

  deinit { close(file) }

  /// Adds a section of so many bytes, which are lent when they are written.
  func add(
    _ kind: BuildRecord.Kind, count: Int, _ lender: @escaping Lender
  ) throws(SystemError) {
    guard sections.count < room else { throw SystemError(code: EFBIG) }
    sections.append(
      BuildRecord.Section(
        kind: kind.rawValue, offset: UInt64(end), count: UInt64(count), hash: 0))
    lenders.append(lender)
    // Elements are read where they lie, on even addresses.
    end = (end + count + 63) & ~63
  }

  /// Adds a section of elements, as they lie in memory.
  func add<Element: BitwiseCopyable & Sendable>(
    _ kind: BuildRecord.Kind, _ elements: [Element]
  ) throws(SystemError) {
    let count = elements.count * MemoryLayout<Element>.stride
    try add(kind, count: count) { write in elements.withByteSlice(write) }
  }

  /// Writes all sections, on several threads, and the table; none is added after it.
  func write(jobs: Int) throws(SystemError) {
    let (file, lenders) = (file, lenders)
    let failures = sections.withSlots { sections in
      inParallel(lenders.count, width: jobs, batch: 1) { _, batches -> SystemError? in
        while let batch = batches.take() {
          for place in batch {
            let lend = lenders[place]
            let failure = lend { bytes in
              precondition(bytes.count == Int(sections[place].count))
              sections[place].hash = Hash.ofMany(bytes)
              return Self.failure(of: bytes, at: Int(sections[place].offset), in: file)
            }
            if let failure { return failure }
          }
        }
        return nil
      }
    }
    self.lenders = []
    if let failure = failures.compactMap(\.self).first { throw failure }
    try finish()
  }

  /// Writes other elements in the place of those that a section has, as many as they are.
  ///
  /// It takes no more room on the disk; the table is to be written anew after it.
  func replace<Element: BitwiseCopyable>(
    _ kind: BuildRecord.Kind, with elements: [Element]
  ) throws(SystemError) {
    guard let place = sections.firstIndex(where: { $0.kind == kind.rawValue }) else { return }
    try elements.withByteSlice { (bytes) throws(SystemError) in
      precondition(bytes.count == Int(sections[place].count))
      sections[place].hash = Hash.ofMany(bytes)
      try write(bytes, at: Int(sections[place].offset))
    }
  }

  /// Writes the table, once more where sections were replaced.
  func finish() throws(SystemError) {
    var head = ByteBuffer(
      capacity: BuildRecord.headOffset + 16 + room * MemoryLayout<BuildRecord.Section>.stride)
    head.append(BuildRecord.format)
    while head.count < BuildRecord.headOffset { head.append(UInt8(0)) }
    sections.withByteSlice { table in
      let numbers = [UInt64(sections.count), Hash.of(table, seed: 1)]
      numbers.withByteSlice { head.append($0) }
      head.append(table)
    }
    try write(head.slice, at: 0)
  }

  private func write(_ bytes: ByteSlice, at offset: Int) throws(SystemError) {
    if let failure = Self.failure(of: bytes, at: offset, in: file) { throw failure }
  }

  /// Writes bytes to a place in a file; gives the system's error, if there is one.
  private static func failure(of bytes: ByteSlice, at offset: Int, in file: Int32) -> SystemError? {
    var done = 0
    while done < bytes.count {
      let rest = bytes[done..<bytes.count]
      let count = unsafe pwrite(file, rest.buffer.baseAddress, rest.count, offset + done)
      if count < 0 {
        guard errno == EINTR else { return SystemError(code: errno) }
        continue
      }
      done += count
    }
    return nil
  }
}

extension Array where Element: BitwiseCopyable {
  /// Lends the elements as they lie in memory.
  fileprivate func withByteSlice<Result, Failure: Error>(
    _ body: (ByteSlice) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBufferPointer { (elements) throws(Failure) in
      let bytes = UnsafeRawBufferPointer(elements)
      guard let start = bytes.baseAddress else { return try body(.empty) }
      let slice = unsafe ByteSlice(
        start: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
      return try body(slice)
    }
  }
}

/// Warnings on their way into a record and back.
///
/// Each is seven texts, ended by a NUL, which no message holds: severity, cause, id, file, place,
/// message, line.
enum WarningList {
  /// The warnings as bytes.
  static func encoded(_ diagnostics: [Diagnostic]) -> ByteBuffer {
    var bytes = ByteBuffer(capacity: 1024)
    for diagnostic in diagnostics {
      let position = diagnostic.position.map { "\($0.line):\($0.column)" } ?? ""
      let line = diagnostic.sourceLine.map { "=" + $0 } ?? ""
      for text in [
        diagnostic.severity.rawValue, diagnostic.cause == .machine ? "machine" : "content",
        diagnostic.id, diagnostic.file, position, diagnostic.message, line,
      ] {
        bytes.append(text)
        bytes.append(UInt8(0))
      }
    }
    return bytes
  }

  /// The warnings that bytes stand for; nil where they are none.
  static func decoded(_ bytes: ByteSlice) -> [Diagnostic]? {
    var texts: [String] = []
    var rest = bytes
    while let end = rest.firstIndex(of: 0) {
      texts.append(rest[0..<end].string)
      rest = rest[end + 1..<rest.count]
    }
    guard rest.isEmpty, texts.count % 7 == 0 else { return nil }
    return stride(from: 0, to: texts.count, by: 7).map { index in
      let numbers = texts[index + 4].split(separator: ":").compactMap { Int($0) }
      let position =
        numbers.count == 2 ? SourcePosition(line: numbers[0], column: numbers[1]) : nil
      let line = texts[index + 6]
      return Diagnostic(
        texts[index + 2], texts[index + 5],
        severity: Diagnostic.Severity(rawValue: texts[index]) ?? .warning, file: texts[index + 3],
        at: position, sourceLine: line.isEmpty ? nil : String(line.dropFirst()),
        cause: texts[index + 1] == "machine" ? .machine : .content)
    }
  }
}
