/// The members of `Site`.
enum SiteMember: Int, NewsMember {
  case title = 0
  case description, language, home, url, sections, navigation, editions, tagsLink, authorsLink
  case archiveLink, feeds, copyright, stylesheet, icon, tdmReservation, paperColor, darkPaperColor
  case textLink, searchLink, searchFolder, searchParts, searchScript

  var isShared: Bool { true }

  var declaration: MemberDeclaration {
    switch self {
    case .title: MemberDeclaration(.string, "The paper's name.")
    case .description:
      MemberDeclaration(
        .string,
        "What the paper is, in a sentence; empty where `site.yaml` says nothing.")
    case .language: MemberDeclaration(.string, "The edition's language, BCP 47.")
    case .home: MemberDeclaration(.url, "The front page of the edition.")
    case .url:
      MemberDeclaration(
        .optional(.url),
        "The address of the front page; nil where `site.yaml` gives no `url`.")
    case .sections:
      MemberDeclaration(
        .list(NewsType.section.type),
        "The sections that have stories, in the paper's order.")
    case .navigation:
      MemberDeclaration(
        .list(NewsType.link.type),
        "The links of `navigation` in `site.yaml`.")
    case .editions:
      MemberDeclaration(
        .list(NewsType.editionLink.type),
        "The editions of all languages, this one among them; empty where there is one only.")
    case .tagsLink: MemberDeclaration(.optional(.url), "The list of tags, where there are any.")
    case .authorsLink:
      MemberDeclaration(
        .optional(.url),
        "The list of authors, where there are any.")
    case .archiveLink:
      MemberDeclaration(
        .optional(.url),
        "The archive by month, where there is one.")
    case .feeds: MemberDeclaration(.list(NewsType.feed.type), "The feeds of the whole edition.")
    case .copyright: MemberDeclaration(.optional(.string), "The line of rights.")
    case .stylesheet: MemberDeclaration(.url, "The theme's style sheet.")
    case .icon:
      MemberDeclaration(
        .optional(.url),
        "The site's icon: `favicon.svg`, `.png` or `.ico` under `static/`.")
    case .tdmReservation:
      MemberDeclaration(
        .optional(.int),
        "1 where the rights of text and data mining are reserved, 0 where they are not, for "
          + "`<meta name=\"tdm-reservation\">`; nil where `site.yaml` says nothing of `rights`.")
    case .textLink:
      MemberDeclaration(
        .optional(.url),
        "The front page of the text edition, where the site has one.")
    case .searchLink:
      MemberDeclaration(
        .optional(.url),
        "The page that readers search on, where the site has one.")
    case .searchFolder:
      MemberDeclaration(
        .optional(.url),
        "The folder of the edition's search indexes, where the site has them.")
    case .searchParts:
      MemberDeclaration(
        .string,
        "The folders of the single indexes in that, that of the newest stories first, with a space "
          + "after each but the last.")
    case .searchScript:
      MemberDeclaration(
        .optional(.url),
        "The script `search.js` of the theme, where the site can be searched.")
    case .paperColor:
      MemberDeclaration(.string, "The colour of the paper, for `theme-color`.")
    case .darkPaperColor: MemberDeclaration(.string, "The same where it is shown dark.")
    }
  }
}

/// The members of `Page`.
enum PageMember: Int, NewsMember {
  case kind = 0
  case title, headline, description, url, language, direction, isIndexed, feeds, alternates
  case image, openGraphType, trail, structuredData, section
  case textLink, wholeLink, isText

  var isShared: Bool {
    switch self {
    case .kind, .language, .direction, .isIndexed, .openGraphType, .section, .isText: true
    default: false
    }
  }

  var declaration: MemberDeclaration {
    switch self {
    case .kind:
      MemberDeclaration(
        .string,
        "What is made: `front`, `section`, `article`, `tag`, `tags`, `author`, `authors`, "
          + "`archive`, `month`, `page`, `search`, `retracted`, `alias` or `notfound`.")
    case .title: MemberDeclaration(.string, "The whole text for the `title` element.")
    case .headline: MemberDeclaration(.string, "The page's own name, without the paper's.")
    case .description:
      MemberDeclaration(
        .optional(.string),
        "What the page holds, in a sentence, for search engines.")
    case .url: MemberDeclaration(.optional(.url), "The canonical address.")
    case .language: MemberDeclaration(.string, "The page's language, BCP 47.")
    case .direction: MemberDeclaration(.string, "`ltr` or `rtl`.")
    case .isIndexed: MemberDeclaration(.bool, "Whether search engines may list the page.")
    case .feeds: MemberDeclaration(.list(NewsType.feed.type), "The feeds that belong to the page.")
    case .alternates:
      MemberDeclaration(
        .list(NewsType.alternate.type),
        "The page's translations with their addresses, itself among them.")
    case .image: MemberDeclaration(.optional(NewsType.image.type), "The picture for social cards.")
    case .openGraphType: MemberDeclaration(.string, "`article` or `website`.")
    case .trail:
      MemberDeclaration(
        .list(NewsType.link.type),
        "The pages above this one, from the front page down.")
    case .structuredData:
      MemberDeclaration(
        .html,
        "JSON-LD for search engines, with its `script` elements.")
    case .section:
      MemberDeclaration(
        .optional(NewsType.section.type),
        "The section that the page belongs to.")
    case .textLink:
      MemberDeclaration(
        .optional(.url),
        "The page of the text edition that says the same, where there is one.")
    case .wholeLink:
      MemberDeclaration(
        .optional(.url),
        "On a page of the text edition: the page that says the same, with pictures.")
    case .isText: MemberDeclaration(.bool, "Whether the page is of the text edition.")
    }
  }
}

