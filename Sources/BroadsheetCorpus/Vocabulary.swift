/// The words that the corpus is written with: a port and its hinterland, none of which exist.
enum Vocabulary {
  /// The sections, as folder and name, the busiest first.
  static let sections = [
    (slug: "city", name: "City"), (slug: "politics", name: "Politics"),
    (slug: "business", name: "Business"), (slug: "sport", name: "Sport"),
    (slug: "culture", name: "Culture"), (slug: "region", name: "Region"),
    (slug: "science", name: "Science"), (slug: "comment", name: "Comment"),
  ]

  static let places = [
    "Gilavar Bay", "Köhnə Liman", "Narımabad", "Ashbourne Quay", "Upper Saltmarsh", "Dəniz Qapısı",
    "Winterhaven", "Tamarisk Hill", "Lower Ferry", "Şirvan Gate", "Marlow Sands", "Cape Aldra",
    "Yasəmən Valley", "Brackwater", "Tern Island", "Sərin Bulaq", "East Causeway",
    "Old Customs Row",
    "Porto Verde", "Küləkli", "Limekiln Lane", "Heron Wharf",
  ]

  static let people = [
    "Mayor Sona Ağalarova", "harbour master Joris Peeters", "Councillor Edwin Marsh",
    "engineer Rəna Talıbova", "the historian Miro Castellan", "Judge Hədiyyə Nəcəfli",
    "union secretary Pavel Dorn", "head teacher Abigail Frost", "the painter Toğrul Şahin",
    "Dr Ingrid Sölver", "coach Bəhruz Salahov", "ferry captain Noor Rahimi",
    "the economist Clara Whitfield", "fire chief Anton Reyes", "botanist Lalə Muradova",
    "treasurer Oskar Lindqvist", "the novelist Zenobia Hart", "planner Fikrət Daşdəmirli",
    "shopkeeper Marta O’Neill", "Professor Emil Vargas",
  ]

  static let bodies = [
    "the city council", "the port authority", "the transport board", "the chamber of commerce",
    "the appeals court", "the water company", "the teachers’ union", "the regional assembly",
    "the museum trust", "the housing office", "the fishing cooperative", "the election committee",
    "the audit office", "the university senate", "Saltmarsh & Sons", "the weather service",
    "the athletics club", "the planning inspectorate", "the savings bank", "the coast guard",
  ]

  static let matters = [
    "the breakwater", "the tram extension", "the rent ceiling", "the night ferry",
    "the fish market",
    "the school roofs", "the flood barrier", "the reading rooms", "the winter budget",
    "the bus timetable", "the old observatory", "the stadium lease", "the clean air zone",
    "the harbour dues", "the orchard terraces", "the railway museum", "the bridge toll",
    "the summer festival", "the hospital wing", "the street lamps", "the drinking fountains",
    "the youth orchestra", "the lighthouse fund", "the cycle path",
  ]

  static let verbs = [
    "postpone", "approve", "rebuild", "inspect", "pay for", "defend", "reconsider", "close",
    "reopen", "survey", "share", "double", "sell", "rescue", "modernise", "list", "shorten",
  ]

  static let qualities = [
    "cautious", "overdue", "generous", "disputed", "provisional", "unusually frank", "modest",
    "costly", "popular", "half-finished", "well-tested", "temporary", "joint", "binding", "secret",
    "ambitious", "written",
  ]

  static let things = [
    "estimates", "promises", "repairs", "contracts", "objections", "measurements", "petitions",
    "minutes", "tenders", "rehearsals", "forecasts", "permits", "receipts", "hearings", "drawings",
    "apprenticeships",
  ]

  static let asides = [
    "although nobody had asked for it", "before the first frost",
    "after a vote that took two hours",
    "as the tide tables had suggested", "with hardly a word of thanks",
    "for the third year in a row",
    "in spite of the wind", "while the gallery looked on", "to the relief of the neighbours",
    "according to papers seen by this newspaper", "at a price that is still being argued over",
    "without waiting for the auditors", "much as their grandparents had done",
    "when the last boat had gone", "since the spring storms", "to everybody’s surprise but his own",
  ]

  static let saying = [
    "said", "told the meeting", "wrote in a letter", "answered", "admitted", "repeated", "warned",
    "told this newspaper",
  ]

  static let days = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// What stands in other tongues and scripts in the middle of a sentence.
  static let quotations = [
    "“sahil hamınındır”", "«тихая гавань»", "“günaydın, liman”", "„Morgen ist auch ein Tag“",
    "«vent d’est»", "“dəniz qocalmır”", "«порт семи ветров»", "“el mar no espera”",
  ]

  /// 60 authors, each a different pair of names.
  static let authors: [String] = {
    let given = [
      "Aynur", "Bastian", "Celia", "Davud", "Esmira", "Felix", "Gunnar", "Həcər", "Ilse", "Jamal",
      "Kəmalə", "Louis", "Mirvari", "Nils", "Ofelya", "Piet", "Rufət", "Sabine", "Tofiq", "Ulrike",
    ]
    let family = [
      "Abdulov", "Brandt", "Cəfərzadə", "Dunne", "Eyvazlı", "Fontaine", "Güləliyev", "Hartmann",
      "İbadova", "Jensen", "Kazımlı", "Larkin", "Mirzəyeva", "Nolan", "Orucov", "Pashayeva",
      "Quinn", "Rosenthal", "Səfərli", "Trevisan", "Udalov", "Vəlizadə", "Westergaard", "Xəlilova",
      "Yates", "Zamanlı", "Ashby", "Bağırzadə", "Corrigan", "Delacroix",
    ]
    return (0..<60).map { "\(given[$0 % given.count]) \(family[$0 % family.count])" }
  }()

  /// 500 tags: first subjects, then a subject at a place.
  static let tags: [String] = {
    let subjects = [
      "Council", "Harbour", "Schools", "Housing", "Football", "Trams", "Budget", "Weather",
      "Courts",
      "Ferries", "Theatre", "Hospitals", "Fishing", "Elections", "Rents", "Museums", "Police",
      "Water", "Energy", "Roads", "Music", "Universities", "Trade", "Taxes", "Festivals", "Parks",
      "Chess", "Sailing", "Libraries", "Archaeology", "Markets", "Railways", "Pensions", "Cinema",
      "Farming", "Birds", "Shipping", "Storms", "Cycling", "Astronomy", "Bridges", "Bakeries",
      "Rowing", "Wages", "Tourism", "Tunnels", "Poetry", "Charities", "Radio", "Health & safety",
      "Glass", "Printing", "Orchards", "Lighthouses", "Boxing", "Beaches", "Vaccines", "Recycling",
      "Opinion polls", "Obituaries",
    ]
    let local = [
      "planning", "schools", "traffic", "history", "housing", "sport", "shops", "music", "nature",
      "politics", "water", "crime", "food", "jobs", "parks", "art", "buses", "health", "weather",
      "charity",
    ]
    var tags = subjects
    for number in 0..<(500 - subjects.count) {
      tags.append("\(places[number % places.count]) \(local[number / places.count])")
    }
    return tags
  }()
}
