import Glibc

/// Writes a build record, section after section.
final class RecordWriter {
  private let file: Int32
  private var sections: [BuildRecord.Section] = []
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

  /// Adds a section of bytes.
  func add(_ kind: BuildRecord.Kind, _ bytes: ByteSlice) throws(SystemError) {
    guard sections.count < room else { throw SystemError(code: EFBIG) }
    sections.append(
      BuildRecord.Section(
        kind: kind.rawValue, offset: UInt64(end), count: UInt64(bytes.count),
        hash: Hash.ofMany(bytes)))
    try write(bytes, at: end)
    // Elements are read where they lie, on even addresses.
    end = (end + bytes.count + 63) & ~63
  }

  /// Adds many sections of bytes, which several threads write.
  func add(
    _ kind: BuildRecord.Kind, _ parts: [ByteSlice], jobs: Int
  ) throws(SystemError) {
    guard sections.count + parts.count <= room else { throw SystemError(code: EFBIG) }
    let first = sections.count
    for bytes in parts {
      sections.append(
        BuildRecord.Section(
          kind: kind.rawValue, offset: UInt64(end), count: UInt64(bytes.count), hash: 0))
      end = (end + bytes.count + 63) & ~63
    }
    let file = file
    let failures = sections.withSlots { sections in
      inParallel(parts.count, width: jobs, batch: 1) { _, batches -> SystemError? in
        while let batch = batches.take() {
          for place in batch {
            sections[first + place].hash = Hash.ofMany(parts[place])
            do throws(SystemError) {
              try Self.write(parts[place], at: Int(sections[first + place].offset), to: file)
            } catch {
              return error
            }
          }
        }
        return nil
      }
    }
    if let failure = failures.compactMap(\.self).first { throw failure }
  }

  /// Adds a section of elements, as they lie in memory.
  func add<Element: BitwiseCopyable>(
    _ kind: BuildRecord.Kind, _ elements: [Element]
  ) throws(SystemError) {
    try elements.withByteSlice { (bytes) throws(SystemError) in try add(kind, bytes) }
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

  /// Ends the record: writes the table.
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
    try Self.write(bytes, at: offset, to: file)
  }

  private static func write(
    _ bytes: ByteSlice, at offset: Int, to file: Int32
  ) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let rest = bytes[done..<bytes.count]
      let count = unsafe pwrite(file, rest.buffer.baseAddress, rest.count, offset + done)
      if count < 0 {
        guard errno == EINTR else { throw SystemError(code: errno) }
        continue
      }
      done += count
    }
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
