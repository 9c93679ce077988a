import CMicrohttpd
import Glibc

/// libmicrohttpd's functions, loaded when a server starts: no build waits for the library, and what
/// that brings with it, to be loaded.
///
/// Each is what the library's manual says of it.
@safe struct MicrohttpdLibrary: @unchecked Sendable {
  typealias OnPointer = @convention(c) (OpaquePointer) -> Void
  typealias GetConnectionValues =
    @convention(c) (
      OpaquePointer, MHD_ValueKind, MHD_KeyValueIterator, UnsafeMutableRawPointer?
    ) -> Int32
  typealias LookUpConnectionValue =
    @convention(c) (OpaquePointer, MHD_ValueKind, UnsafePointer<CChar>) -> UnsafePointer<CChar>?
  typealias CreateResponseFromBuffer =
    @convention(c) (Int, UnsafeMutableRawPointer?, MHD_ResponseMemoryMode) -> OpaquePointer?
  typealias CreateResponseFromFile = @convention(c) (UInt64, Int32) -> OpaquePointer?
  typealias CreateResponseFromCallback =
    @convention(c) (
      UInt64, Int, MHD_ContentReaderCallback, UnsafeMutableRawPointer?,
      MHD_ContentReaderFreeCallback
    ) -> OpaquePointer?
  typealias AddResponseHeader =
    @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>) -> MHD_Result
  typealias QueueResponse = @convention(c) (OpaquePointer, UInt32, OpaquePointer) -> MHD_Result

  /// `MHD_start_daemon`, for the one function that can call it.
  let startDaemon: UnsafeMutableRawPointer
  let stopDaemon: OnPointer
  let suspendConnection: OnPointer
  let resumeConnection: OnPointer
  let getConnectionValues: GetConnectionValues
  let lookUpConnectionValue: LookUpConnectionValue
  let createResponseFromBuffer: CreateResponseFromBuffer
  let createResponseFromFile: CreateResponseFromFile
  let createResponseFromCallback: CreateResponseFromCallback
  let addResponseHeader: AddResponseHeader
  let queueResponse: QueueResponse
  let destroyResponse: OnPointer

  /// The library; nil where this machine has none, or one without these functions.
  static let loaded = MicrohttpdLibrary()

  /// The file names of the library, on Linux and on a Mac.
  private static let names = ["libmicrohttpd.so.12", "libmicrohttpd.so", "libmicrohttpd.dylib"]

  private init?() {
    let handle = unsafe Self.names.lazy.compactMap { unsafe dlopen($0, RTLD_NOW) }.first
    guard let handle = unsafe handle else { return nil }
    func find<Function>(_ name: String, _: Function.Type) -> Function? {
      unsafe dlsym(handle, name).map { unsafe unsafeBitCast($0, to: Function.self) }
    }
    guard let startDaemon = unsafe dlsym(handle, "MHD_start_daemon"),
      let stopDaemon = unsafe find("MHD_stop_daemon", OnPointer.self),
      let suspendConnection = unsafe find("MHD_suspend_connection", OnPointer.self),
      let resumeConnection = unsafe find("MHD_resume_connection", OnPointer.self),
      let getConnectionValues = unsafe find("MHD_get_connection_values", GetConnectionValues.self),
      let lookUpConnectionValue = unsafe find(
        "MHD_lookup_connection_value", LookUpConnectionValue.self),
      let createResponseFromBuffer = unsafe find(
        "MHD_create_response_from_buffer", CreateResponseFromBuffer.self),
      let createResponseFromFile = unsafe find(
        "MHD_create_response_from_fd64", CreateResponseFromFile.self),
      let createResponseFromCallback = unsafe find(
        "MHD_create_response_from_callback", CreateResponseFromCallback.self),
      let addResponseHeader = unsafe find("MHD_add_response_header", AddResponseHeader.self),
      let queueResponse = unsafe find("MHD_queue_response", QueueResponse.self),
      let destroyResponse = unsafe find("MHD_destroy_response", OnPointer.self)
    else { return nil }
    unsafe self.startDaemon = startDaemon
    unsafe self.stopDaemon = stopDaemon
    unsafe self.suspendConnection = suspendConnection
    unsafe self.resumeConnection = resumeConnection
    unsafe self.getConnectionValues = getConnectionValues
    unsafe self.lookUpConnectionValue = lookUpConnectionValue
    unsafe self.createResponseFromBuffer = createResponseFromBuffer
    unsafe self.createResponseFromFile = createResponseFromFile
    unsafe self.createResponseFromCallback = createResponseFromCallback
    unsafe self.addResponseHeader = addResponseHeader
    unsafe self.queueResponse = queueResponse
    unsafe self.destroyResponse = destroyResponse
  }
}
