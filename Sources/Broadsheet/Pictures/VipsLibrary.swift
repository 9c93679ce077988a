import Glibc
import Synchronization

/// libvips, which makes pictures smaller and encodes them; it is loaded when the first picture is
/// made, and nothing of it is needed to build the program.
///
/// It is the one owner of what libvips hands out: its pointers stay in this file and in
/// ``VipsImage``.
@safe final class VipsLibrary: @unchecked Sendable {
  /// What is given to an operation.
  enum Input {
    /// A number, a word or a list of numbers, as libvips reads them from text.
    case text(String)
    case image(VipsImage)
    /// A file in memory, which outlives all images that are made of it.
    case file(ByteSlice)
  }

  /// Why libvips did not do what it was asked to, in its own words.
  struct Failure: Error, Equatable {
    var reason: String
  }

  private typealias Object = UnsafeMutableRawPointer
  private typealias Name = UnsafePointer<CChar>
  private typealias MakeOperation = @convention(c) (Name) -> Object?
  private typealias SetFromText = @convention(c) (Object, Name, Name) -> Int32
  private typealias Build = @convention(c) (Object) -> Object?
  private typealias Use = @convention(c) (Object) -> Void
  private typealias TypeOf = @convention(c) () -> UInt
  private typealias InitValue = @convention(c) (Object, UInt) -> Object?
  private typealias SetInValue = @convention(c) (Object, Object?) -> Void
  private typealias GetFromValue = @convention(c) (Object) -> Object?
  private typealias Property = @convention(c) (Object, Name, Object) -> Void
  private typealias MakeBlob = @convention(c) (Object?, UnsafeRawPointer?, Int) -> Object?
  private typealias ReadBlob =
    @convention(c) (Object, UnsafeMutablePointer<Int>) -> UnsafeRawPointer?
  private typealias Copy = @convention(c) (Object) -> Object?
  private typealias Fields =
    @convention(c) (Object) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  private typealias FreeFields =
    @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Void
  private typealias RemoveField = @convention(c) (Object, Name) -> Int32
  private typealias Number = @convention(c) (Object) -> Int32
  private typealias Words = @convention(c) () -> Name?
  private typealias Step = @convention(c) () -> Void

  /// Held while the library is made ready, which it cannot bear twice at once.
  private static let starting = Mutex(())

  private let makeOperation: MakeOperation
  private let setFromText: SetFromText
  private let buildOperation: Build
  private let unrefOutputs: Use
  private let unref: Use
  private let imageType: UInt
  private let blobType: UInt
  private let initValue: InitValue
  private let setObject: SetInValue
  private let setBoxed: SetInValue
  private let dupObject: GetFromValue
  private let getBoxed: GetFromValue
  private let unsetValue: Use
  private let setProperty: Property
  private let getProperty: Property
  private let makeBlob: MakeBlob
  private let readBlob: ReadBlob
  private let unrefArea: Use
  private let copyMemory: Copy
  private let fields: Fields
  private let freeFields: FreeFields
  private let removeField: RemoveField
  private let widthOf: Number
  private let heightOf: Number
  private let errorWords: Words
  private let clearError: Step
  private let endThread: Step

