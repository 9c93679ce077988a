/// What templates ask of reviews; a review is (its index in the archive, its story).
extension PageModel {
  /// A story's reviews, newest first.
  mutating func reviews(of story: Int32) -> Value {
    guard let reviews = publication.reviews[story] else { return list([]) }
    return list(
      reviews.shown.indices.lazy.map { [publication] in
        ObjectRef(publication.reviews.order[$0], story)
      })
  }

  /// The average of a story's stars, as its language writes numbers: "4.5".
  func averageStars(of story: Int32, _ scratch: inout Scratch) -> Value {
    guard let tenths = publication.reviews[story]?.averageInTenths else { return .none }
    scratch.begin()
    scratch.append(number: tenths / 10)
    if tenths % 10 != 0 {
      scratch.append(publication.bytes(shared.decimalMark))
      scratch.append(number: tenths % 10)
    }
    return .text(scratch.end())
  }

  func review(_ member: ReviewMember, _ index: Int32) -> Value {
    let review = publication.archive.reviews[Int(index)]
    switch member {
    case .name: return text(review.name)
    case .date: return .date(review.date)
    case .stars: return review.stars == 0 ? .none : .int(Int(review.stars))
    case .paragraphs: return texts(review.paragraphs)
    }
  }

  /// Where the form of a review posts to; nothing where reviews are sent by mail.
  func reviewForm() -> Value {
    let address = publication.bytes(renderer.reviewAddress)
    return address.isWebAddress ? .text(address) : .none
  }

  /// Appends a story's reviews to its structured data.
  ///
  /// They are `comment`, whether they give stars or not: search engines take `review` and
  /// `aggregateRating` of products, books and the like alone, and call them a fault in a
  /// `NewsArticle`.
  mutating func appendReviewData(of story: Int32, _ scratch: inout Scratch) {
    guard let reviews = publication.reviews[story] else { return }
    json.append(",\"commentCount\":")
    json.append(number: Int(reviews.count))
    json.append(",\"comment\":[")
    for place in reviews.shown.indices {
      if place > Int(reviews.shown.start) { json.append(",") }
      let review = publication.archive.reviews[Int(publication.reviews.order[place])]
      json.append("{\"@type\":\"Comment\",\"author\":{\"@type\":\"Person\",\"name\":")
      appendString(review.name)
      json.append("}")
      property("datePublished", moment: review.date, &scratch)
      json.append(",\"text\":\"")
      for paragraph in review.paragraphs.indices {
        if paragraph > Int(review.paragraphs.start) { json.append("\\n\\n") }
        json.append(json: publication.bytes(publication.archive.texts[paragraph]))
      }
      json.append("\"}")
    }
    json.append("]")
  }
}

extension ByteSlice {
  /// Whether what `review` in `site.yaml` says is a web address, not one for mail.
  var isWebAddress: Bool { hasPrefix("http://") || hasPrefix("https://") }
}
