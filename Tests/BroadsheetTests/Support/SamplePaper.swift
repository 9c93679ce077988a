/// A small site with a page of every kind, in two languages.
enum SamplePaper {
  /// What its `site.yaml` says.
  static let configuration = """
    title: { en: The Shore, ru: Берег }
    description: News from the quay
    url: https://a.example/paper/
    languages: [en, ru]
    timezone: Asia/Baku
    sections:
      - { slug: politics, name: { en: Politics, ru: Политика }, description: The council }
    authors:
      leyla: { name: Leyla Aliyeva, role: Editor, bio: She edits., email: leyla@a.example }
    navigation:
      - { title: About us, link: pages/about.md }
    feeds: { formats: [rss, atom, json] }
    tag-authority: a.example,2020
    copyright: © The Shore
    review: desk@a.example

    """

  /// Its files.
  static let files: [String: String] = [
    "politics/talks.md": """
    ---
    title: Talks on the "port" & <quay>
    date: 2024-10-03 18:40
    updated: 2024-10-04 09:00
    tags: [Port, Council]
    authors: [leyla, Rauf Kazimzade]
    summary: They met & <talked>.
    kicker: The harbour
    dateline: Baku
    image: { src: ../media/port.svg, alt: The port, caption: At dusk, credit: R. Kazimzade }
    aliases: [/old/talks]
    corrections:
      - { date: 2024-10-05, text: The port has 12 cranes, material: true }
      - { date: 2024-10-06 08:30, text: The year was 1999 }
    sources: [The minutes]
    ---
    The council met, see [the votes](votes.md#how-they-voted) and [below](#after).

    ![Two cranes](../media/port.svg "Cranes")

    ## After

    Nobody *knows* ]]> more. See [us](../pages/about.md) or <https://b.example/?a=1&b=2>.
    """,
    "politics/votes.md": """
    ---
    title: The votes
    date: 2024-10-02
    tags: [Council]
    ---
    They voted.

    ## How they voted

    By hand.
    """,
    "politics/peregovory.md": """
    ---
    title: Переговоры
    date: 2024-10-04 10:00
    language: ru
    translation-of: politics/talks
    tags: [Порт]
    authors: [leyla]
    ---
    Совет собрался.
    """,
    "politics/forged.md": """
    ---
    title: Forged
    date: 2024-10-01
    status: retracted
    reason: The minutes were forged.
    ---
    They said so.
    """,
    "city/strike.txt": "Ferry strike\nFerry strike\nThe ferries stand still.\nCity\n-\nA brief.\n",
    "pages/about.md": "---\ntitle: About us\n---\nWe are [here](../politics/votes.md).\n",
    "media/port.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"480\"/>",
    "static/favicon.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "static/logo.png": "A logo",
  ]

  /// The site.
  static func site() throws -> TemporarySite {
    try TemporarySite(files, configuration: configuration)
  }
}
