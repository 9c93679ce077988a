/// What templates ask of the front page, of listing pages and of the archive.
extension PageModel {
  mutating func front(_ member: FrontMember) -> Value {
    let front = publication.editions[Int(page.edition)].front
    switch member {
    case .lead: return front.lead.map { .object(ObjectRef($0)) } ?? .none
    case .top: return list(front.top.lazy.map { ObjectRef($0) })
    case .briefs: return list(front.briefs.lazy.map { ObjectRef($0) })
    case .strips:
      return list(
        front.strips.indices.lazy.map { [edition = page.edition] in
          ObjectRef(Int32(edition), Int32($0))
        })
    case .latest: return list(front.latest.lazy.map { ObjectRef($0) })
    case .untranslated: return list(front.untranslated.lazy.map { ObjectRef($0) })
    }
  }

  /// A strip is (the edition, its index on the front page).
  mutating func strip(_ member: StripMember, _ object: ObjectRef) -> Value {
    let strip = publication.editions[Int(object.a)].front.strips[Int(object.b)]
    switch member {
    case .section: return .object(ObjectRef(strip.section))
    case .stories: return list(strip.stories.lazy.map { ObjectRef($0) })
    }
  }

  // MARK: - Numbered pages

  /// The stories of the listing page that is being made, newest first.
  func listedStories() -> Value {
    let term = publication.terms[Int(page.index)]
    let places = Pagination(count: Int(term.stories.count)).places(ofPage: Int(page.number))
    return backwards(
      PoolRange(
        start: term.stories.start + UInt32(places.lowerBound), count: UInt32(places.count)))
  }

  /// The stories without a date that stand on the page that is being made.
  func listedUndated() -> Value {
    let term = publication.terms[Int(page.index)]
    let isShown =
      page.kind == .undated
      || (term.undatedPath.isEmpty && Int(page.number) == pageCount(of: term))
    return .list(
      ListRef(
        kind: ListKind.members.rawValue, owner: ObjectRef(Int32(term.undated.start)),
        count: isShown ? Int(term.undated.count) : 0))
  }

  /// The pager is that of the page that is being made.
  mutating func pager(_ member: PagerMember, _ scratch: inout Scratch) -> Value {
    let term = publication.terms[Int(page.index)]
    let count = pageCount(of: term)
    let number = page.kind == .undated ? 0 : Int(page.number)
    switch member {
    case .number: return .int(number)
    case .count: return .int(count)
    case .isNewest: return .bool(number == count)
    case .newest: return linkToList(term.path, &scratch)
    case .newer: return number > 0 && number < count ? linkToPage(number + 1, &scratch) : .none
    case .older: return number > 1 ? linkToPage(number - 1, &scratch) : .none
    case .pages:
      guard count > 1 else { return list([]) }
      let near = Swift.max(1, number - 2)...Swift.min(count, Swift.max(number, 1) + 2)
      // The number of the newest page stands on that page alone: it changes when a page is added.
      var shown = number == count ? [count] : []
      shown += near.reversed().filter { $0 != count && $0 != 1 }
      shown.append(1)
      return list(
        shown.indices.map { place in
          let isGap = place > 0 && shown[place - 1] != shown[place] + 1
          return ObjectRef(Int32(shown[place]), isGap ? 1 : 0)
        })
    case .undated:
      return page.kind == .undated || term.undatedPath.isEmpty
        ? .none : linkToList(term.undatedPath, &scratch)
    }
  }

  /// A link to a page is (its number, 1 where pages are left out before it).
  mutating func pageLink(
    _ member: PageLinkMember, _ object: ObjectRef, _ scratch: inout Scratch
  ) -> Value {
    switch member {
    case .number: .int(Int(object.a))
    case .link: linkToPage(Int(object.a), &scratch)
    case .isCurrent: .bool(page.kind == .listing && object.a == page.number)
    case .isGap: .bool(object.b == 1)
    }
  }

  private mutating func linkToPage(_ number: Int, _ scratch: inout Scratch) -> Value {
    let term = publication.terms[Int(page.index)]
    guard number < pageCount(of: term) else { return linkToList(term.path, &scratch) }
    json.removeAll()
    json.append(
      listing: publication.bytes(term.path), number: number,
      isFiles: publication.site.permalinks == .files)
    if page.isText { return textLink(to: json.slice, ofEdition: Int(term.edition), &scratch) }
    scratch.begin()
    appendLink(to: json.slice, &scratch)
    return .text(scratch.end())
  }

  /// The link to a page of the list that this page is of, in the edition that it is of.
  private mutating func linkToList(_ target: Text, _ scratch: inout Scratch) -> Value {
    page.isText
      ? textLink(to: target, ofEdition: Int(page.edition), &scratch) : link(to: target, &scratch)
  }

  // MARK: - The archive

  /// A month is its index.
  func month(_ member: MonthMember, _ index: Int32, _ scratch: inout Scratch) -> Value {
    let month = publication.months[Int(index)]
    switch member {
    case .name: return text(renderer.calendar.name(of: month).full)
    case .label: return text(renderer.calendar.name(of: month).label)
    case .link: return link(to: month.path, &scratch)
    case .count: return .int(Int(month.stories.count))
    case .year: return .int(Int(month.year))
    }
  }

  /// The years of this edition, newest first: (the index of the first month, how many there are).
  mutating func years() -> Value {
    let range = publication.editions[Int(page.edition)].months
    var years: [ObjectRef] = []
    for index in range {
      if let last = years.last,
        publication.months[Int(last.a)].year == publication.months[index].year
      {
        years[years.count - 1].b += 1
      } else {
        years.append(ObjectRef(Int32(index), 1))
      }
    }
    return list(years)
  }

  func year(_ member: YearMember, _ object: ObjectRef) -> Value {
    let months = Int(object.a)..<Int(object.a + object.b)
    switch member {
    case .year: return .int(Int(publication.months[Int(object.a)].year))
    case .count:
      return .int(months.reduce(0) { $0 + Int(publication.months[$1].stories.count) })
    case .months: return indexes(months)
    }
  }

  /// The days of the month that is being listed, newest first: (where in `members` the day's newest
  /// story is, how many it has).
  mutating func days() -> Value {
    let stories = publication.months[Int(page.index)].stories
    var days: [ObjectRef] = []
    var last = -1
    for place in stories.indices.reversed() {
      let instant = story(publication.members[place]).instant
      let day = publication.zone.civilTime(at: instant).date.day
      if day == last {
        days[days.count - 1].b += 1
      } else {
        days.append(ObjectRef(Int32(place), 1))
        last = day
      }
    }
    return list(days)
  }

  func day(_ member: DayMember, _ object: ObjectRef) -> Value {
    switch member {
    case .date: .date(story(publication.members[Int(object.a)]).instant)
    case .stories:
      .list(
        ListRef(
          kind: ListKind.membersBackwards.rawValue, owner: ObjectRef(object.a),
          count: Int(object.b)))
    }
  }
}
