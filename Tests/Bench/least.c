/* The least that a site generator can do: read every article, convert it with libcmark, write a page.
 *
 *   cc -O2 -pthread least.c -lcmark -o least && ./least CORPUS OUTPUT
 *
 * No front matter, no lists, no links, no feeds, no template: 4 KB of filling stand for the page
 * around a text. Each thread converts in one block of memory that is emptied with the article.
 */
#define _GNU_SOURCE
#include <cmark.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct article {
  int source, output; /* the folders that it is read from and written to */
  char *name;         /* without ".md" */
};

static struct article *articles;
static size_t article_count;
static atomic_size_t next_article;
static char filling[2048];

static void fail(const char *what) {
  perror(what);
  exit(3);
}

/* Memory for one article: taken from the front, never given back, emptied as a whole. */
enum { BLOCK_SIZE = 64 << 20 };
static _Thread_local char *block;
static _Thread_local size_t taken;

static void *take(size_t count, size_t size) {
  size_t *head = (size_t *)(block + taken);
  taken += 16 + ((count * size + 15) & ~(size_t)15);
  if (taken > BLOCK_SIZE) fail("an article is too long");
  *head = count * size;
  return memset((char *)head + 16, 0, count * size);
}

static void *take_more(void *old, size_t size) {
  size_t had = old ? *(size_t *)((char *)old - 16) : 0;
  if (size <= had) return old;
  void *new = take(1, size);
  return had ? memcpy(new, old, had) : new;
}

static void give_back(void *memory) { (void)memory; }

static cmark_mem memory = {take, take_more, give_back};

/* Lists the articles of a folder and those below it, and makes the folders of the output. */
static void list(int source, int output) {
  DIR *folder = fdopendir(source);
  if (!folder) fail("a folder");
  for (struct dirent *entry; (entry = readdir(folder));) {
    size_t length = strlen(entry->d_name);
    if (entry->d_name[0] == '.') continue;
    if (entry->d_type == DT_DIR) {
      int below = openat(source, entry->d_name, O_RDONLY | O_DIRECTORY);
      if (below < 0 || mkdirat(output, entry->d_name, 0755)) fail(entry->d_name);
      list(below, openat(output, entry->d_name, O_RDONLY | O_DIRECTORY));
    } else if (length > 3 && !strcmp(entry->d_name + length - 3, ".md")) {
      if ((article_count & (article_count - 1)) == 0) {
        size_t room = article_count ? article_count * 2 : 1;
        articles = realloc(articles, room * sizeof *articles);
        if (!articles) fail("memory");
      }
      articles[article_count++] =
          (struct article){source, output, strndup(entry->d_name, length - 3)};
    }
  }
}

static void publish(const struct article *article) {
  char name[300];
  static _Thread_local char *text;
  static _Thread_local size_t room;
  struct stat status;
  snprintf(name, sizeof name, "%s.md", article->name);
  int file = openat(article->source, name, O_RDONLY);
  if (file < 0 || fstat(file, &status)) fail(name);
  size_t size = (size_t)status.st_size;
  if (size > room && !(text = realloc(text, room = size * 2))) fail("memory");
  if (read(file, text, size) != (ssize_t)size) fail(name);
  close(file);

  char *end = size > 4 ? memmem(text + 4, size - 4, "\n---\n", 5) : NULL;
  char *body = end ? end + 5 : text;
  taken = 0;
  cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
  cmark_parser_feed(parser, body, size - (size_t)(body - text));
  char *page = cmark_render_html(cmark_parser_finish(parser), CMARK_OPT_DEFAULT);

  struct iovec parts[] = {
      {filling, sizeof filling}, {page, strlen(page)}, {filling, sizeof filling}};
  snprintf(name, sizeof name, "%s.html", article->name);
  file = openat(article->output, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (file < 0 || writev(file, parts, 3) < 0 || close(file)) fail(name);
}

static void *work(void *unused) {
  (void)unused;
  block = malloc(BLOCK_SIZE);
  if (!block) fail("memory");
  for (size_t first; (first = atomic_fetch_add(&next_article, 32)) < article_count;) {
    for (size_t index = first; index < first + 32 && index < article_count; index++) {
      publish(&articles[index]);
    }
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: least CORPUS OUTPUT\n");
    return 2;
  }
  memset(filling, ' ', sizeof filling);
  int source = open(arguments[1], O_RDONLY | O_DIRECTORY);
  if (source < 0) fail(arguments[1]);
  if (mkdir(arguments[2], 0755)) fail(arguments[2]);
  list(source, open(arguments[2], O_RDONLY | O_DIRECTORY));
  long threads = sysconf(_SC_NPROCESSORS_ONLN);
  pthread_t others[255];
  for (long index = 1; index < threads && index < 256; index++) {
    if (pthread_create(&others[index - 1], NULL, work, NULL)) fail("a thread");
  }
  work(NULL);
  for (long index = 1; index < threads && index < 256; index++) pthread_join(others[index - 1], NULL);
  return 0;
}
