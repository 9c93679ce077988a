/// The members of `Article`.
enum ArticleMember: Int, NewsMember {
  case title = 0
  case pageTitle, link, url, id, section, kicker, dateline, summary, standfirst, body, authors
  case tags, date, hasTime, updated, updatedHasTime, image, corrections, materialCorrections,
    otherCorrections
  case sources, wordCount, readingMinutes, priority, previous, next, related, more, reviewLink
  case reason, structuredData, language, direction, translations, canonical, fields, isWire
  case isDraft, textLink
  case reviewForm, reviews, reviewCount, averageStars

  var declaration: MemberDeclaration {
    switch self {
    case .title: MemberDeclaration(.string, "The headline.", synonyms: ["headline", "name"])
    case .pageTitle:
      MemberDeclaration(
        .string,
        "The title for the `title` element, where a wire file has another than its headline.")
    case .link: MemberDeclaration(.url, "The story's page.", synonyms: ["href", "permalink"])
    case .url: MemberDeclaration(.optional(.url), "The story's address.")
    case .id: MemberDeclaration(.string, "The permanent id.")
    case .section: MemberDeclaration(NewsType.section.type, "The section it is filed under.")
    case .kicker: MemberDeclaration(.optional(.string), "A word or two over the headline.")
    case .dateline: MemberDeclaration(.optional(.string), "Where it was filed.")
    case .summary:
      MemberDeclaration(
        .string,
        "The line under the headline; else the first paragraph's text.",
        synonyms: ["description", "excerpt"])
    case .standfirst:
      MemberDeclaration(
        .optional(.string),
        "The line under the headline; nil where the story gives none of its own.")
    case .body: MemberDeclaration(.html, "The text.", synonyms: ["content", "text"])
    case .authors:
      MemberDeclaration(
        .list(NewsType.author.type),
        "Who wrote it.",
        synonyms: ["author", "byline"])
    case .tags:
      MemberDeclaration(
        .list(NewsType.tag.type),
        "What it is filed under.",
        synonyms: ["keywords"])
    case .date:
      MemberDeclaration(
        .optional(.date),
        "When it was published; nil for undated wire copy.",
        synonyms: ["published"])
    case .hasTime: MemberDeclaration(.bool, "Whether the date names a time of day.")
    case .updated:
      MemberDeclaration(
        .optional(.date),
        "When its text last changed.",
        synonyms: ["modified"])
    case .updatedHasTime:
      MemberDeclaration(.bool, "Whether `updated` names a time of day.")
    case .image:
      MemberDeclaration(
        .optional(NewsType.image.type),
        "The lead picture.",
        synonyms: ["picture", "photo"])
    case .corrections:
      MemberDeclaration(
        .list(NewsType.correction.type),
        "All notes of what was changed, oldest first.")
    case .materialCorrections:
      MemberDeclaration(
        .list(NewsType.correction.type),
        "Those that change what the story says: they stand above the text.")
    case .otherCorrections:
      MemberDeclaration(
        .list(NewsType.correction.type),
        "Those that do not.")
    case .sources: MemberDeclaration(.list(.string), "Where the facts come from.")
    case .wordCount: MemberDeclaration(.int, "How many words the text has.")
    case .readingMinutes: MemberDeclaration(.int, "How many minutes it takes to read, at least 1.")
    case .priority:
      MemberDeclaration(
        .optional(.int),
        "How much it weighs on the front page, 1 (most) to 9.")
    case .previous:
      MemberDeclaration(
        .optional(NewsType.article.type),
        "The story before it in its section.")
    case .next:
      MemberDeclaration(
        .optional(NewsType.article.type),
        "The story after it in its section.")
    case .related:
      MemberDeclaration(
        .list(NewsType.article.type),
        "Up to four earlier stories that are most like it.")
    case .more:
      MemberDeclaration(
        .list(NewsType.brief.type),
        "The section block: a wire file's own briefs, else four ledes of the section.",
        synonyms: ["briefs"])
    case .reviewLink: MemberDeclaration(.optional(.url), "Where \"Leave a review\" leads.")
    case .reviewForm:
      MemberDeclaration(
        .optional(.url),
        "Where a form with the fields of a review posts to; nil where reviews come by mail.")
    case .reviews:
      MemberDeclaration(
        .list(NewsType.review.type),
        "What readers say of it, newest first: up to \(Review.shownLimit).",
        synonyms: ["comments"])
    case .reviewCount: MemberDeclaration(.int, "How many reviews it has.")
    case .averageStars:
      MemberDeclaration(
        .optional(.string),
        "The average of the stars that readers give it, such as `4.5`; nil for none.")
    case .reason: MemberDeclaration(.optional(.string), "Why it was retracted.")
    case .structuredData:
      MemberDeclaration(
        .html,
        "`NewsArticle` as JSON-LD, with its `script` element.")
    case .language: MemberDeclaration(.string, "Its language, BCP 47.")
    case .direction: MemberDeclaration(.string, "`ltr` or `rtl`.")
    case .translations:
      MemberDeclaration(
        .list(NewsType.editionLink.type),
        "The same story in other languages.")
    case .canonical:
      MemberDeclaration(
        .optional(.url),
        "The address of the original, where it was published elsewhere first.")
    case .fields: MemberDeclaration(NewsType.fields.type, "The site's own fields.")
    case .isWire: MemberDeclaration(.bool, "Whether it came as plain wire copy.")
    case .textLink:
      MemberDeclaration(
        .optional(.url),
        "The story's page in the text edition, where the site has one.")
    case .isDraft:
      MemberDeclaration(
        .bool,
        "Whether readers do not see it yet: shown only with `--drafts`.")
    }
  }
}