/// The members of `Section`.
enum SectionMember: Int, NewsMember {
  case name = 0
  case slug, description, link, url, count, stories, feeds, isCurrent, textLink

  var isShared: Bool {
    switch self {
    case .name, .slug, .description, .link, .url, .isCurrent, .textLink: true
    case .count, .stories, .feeds: false
    }
  }

  var declaration: MemberDeclaration {
    switch self {
    case .name: MemberDeclaration(.string, "Its name.", synonyms: ["title"])
    case .slug: MemberDeclaration(.string, "Its name in addresses.")
    case .description: MemberDeclaration(.optional(.string), "What it covers.")
    case .link: MemberDeclaration(.url, "Its page of newest stories.")
    case .url: MemberDeclaration(.optional(.url), "The address of that.")
    case .count: MemberDeclaration(.int, "How many stories it has.")
    case .stories:
      MemberDeclaration(
        .list(NewsType.article.type),
        "Its stories, newest first.",
        synonyms: ["articles"])
    case .feeds: MemberDeclaration(.list(NewsType.feed.type), "Its feeds.")
    case .isCurrent: MemberDeclaration(.bool, "Whether this page belongs to it.")
    case .textLink:
      MemberDeclaration(
        .optional(.url),
        "Its page of newest stories in the text edition, where the site has one.")
    }
  }
}

/// The members of `Tag`.
enum TagMember: Int, NewsMember {
  case name = 0
  case slug, description, link, url, count, stories, feeds

  var declaration: MemberDeclaration {
    switch self {
    case .name: MemberDeclaration(.string, "Its name.", synonyms: ["title"])
    case .slug: MemberDeclaration(.string, "Its name in addresses.")
    case .description: MemberDeclaration(.optional(.string), "What it stands for.")
    case .link: MemberDeclaration(.url, "Its page of newest stories.")
    case .url: MemberDeclaration(.optional(.url), "The address of that.")
    case .count: MemberDeclaration(.int, "How many stories it has.")
    case .stories:
      MemberDeclaration(
        .list(NewsType.article.type),
        "Its stories, newest first.",
        synonyms: ["articles"])
    case .feeds: MemberDeclaration(.list(NewsType.feed.type), "Its feeds.")
    }
  }
}

/// The members of `Author`.
enum AuthorMember: Int, NewsMember {
  case name = 0
  case slug, role, bio, email, mail, link, url, count, stories, feeds

  var declaration: MemberDeclaration {
    switch self {
    case .name: MemberDeclaration(.string, "The author's name.", synonyms: ["title"])
    case .slug: MemberDeclaration(.string, "The author's name in addresses.")
    case .role: MemberDeclaration(.optional(.string), "What the author does at the paper.")
    case .bio: MemberDeclaration(.optional(.string), "A few sentences on the author.")
    case .email: MemberDeclaration(.optional(.string), "Where readers can write.")
    case .mail: MemberDeclaration(.optional(.url), "The same as a `mailto:` link.")
    case .link: MemberDeclaration(.url, "The author's page of newest stories.")
    case .url: MemberDeclaration(.optional(.url), "The address of that.")
    case .count: MemberDeclaration(.int, "How many stories the author has.")
    case .stories:
      MemberDeclaration(
        .list(NewsType.article.type),
        "The author's stories, newest first.",
        synonyms: ["articles"])
    case .feeds: MemberDeclaration(.list(NewsType.feed.type), "The author's feeds.")
    }
  }
}

/// The members of `Link`.
enum LinkMember: Int, NewsMember {
  case title = 0
  case link, isCurrent

  var isShared: Bool { true }

  var declaration: MemberDeclaration {
    switch self {
    case .title: MemberDeclaration(.string, "What it says.", synonyms: ["name"])
    case .link: MemberDeclaration(.url, "Where it leads.", synonyms: ["href", "url"])
    case .isCurrent: MemberDeclaration(.bool, "Whether it leads to this page.")
    }
  }
}

/// The members of `Feed`.
enum FeedMember: Int, NewsMember {
  case title = 0
  case link, url, type

  var isShared: Bool { true }

  var declaration: MemberDeclaration {
    switch self {
    case .title: MemberDeclaration(.string, "The feed's name.")
    case .link: MemberDeclaration(.url, "The feed's file.")
    case .url: MemberDeclaration(.url, "The feed's address.")
    case .type: MemberDeclaration(.string, "Its media type.")
    }
  }
}

/// The members of `EditionLink`.
enum EditionLinkMember: Int, NewsMember {
  case name = 0
  case title, language, direction, link, isCurrent

  var isShared: Bool { true }

  var declaration: MemberDeclaration {
    switch self {
    case .name: MemberDeclaration(.string, "The language's own name.")
    case .title:
      MemberDeclaration(
        .string,
        "The translation's headline; else the language's own name.")
    case .language: MemberDeclaration(.string, "The language, BCP 47.")
    case .direction: MemberDeclaration(.string, "`ltr` or `rtl`.")
    case .link:
      MemberDeclaration(
        .url,
        "The same page in that language; where there is none, the front page.")
    case .isCurrent: MemberDeclaration(.bool, "Whether it is this page's language.")
    }
  }
}

/// The members of `Alternate`.
enum AlternateMember: Int, NewsMember {
  case language = 0
  case url

  var declaration: MemberDeclaration {
    switch self {
    case .language: MemberDeclaration(.string, "The language, BCP 47, or `x-default`.")
    case .url: MemberDeclaration(.url, "The address.")
    }
  }
}
