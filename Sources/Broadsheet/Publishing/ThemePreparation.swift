/// What a build makes of the theme while it looks at the sources.
struct ThemePreparation {
  /// The theme, and what is wrong with it.
  let theme: Beside<(Theme, [Diagnostic])>
  private let site: SiteConfiguration
  private let jobs: Int
  private var compiling: Beside<(Program?, [Diagnostic])>?

  /// Begins with the theme of a site.
  init(_ files: Beside<ThemeFiles>, _ site: SiteConfiguration, _ options: BuildOptions) {
    self.site = site
    jobs = options.jobs
    let isSearchable = options.program(of: site) != nil
    theme = Beside(jobs: jobs) {
      files.result.theme(
        languages: site.languages, look: site.look, isSearchable: isSearchable)
    }
  }

  /// Begins with the templates, unless that was done.
  @discardableResult mutating func compile() -> Beside<(Program?, [Diagnostic])> {
    if let compiling { return compiling }
    let (theme, fields) = (theme, site.fields)
    let begun = Beside(jobs: jobs) {
      let theme = theme.result.0
      return Templates.compile(
        files: theme.templates, schema: Schema.news(fields: fields, words: theme.declarations))
    }
    compiling = begun
    return begun
  }
}
