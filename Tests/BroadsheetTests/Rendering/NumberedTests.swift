import Testing

@testable import Broadsheet

@Suite("The numbers of the schema") struct NumberedTests {
  private func check<Member: NewsMember & Equatable>(_: Member.Type) {
    for (number, member) in Member.allCases.enumerated() {
      #expect(member.rawValue == number)
      #expect(Member(number: UInt16(number)) == member)
    }
  }

  @Test("stand for what was declared at that place") func places() {
    for (number, type) in NewsType.allCases.enumerated() {
      #expect(Int(type.rawValue) == number)
      #expect(NewsType(number: UInt16(number)) == type)
    }
    check(ArticleMember.self)
    check(BriefMember.self)
    check(ImageMember.self)
    check(ImageSourceMember.self)
    check(CorrectionMember.self)
    check(ReviewMember.self)
    check(DocumentMember.self)
    check(MonthMember.self)
    check(YearMember.self)
    check(DayMember.self)
    check(FrontMember.self)
    check(StripMember.self)
    check(PagerMember.self)
    check(PageLinkMember.self)
    check(SiteMember.self)
    check(PageMember.self)
    check(SectionMember.self)
    check(TagMember.self)
    check(AuthorMember.self)
    check(LinkMember.self)
    check(FeedMember.self)
    check(EditionLinkMember.self)
    check(AlternateMember.self)
  }
}
