extension BuildOptions {
  /// What is wrong with a moment that was named, whatever the site's zone; nil where nothing is.
  public static func complaint(aboutMoment text: String) -> String? {
    do throws(Problem) {
      _ = try text.withBytes { (text) throws(Problem) in try DateText(text).moment(in: .utc) }
      return nil
    } catch {
      return "--now: " + error.message
    }
  }

  /// The moment of publishing: the clock's, unless another was named.
  ///
  /// - Parameter zone: The site's time zone, for a time that names none.
  /// - Returns: The moment, in seconds since 1970-01-01T00:00:00Z.
  /// - Throws: That what was named is no time.
  func moment(in zone: TimeZoneTable) throws(Diagnostic) -> Moment {
    guard let now else { return clock }
    do throws(Problem) {
      return try now.withBytes { (text) throws(Problem) in
        try DateText(text).moment(in: zone).instant
      }
    } catch {
      throw Diagnostic(error.id, "--now: " + error.message)
    }
  }
}
