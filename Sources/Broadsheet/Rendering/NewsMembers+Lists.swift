/// The members of `Month`.
enum MonthMember: Int, NewsMember {
  case name = 0
  case label, link, count, year

  var declaration: MemberDeclaration {
    switch self {
    case .name: MemberDeclaration(.string, "The month and its year: \"October 2024\".")
    case .label: MemberDeclaration(.string, "The month's name alone: \"October\".")
    case .link: MemberDeclaration(.url, "Its page.")
    case .count: MemberDeclaration(.int, "How many stories it has.")
    case .year: MemberDeclaration(.int, "Its year.")
    }
  }
}

/// The members of `Year`.
enum YearMember: Int, NewsMember {
  case year = 0
  case count, months

  var declaration: MemberDeclaration {
    switch self {
    case .year: MemberDeclaration(.int, "The year.")
    case .count: MemberDeclaration(.int, "How many stories it has.")
    case .months:
      MemberDeclaration(
        .list(NewsType.month.type),
        "Its months that have stories, newest first.")
    }
  }
}

/// The members of `Day`.
enum DayMember: Int, NewsMember {
  case date = 0
  case stories

  var declaration: MemberDeclaration {
    switch self {
    case .date: MemberDeclaration(.date, "The day.")
    case .stories: MemberDeclaration(.list(NewsType.article.type), "Its stories, newest first.")
    }
  }
}

/// The members of `Front`.
enum FrontMember: Int, NewsMember {
  case lead = 0
  case top, briefs, strips, latest, untranslated

  var declaration: MemberDeclaration {
    switch self {
    case .lead: MemberDeclaration(.optional(NewsType.article.type), "The lead.")
    case .top: MemberDeclaration(.list(NewsType.article.type), "The top stories.")
    case .briefs: MemberDeclaration(.list(NewsType.article.type), "The briefs.")
    case .strips: MemberDeclaration(.list(NewsType.strip.type), "A strip a section.")
    case .latest:
      MemberDeclaration(
        .list(NewsType.article.type),
        "The latest of all others, newest first.")
    case .untranslated:
      MemberDeclaration(
        .list(NewsType.article.type),
        "In an edition that is not the first: the newest stories of the first that are not "
          + "translated yet.")
    }
  }
}

/// The members of `Strip`.
enum StripMember: Int, NewsMember {
  case section = 0
  case stories

  var declaration: MemberDeclaration {
    switch self {
    case .section: MemberDeclaration(NewsType.section.type, "The section.")
    case .stories: MemberDeclaration(.list(NewsType.article.type), "Its stories, newest first.")
    }
  }
}

/// The members of `Pager`.
enum PagerMember: Int, NewsMember {
  case number = 0
  case count, isNewest, newest, newer, older, pages, undated

  var declaration: MemberDeclaration {
    switch self {
    case .number:
      MemberDeclaration(
        .int,
        "This page's number; 1 is the page of the oldest stories.")
    case .count: MemberDeclaration(.int, "How many pages there are.")
    case .isNewest: MemberDeclaration(.bool, "Whether this is the page of the newest stories.")
    case .newest: MemberDeclaration(.url, "The page of the newest stories.")
    case .newer: MemberDeclaration(.optional(.url), "The next page towards the newest.")
    case .older: MemberDeclaration(.optional(.url), "The next page towards the oldest.")
    case .pages:
      MemberDeclaration(
        .list(NewsType.pageLink.type),
        "Links to the nearest pages and the oldest, newest first; the newest is `newest`.")
    case .undated:
      MemberDeclaration(
        .optional(.url),
        "The page of a section's stories without a date, where they have one of their own.")
    }
  }
}

/// The members of `PageLink`.
enum PageLinkMember: Int, NewsMember {
  case number = 0
  case link, isCurrent, isGap

  var declaration: MemberDeclaration {
    switch self {
    case .number: MemberDeclaration(.int, "The page's number.")
    case .link: MemberDeclaration(.url, "The page.")
    case .isCurrent: MemberDeclaration(.bool, "Whether it is this page.")
    case .isGap: MemberDeclaration(.bool, "Whether pages are left out before it.")
    }
  }
}