/// The members of `Brief`.
enum BriefMember: Int, NewsMember {
  case text = 0
  case title, link

  var declaration: MemberDeclaration {
    switch self {
    case .text: MemberDeclaration(.string, "The lede.")
    case .title:
      MemberDeclaration(
        .optional(.string),
        "The headline of the story whose lede it is.")
    case .link: MemberDeclaration(.optional(.url), "That story's page.")
    }
  }
}

/// The members of `Image`.
enum ImageMember: Int, NewsMember {
  case link = 0
  case url, alt, caption, credit, width, height, sources, srcset

  var declaration: MemberDeclaration {
    switch self {
    case .link: MemberDeclaration(.url, "The picture's file.", synonyms: ["src"])
    case .url: MemberDeclaration(.optional(.url), "The address of that.")
    case .alt: MemberDeclaration(.string, "What it shows.")
    case .caption: MemberDeclaration(.optional(.string), "The line under it.")
    case .credit: MemberDeclaration(.optional(.string), "Who made it.")
    case .width: MemberDeclaration(.optional(.int), "Its width in pixels, where it is known.")
    case .height: MemberDeclaration(.optional(.int), "Its height in pixels, where it is known.")
    case .sources:
      MemberDeclaration(
        .list(NewsType.imageSource.type),
        "The formats that browsers may choose instead of `link`, the best first; empty where the "
          + "picture is copied as it is.")
    case .srcset:
      MemberDeclaration(
        .optional(.sourceSet), "The widths of `link`, for its `srcset`, where there are several.")
    }
  }
}

/// The members of `ImageSource`.
enum ImageSourceMember: Int, NewsMember {
  case type = 0
  case srcset

  var declaration: MemberDeclaration {
    switch self {
    case .type: MemberDeclaration(.string, "Its media type: `image/avif` or `image/webp`.")
    case .srcset: MemberDeclaration(.sourceSet, "Its files with their widths.")
    }
  }
}

/// The members of `Correction`.
enum CorrectionMember: Int, NewsMember {
  case date = 0
  case hasTime, text, isMaterial

  var declaration: MemberDeclaration {
    switch self {
    case .date: MemberDeclaration(.date, "When it was made.")
    case .hasTime: MemberDeclaration(.bool, "Whether the date names a time of day.")
    case .text: MemberDeclaration(.string, "What was wrong and what is right.")
    case .isMaterial: MemberDeclaration(.bool, "Whether it changes what the story says.")
    }
  }
}

/// The members of `Review`.
enum ReviewMember: Int, NewsMember {
  case name = 0
  case date, stars, paragraphs

  var declaration: MemberDeclaration {
    switch self {
    case .name: MemberDeclaration(.string, "Who wrote it.", synonyms: ["author"])
    case .date: MemberDeclaration(.date, "When it was written.")
    case .stars: MemberDeclaration(.optional(.int), "How many stars of five it gives.")
    case .paragraphs:
      MemberDeclaration(
        .list(.string), "The text, which is plain.", synonyms: ["text", "body"])
    }
  }
}

/// The members of `Document`.
enum DocumentMember: Int, NewsMember {
  case title = 0
  case body, summary, updated

  var declaration: MemberDeclaration {
    switch self {
    case .title: MemberDeclaration(.string, "The title.")
    case .body: MemberDeclaration(.html, "The text.")
    case .summary:
      MemberDeclaration(
        .optional(.string),
        "The line under the title, where there is one.")
    case .updated: MemberDeclaration(.optional(.date), "When its text last changed.")
    }
  }
}
