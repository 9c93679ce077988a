"""Random edits of what readers say of the stories, and of the ids by which stories are known. Each
function makes one edit and gives it in words, or None where there is nothing to edit.

A review is the path of its file from `reviews/`, and what the file holds. It stays where it is when its
story moves, so that some are of no story."""

from .newsroom import written
from .start import local, sentence

NAMES = ["Rəna", "Пётр & Co.", "<b>Zaur</b>", "\u202eAnar\u202c", "שירה"]


def review(random, site):
    """What a review's file holds."""
    date = local(site, minutes=random.choice([-1, -1, -1, 1]) * random.randint(1, 9000))
    lines = ["---", f"name: \"{random.choice(NAMES)} {random.randint(1, 99)}\"", f"date: {written(date)}"]
    if random.random() < 0.5:
        lines.append(f"stars: {random.randint(1, 5)}")
    if random.random() < 0.2:
        lines.append(f"status: {random.choice(['pending', 'approved'])}")
    text = "\n\n".join(sentence(random) for _ in range(random.randint(1, 3)))
    return "\n".join([*lines, "---", text]) + "\n"


def home(random, site):
    """The folder of a story's reviews."""
    story = random.choice([story for story in site.stories.values() if story.kind != "page"])
    return story.id


def add_review(random, site):
    if len(site.reviews) > 40:
        return remove_review(random, site)
    number = site.number()
    waiting = "pending/" if random.random() < 0.3 else ""
    path = f"{waiting}{home(random, site)}/review-{number}.md"
    site.reviews[number] = (path, review(random, site))
    return f"add the review {path}"


def change_review(random, site):
    if not site.reviews:
        return None
    number = random.choice(sorted(site.reviews))
    path, _ = site.reviews[number]
    site.reviews[number] = (path, review(random, site))
    return f"change the review {path}"


def approve_review(random, site):
    """Moves a review that waits to its story, or back."""
    if not site.reviews:
        return None
    number = random.choice(sorted(site.reviews))
    path, content = site.reviews[number]
    moved = path.removeprefix("pending/") if path.startswith("pending/") else "pending/" + path
    site.reviews[number] = (moved, content)
    return f"move the review {path} to {moved}"


def move_review(random, site):
    if not site.reviews:
        return None
    number = random.choice(sorted(site.reviews))
    path, content = site.reviews[number]
    site.reviews[number] = (f"{home(random, site)}/review-{site.number()}.md", content)
    return f"move the review {path} to {site.reviews[number][0]}"


def remove_review(random, site):
    if not site.reviews:
        return None
    path, _ = site.reviews.pop(random.choice(sorted(site.reviews)))
    return f"remove the review {path}"


def pin(random, site):
    """Writes the ids that stories go by into their files: all, or a few."""
    stories = [story for story in site.stories.values() if not story.texts.get("id")]
    chosen = stories if random.random() < 0.3 else stories[:3]
    for story in chosen:
        story.texts["id"] = story.id
    return f"pin the ids of {len(chosen)} files"


EDITS = [
    (5, add_review), (2, change_review), (3, approve_review), (2, move_review), (2, remove_review), (1, pin)]
