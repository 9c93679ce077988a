import Glibc

/// Runs other programs.
enum ChildProcess {
  /// Runs a program and waits for its end.
  ///
  /// It has an empty environment, so that what it makes depends on its arguments and files alone, and
  /// nothing to read.
  ///
  /// - Parameters:
  ///   - program: The program's file, by its whole path.
  ///   - arguments: What it is told.
  ///   - folder: The folder it works in.
  ///   - log: The file that what it says is written to, from that folder.
  /// - Returns: Its exit code; 128 and the signal's number where a signal ended it; 126 or 127 where it
  ///   cannot be started.
  /// - Throws: The system's error where there can be no process.
  static func run(
    _ program: String, _ arguments: [String], in folder: String, log: String
  ) throws(SystemError) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, 1, folder + "/" + log, flags, 0o644)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // POSIX itself cannot start a program in another folder: the shell goes there, and becomes it.
    let words = ["sh", "-c", "cd -- \"$0\" && exec \"$@\"", folder, program] + arguments
    var texts = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for unsafe text in unsafe texts { unsafe free(text) } }
    var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    var process = pid_t()
    let code = unsafe posix_spawn(&process, "/bin/sh", &actions, nil, &texts, &environment)
    guard code == 0 else { throw SystemError(code: code) }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw SystemError(code: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