  /// Loads the library and makes it ready, which takes about a tenth of a second.
  ///
  /// - Parameter path: The library's file, or a name that the system finds.
  /// - Throws: Why it cannot be loaded.
  init(path: String) throws(Failure) {
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Failure(reason: unsafe dlerror().map { unsafe String(cString: $0) } ?? "not found")
    }
    func symbol<Function>(_ name: String, _ type: Function.Type) throws(Failure) -> Function {
      guard let address = unsafe dlsym(handle, name) else {
        throw Failure(reason: "it has no '\(name)'")
      }
      return unsafe unsafeBitCast(address, to: type)
    }
    unsafe makeOperation = try symbol("vips_operation_new", MakeOperation.self)
    unsafe setFromText = try symbol("vips_object_set_argument_from_string", SetFromText.self)
    unsafe buildOperation = try symbol("vips_cache_operation_build", Build.self)
    unsafe unrefOutputs = try symbol("vips_object_unref_outputs", Use.self)
    unsafe unref = try symbol("g_object_unref", Use.self)
    unsafe initValue = try symbol("g_value_init", InitValue.self)
    unsafe setObject = try symbol("g_value_set_object", SetInValue.self)
    unsafe setBoxed = try symbol("g_value_set_boxed", SetInValue.self)
    unsafe dupObject = try symbol("g_value_dup_object", GetFromValue.self)
    unsafe getBoxed = try symbol("g_value_get_boxed", GetFromValue.self)
    unsafe unsetValue = try symbol("g_value_unset", Use.self)
    unsafe setProperty = try symbol("g_object_set_property", Property.self)
    unsafe getProperty = try symbol("g_object_get_property", Property.self)
    unsafe makeBlob = try symbol("vips_blob_new", MakeBlob.self)
    unsafe readBlob = try symbol("vips_blob_get", ReadBlob.self)
    unsafe unrefArea = try symbol("vips_area_unref", Use.self)
    unsafe copyMemory = try symbol("vips_image_copy_memory", Copy.self)
    unsafe fields = try symbol("vips_image_get_fields", Fields.self)
    unsafe freeFields = try symbol("g_strfreev", FreeFields.self)
    unsafe removeField = try symbol("vips_image_remove", RemoveField.self)
    unsafe widthOf = try symbol("vips_image_get_width", Number.self)
    unsafe heightOf = try symbol("vips_image_get_height", Number.self)
    unsafe errorWords = try symbol("vips_error_buffer", Words.self)
    clearError = try symbol("vips_error_clear", Step.self)
    endThread = try symbol("vips_thread_shutdown", Step.self)
    let start = unsafe try symbol("vips_init", (@convention(c) (Name) -> Int32).self)
    let setThreads = try symbol("vips_concurrency_set", (@convention(c) (Int32) -> Void).self)
    let setCache = try symbol("vips_cache_set_max", (@convention(c) (Int32) -> Void).self)
    let isStarted = Self.starting.withLock { _ in
      // It would write its warnings past this program's messages.
      unsafe setenv("VIPS_WARNING", "1", 1)
      return unsafe start("broadsheet") == 0
    }
    guard isStarted else {
      throw Failure(reason: "it cannot be started")
    }
    // Pictures are made side by side, each on one thread, and none is made twice.
    setThreads(1)
    setCache(0)
    imageType = try symbol("vips_image_get_type", TypeOf.self)()
    blobType = try symbol("vips_blob_get_type", TypeOf.self)()
  }

  /// Runs an operation that makes an image.
  ///
  /// - Parameters:
  ///   - name: The operation's name in libvips.
  ///   - inputs: What it is given, by the names of its arguments.
  /// - Returns: The image; it may be computed only when it is used.
  /// - Throws: What libvips says.
  func image(_ name: String, _ inputs: [(String, Input)]) throws(Failure) -> VipsImage {
    let operation = unsafe try run(name, inputs)
    defer { unsafe drop(operation) }
    let pointer = unsafe withValue(imageType) { value in
      unsafe getProperty(operation, "out", value)
      return unsafe dupObject(value)
    }
    guard let pointer = unsafe pointer else { throw failure() }
    return unsafe VipsImage(owning: pointer, self)
  }

  /// Runs an operation that encodes an image as a file in memory.
  func encoded(
    _ name: String, _ image: VipsImage, _ options: [(String, String)]
  ) throws(Failure) -> [UInt8] {
    let operation = unsafe try run(
      name, [("in", .image(image))] + options.map { ($0.0, .text($0.1)) })
    defer { unsafe drop(operation) }
    return unsafe withValue(blobType) { value in
      unsafe getProperty(operation, "buffer", value)
      guard let blob = unsafe getBoxed(value) else { return [] }
      var count = 0
      guard let bytes = unsafe readBlob(blob, &count) else { return [] }
      return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }
  }

  /// The image with all its pixels in memory, and nothing kept of what was noted beside them:
  /// camera, place, names, colour profile.
  func bare(_ image: VipsImage) throws(Failure) -> VipsImage {
    guard let pointer = unsafe copyMemory(image.pointer) else { throw failure() }
    let copy = unsafe VipsImage(owning: pointer, self)
    guard let names = unsafe fields(copy.pointer) else { return copy }
    defer { unsafe freeFields(names) }
    var index = 0
    while let name = unsafe names[index] {
      index += 1
      let text = unsafe String(cString: name)
      if Self.notes.contains(where: { text.hasPrefix($0) }) {
        _ = unsafe removeField(copy.pointer, name)
      }
    }
    return copy
  }

  /// How fields begin that hold notes.
  private static let notes = [
    "exif", "xmp", "iptc", "icc-profile", "photoshop", "orientation", "png-comment", "gif-comment",
    "heif", "jpeg", "webp",
  ]

  /// Frees what libvips keeps for the thread that it is called on.
  func finishThread() { endThread() }

  fileprivate func free(_ image: UnsafeMutableRawPointer) { unsafe unref(image) }

  fileprivate func size(of image: UnsafeMutableRawPointer) -> PictureSize {
    unsafe PictureSize(width: widthOf(image), height: heightOf(image))
  }

  private func run(_ name: String, _ inputs: [(String, Input)]) throws(Failure) -> Object {
    guard let operation = unsafe makeOperation(name) else { throw failure() }
    for (argument, input) in inputs {
      switch input {
      case .text(let text):
        guard unsafe setFromText(operation, argument, text) == 0 else {
          unsafe unref(operation)
          throw failure()
        }
      case .image(let image):
        unsafe withValue(imageType) { value in
          unsafe setObject(value, image.pointer)
          unsafe setProperty(operation, argument, value)
        }
      case .file(let bytes):
        unsafe withValue(blobType) { value in
          let blob = unsafe makeBlob(nil, UnsafeRawPointer(bytes.start), bytes.count)
          unsafe setBoxed(value, blob)
          if let blob = unsafe blob { unsafe unrefArea(blob) }
          unsafe setProperty(operation, argument, value)
        }
      }
    }
    guard let built = unsafe buildOperation(operation) else {
      unsafe drop(operation)
      throw failure()
    }
    return unsafe built
  }

  private func drop(_ operation: Object) {
    unsafe unrefOutputs(operation)
    unsafe unref(operation)
  }

  /// Lends a GValue, which is 24 bytes, all zero before it is given its type.
  private func withValue<Result>(_ type: UInt, _ body: (Object) -> Result) -> Result {
    unsafe withUnsafeTemporaryAllocation(byteCount: 24, alignment: 8) { room in
      guard let value = room.baseAddress else { fatalError("no memory is left for a value") }
      unsafe memset(value, 0, 24)
      _ = unsafe initValue(value, type)
      defer { unsafe unsetValue(value) }
      return unsafe body(value)
    }
  }

  /// What libvips said last, in one line.
  private func failure() -> Failure {
    let words = unsafe errorWords().map { unsafe String(cString: $0) } ?? ""
    clearError()
    let line = words.split(separator: "\n").first.map(String.init) ?? "libvips does not say why"
    return Failure(reason: line)
  }
}

/// An image of libvips, freed with its last owner.
@safe final class VipsImage {
  fileprivate let pointer: UnsafeMutableRawPointer
  private let library: VipsLibrary

  fileprivate init(owning pointer: UnsafeMutableRawPointer, _ library: VipsLibrary) {
    unsafe self.pointer = pointer
    self.library = library
  }

  deinit { unsafe library.free(pointer) }

  /// How wide and high it is, in pixels.
  var size: PictureSize { unsafe library.size(of: pointer) }
}
