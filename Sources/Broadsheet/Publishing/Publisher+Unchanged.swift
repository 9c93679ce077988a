/// Sees, without reading a story or making a page, that there is nothing to do.
extension Publisher {
  /// Whether an output is as a build of now would leave it.
  ///
  /// It is if the last build was of the same program, settings, theme and options, if no source file
  /// was added, changed or removed since, if the clock has reached no moment that decides what is
  /// shown, and if every file of the output has the stamp that it was left with.
  ///
  /// - Parameters:
  ///   - hold: The output.
  ///   - survey: What the source folder holds, with stamps.
  ///   - facts: The settings and inputs of now.
  ///   - now: The moment of publishing.
  ///   - jobs: How many threads look at the output.
  /// - Returns: Whether nothing is to be done; false also where that cannot be told.
  /// - Complexity: O(*n*) in the files of the sources and of the output: a look at the stamp of each.
  func isUpToDate(
    _ hold: OutputHold, _ survey: borrowing SourceSurvey, _ facts: BuildRecord.Facts, now: Moment,
    jobs: Int
  ) -> Bool {
    guard hold.unfinished == nil, let record = hold.record, let last = record.facts,
      last.settings == facts.settings, last.inputs == facts.inputs,
      last.validFrom <= now, now < last.validUntil, last.tree != 0,
      survey.treeHash(olderThan: last.began, jobs: jobs) == last.tree,
      let outputs = record.outputs(), record.warnings() != nil,
      let site = try? existingOutput()
    else { return false }
    return isAsLeft(outputs, site, jobs)
  }

  private func isAsLeft(
    _ outputs: OutputMemory, _ site: borrowing Folder, _ jobs: Int
  ) -> Bool {
    let descriptor = site.descriptor
    let checks = inParallel(outputs.paths.count, width: jobs, batch: 256) { _, batches in
      while let range = batches.take() {
        for index in range {
          let stamp = Folder.stamp(of: outputs.paths[index], in: descriptor)
          guard stamp == outputs.files[index].stamp else { return false }
        }
      }
      return true
    }
    guard !checks.contains(false) else { return false }
    // A folder that became a link elsewhere is an error, which a whole build says.
    var folders = FolderList(TextStore())
    for path in outputs.paths { folders.add(folderOf: path) }
    return folders.paths.allSatisfy { path in
      let status = try? site.status(of: folders.bytes(of: path), followingLinks: false)
      return status?.kind == .folder
    }
  }
}
